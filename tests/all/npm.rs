//! The metadata of the npm package are those of the crate.

use serde_json::Value;

#[test]
fn the_package_has_the_version_and_the_licence_of_the_crate() {
    let package: Value =
        serde_json::from_str(include_str!("../../npm/package.json")).expect("it is JSON");
    assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(package["license"], env!("CARGO_PKG_LICENSE"));
}
