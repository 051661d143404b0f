//! Fuzzes the property `markdown`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check("markdown", bytes));
