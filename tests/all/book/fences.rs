//! The fenced blocks of a page.

/// What stands between the fences, and the words behind the first of them.
pub(crate) struct Fence {
    pub info: String,
    pub text: String,
}

/// In their order. The book sets no fence into a list or a quote.
pub(crate) fn of(page: &str) -> Vec<Fence> {
    let mut found: Vec<Fence> = Vec::new();
    let mut is_open = false;
    for line in page.lines() {
        match (line.strip_prefix("```"), found.last_mut()) {
            (Some(_), _) if is_open => is_open = false,
            (Some(info), _) => {
                is_open = true;
                found.push(Fence { info: info.to_owned(), text: String::new() });
            }
            (None, Some(fence)) if is_open => fence.text += &format!("{line}\n"),
            (None, _) => {}
        }
    }
    assert!(!is_open, "a fence is not closed:\n{page}");
    found
}
