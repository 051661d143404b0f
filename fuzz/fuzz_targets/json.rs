//! Fuzzes the property `json`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check("json", bytes));
