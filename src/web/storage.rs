//! What the page remembers on this machine. A browser may refuse, or have no room: then the page
//! works without.

use web_sys::Storage;

pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

pub fn write(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // Full or forbidden; the choice holds until the page is left.
        let _ = storage.set_item(key, value);
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
