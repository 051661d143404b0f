//! The other spellings of a scenario, JSON and link: that each says what the script says.

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
        let link = link::write(&wanted).expect("it is short");
        prop_assert_eq!(link::read(&link), Ok(wanted.clone()), "{}", link);
        let script = script::write(&wanted);
        prop_assert_eq!(script::parse(&script), Ok(wanted), "{}", script);
    }
}
