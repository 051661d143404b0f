//! Fuzzes the property `search`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check("search", bytes));
