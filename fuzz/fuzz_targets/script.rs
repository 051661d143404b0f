//! Fuzzes the property `script`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check("script", bytes));
