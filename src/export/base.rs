//! Addresses at which authors say that Hustings is published.

/// Whether an address, whole or relative to a page, leads to a page: as the element has it, by HTTP or
/// to a file. Any other scheme, such as `javascript:`, would do something else in a reader's browser.
pub fn leads_to_a_page(address: &str) -> bool {
    // Browsers leave these out, wherever they stand.
    let letters = address.chars().filter(|letter| !letter.is_control() && *letter != ' ');
    let begin: String = letters.take_while(|letter| !matches!(letter, '/' | '?' | '#')).collect();
    match begin.split_once(':') {
        None => true,
        Some((scheme, _)) => {
            ["http", "https", "file"].iter().any(|it| scheme.eq_ignore_ascii_case(it))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::leads_to_a_page;

    #[test]
    fn only_pages_and_paths_are_led_to() {
        for fine in
            ["", "..", "../a/", "/a", "https://a.b/", "HTTP://a", "file:///a/", "//a.b/c:d", "?a:b"]
        {
            assert!(leads_to_a_page(fine), "{fine}");
        }
        for bad in [
            "javascript:alert(1)//",
            " JavaScript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "data:text/html,",
            "vbscript:x",
            "a:b/",
        ] {
            assert!(!leads_to_a_page(bad), "{bad}");
        }
    }
}
