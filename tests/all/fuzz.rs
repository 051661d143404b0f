//! The library of the package `fuzz`: the properties of `inputs` and the modules that they need, for the fuzz targets.
//! It is a second root beside `main.rs`, so that tests and targets call the same functions.

#[expect(dead_code, reason = "the tests use more of it")]
mod agreement {
    pub(crate) mod compare;
}
mod inputs;
mod numbers;
#[expect(dead_code, reason = "the tests use more of it")]
mod oracle;
#[expect(dead_code, reason = "the tests use more of it")]
mod player {
    pub(crate) mod playing;
}
#[expect(dead_code, unused_imports, reason = "the tests use more of it")]
mod scenarios;
mod search {
    pub(crate) mod naive;
}

/// Asserts the property of a target.
///
/// # Panics
/// If these bytes violate it, or there is no such target.
pub fn check(target: &str, bytes: &[u8]) {
    let found = inputs::TARGETS.iter().find(|(name, _)| *name == target);
    let (_, property) = found.expect("a target is in the table");
    property(bytes);
}
