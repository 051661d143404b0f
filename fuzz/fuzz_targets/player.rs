//! Fuzzes the property `player`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check("player", bytes));
