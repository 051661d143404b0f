//! Debian's packages, where this user may install them without being asked.

use crate::Result;
use std::fs;
use xshell::{Shell, cmd};

/// Whether this is Debian, and its root.
pub fn is_ours(sh: &Shell) -> bool {
    let os = fs::read_to_string("/etc/os-release").unwrap_or_default();
    os.lines().any(|line| line == "ID=debian")
        && cmd!(sh, "id -u").quiet().read().is_ok_and(|id| id == "0")
}

pub fn install(sh: &Shell, packages: &[&str]) -> Result {
    let _front = sh.push_env("DEBIAN_FRONTEND", "noninteractive");
    let wait = ["-o", "DPkg::Lock::Timeout=300"];
    // One source that does not answer is no reason to stop: the package may come from another.
    cmd!(sh, "apt-get update -qq {wait...}").quiet().ignore_status().run()?;
    cmd!(sh, "apt-get install -y -qq {wait...} --no-install-recommends {packages...}")
        .quiet()
        .ignore_stdout()
        .run()?;
    Ok(())
}
