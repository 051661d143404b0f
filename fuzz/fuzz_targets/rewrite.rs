//! Fuzzes the property `rewrite`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::check("rewrite", bytes));
