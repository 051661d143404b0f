//! A script from scratch: every statement that a scenario needs, in a fixed order.
//!
//! What is the default is left out. A scenario can be larger than a script may be (64 KiB): then
//! what is written is right but cannot be read back, and a link or JSON must do.

use super::required::WantedStatements;
use super::statement::Statement;
use crate::scenario::Scenario;
use crate::sort;

/// The canonical script of a scenario: `parse(&write(s))` is `s` again.
pub fn write(scenario: &Scenario) -> String {
    let wanted = WantedStatements { scenario, grouped: scenario.is_grouped() };
    let singles = wanted.singles().into_iter().filter(|single| !single.by_default);
    let mut statements: Vec<Statement> = singles.filter_map(|single| single.statement).collect();
    statements.extend(wanted.groups());
    statements.extend(wanted.loads());
    statements.extend(wanted.latencies());
    statements.extend(wanted.losses());
    statements.extend(wanted.duplications());
    statements.extend(wanted.timeline());
    statements.extend(wanted.edits());
    statements.extend(wanted.expectations());
    sort::sort_by_key(&mut statements, Statement::slot);
    let mut script = String::new();
    let mut before = None;
    for statement in statements {
        let section = statement.slot().section();
        if before.replace(section).is_some_and(|before| before != section) {
            script.push('\n');
        }
        script.push_str(&statement.to_string());
        script.push('\n');
    }
    script
}
