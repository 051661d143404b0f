//! The other spellings of a scenario, JSON and link: that each says what the script says.

mod links;
