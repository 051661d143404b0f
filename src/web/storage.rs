//! Storage of this browser and of this tab. A browser may refuse it, or it may be full; the page then works
//! without.

use web_sys::Storage;

/// Reads a value; `None` if there is none or the browser refuses.
pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Stores a value; false if the browser refused. The value then lasts until the page is left.
pub fn write(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Whether there is any storage, even a full one.
pub fn is_there() -> bool {
    storage().is_some()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Storage of this tab, which lasts as long as the tab.
pub mod tab {
    use web_sys::Storage;

    /// Reads a value and removes it.
    pub fn take(key: &str) -> Option<String> {
        let storage = storage()?;
        let kept = storage.get_item(key).ok().flatten();
        forget(key);
        kept
    }

    /// Removes a value. One that the browser does not remove is read again next time.
    pub fn forget(key: &str) {
        let _ = storage().map(|storage| storage.remove_item(key));
    }

    /// Stores a text, unless the browser refuses.
    pub fn keep(key: &str, value: &str) {
        let _ = storage().map(|storage| storage.set_item(key, value));
    }

    fn storage() -> Option<Storage> {
        web_sys::window()?.session_storage().ok().flatten()
    }
}
