//! Fuzzes the property `runs`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check("runs", bytes));
