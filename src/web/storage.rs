//! What the page remembers on this machine. A browser may refuse, or have no room: then the page
//! works without.

use web_sys::Storage;

pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Whether it was taken. Refused, a choice holds until the page is left.
pub fn write(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Whether there is any room at all, be it full.
pub fn is_there() -> bool {
    storage().is_some()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Likewise for as long as this tab is open, and for nobody but it.
pub mod tab {
    use web_sys::Storage;

    /// What is kept, and keeps it no longer.
    pub fn take(key: &str) -> Option<String> {
        let storage = storage()?;
        let kept = storage.get_item(key).ok().flatten();
        // What cannot be removed is read again next time.
        let _ = storage.remove_item(key);
        kept
    }

    /// Keeps a text, or nothing. A browser that refuses forgets it.
    pub fn keep(key: &str, value: Option<&str>) {
        let Some(storage) = storage() else { return };
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }

    fn storage() -> Option<Storage> {
        web_sys::window()?.session_storage().ok().flatten()
    }
}
