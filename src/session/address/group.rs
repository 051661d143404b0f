//! Which of several groups an address shows.

use super::super::State;
use crate::scenario::diagnostic::clip;
use crate::scenario::{Scenario, keywords};
use crate::types::GroupId;

/// All of them, where no group has that name itself.
const ALL: &str = "all";

/// The name of the group that is shown alone; all together are shown without being asked.
pub fn shown(state: &State) -> Option<String> {
    let scenario = state.document().scenario();
    let alone = !state.all_groups && scenario.groups.len() > 1;
    alone.then(|| scenario.group(state.group).name.clone())
}

/// As much of a name as can be one.
pub fn read(name: &str) -> Option<String> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    (!name.is_empty() && name.chars().all(is_name)).then(|| name.to_owned())
}

impl State {
    /// Shows a group alone, or says that there is none of that name.
    pub(super) fn show_group(&mut self, name: &str) {
        match find(self.document().scenario(), name) {
            Ok(group) => {
                self.all_groups = group.is_none();
                self.group = group.unwrap_or(self.group);
            }
            Err(words) => self.notice = Some(words),
        }
    }
}

fn find(scenario: &Scenario, name: &str) -> Result<Option<GroupId>, String> {
    let mut ids = scenario.group_ids();
    match ids.find(|&id| scenario.group(id).name == name) {
        Some(id) => Ok(Some(id)),
        None if name == ALL => Ok(None),
        None => {
            let names = scenario.groups.iter().map(|group| &*group.name);
            let meant = keywords::nearest(name, names).filter(|_| scenario.groups.len() > 1);
            let meant = meant.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            Err(super::sentence(&format!("there is no group named `{}`{meant}", clip(name))))
        }
    }
}
