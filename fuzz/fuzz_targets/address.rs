//! Fuzzes the property `address`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check("address", bytes));
