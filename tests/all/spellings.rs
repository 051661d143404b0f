//! JSON and links: each has the same meaning as the script.

mod corpus;

mod links;
mod mistakes;
mod programs;

use crate::scenarios;
use hustings::scenario::{json, link, script};
use proptest::prelude::*;

proptest! {
    #[test]
    fn script_json_and_link_say_the_same(wanted in scenarios::scenario()) {
        let text = json::write(&wanted);
        prop_assert_eq!(json::read(&text), Ok(wanted.clone()), "{}", text);
        let script = script::write(&wanted);
        prop_assert_eq!(script::parse(&script), Ok(wanted.clone()), "{}", script);
        let link = link::encode(&script).expect("it is short");
        let opened = link::decode(&link).expect("it was just written");
        prop_assert_eq!(&opened, &script, "{}", link);
        prop_assert_eq!(script::parse(&opened), Ok(wanted), "{}", link);
    }
}
