//! Fuzzes the property `session`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check("session", bytes));
