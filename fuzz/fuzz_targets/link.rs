//! Fuzzes the property `link`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check("link", bytes));
