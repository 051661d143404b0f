//! Tests that run in headless Chromium, to see that wasm does what the native build does.

use hustings::time::{Duration, Time};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn an_instant_is_written_as_natively() {
    let at = Time::ZERO + Duration::us(210_212);
    assert_eq!(at.to_string(), "210.212ms");
    assert_eq!(at.stamp().to_string(), "210.212 ms");
}
