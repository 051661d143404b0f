//! Fuzzes the property `lesson`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check("lesson", bytes));
