//! A line of the script as pieces that look different: by their role, and where a problem is.

use crate::scenario::script::{WordRole, roles};
use crate::sort;
use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HighlightSpan<'a> {
    pub text: &'a str,
    pub role: Option<WordRole>,
    /// A problem is about it.
    pub is_wrong: bool,
}

/// The pieces of a line, in order. `wrong` is in bytes of the line; where nothing stands at such a
/// place, a blank is put there, so that something can be underlined.
pub fn pieces<'a>(line: &'a str, wrong: &[Range<usize>]) -> Vec<HighlightSpan<'a>> {
    let roles = roles(line);
    let mut cuts: Vec<usize> = vec![0, line.len()];
    cuts.extend(roles.iter().flat_map(|(range, _)| [range.start, range.end]));
    cuts.extend(wrong.iter().flat_map(|range| [range.start, range.end]));
    cuts.retain(|&cut| line.is_char_boundary(cut));
    sort::sort(&mut cuts);
    cuts.dedup();
    let holds = |range: &Range<usize>, at: usize| range.start <= at && at < range.end;
    let piece = |cut: &[usize]| {
        let (from, to) = (cut[0], cut[1]);
        let role = roles.iter().find(|(range, _)| holds(range, from)).map(|&(_, role)| role);
        let is_wrong = wrong.iter().any(|range| holds(range, from));
        HighlightSpan { text: &line[from..to], role, is_wrong }
    };
    let mut pieces: Vec<HighlightSpan> = cuts.windows(2).map(piece).collect();
    if wrong.iter().any(|range| range.start >= line.len()) {
        pieces.push(HighlightSpan { text: " ", role: None, is_wrong: true });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::slice;

    #[test]
    fn a_problem_is_cut_out_of_its_line() {
        let found = pieces("at 900ms partion 1 2", slice::from_ref(&(9..16)));
        let texts: Vec<&str> = found.iter().map(|piece| piece.text).collect();
        assert_eq!(texts, ["at", " 900ms ", "partion", " 1 2"]);
        assert_eq!(found[0].role, Some(WordRole::Keyword));
        assert!(found[2].is_wrong && !found[3].is_wrong);
    }

    #[test]
    fn where_something_is_missing_a_blank_is_wrong() {
        let found = pieces("wait alive", slice::from_ref(&(10..10)));
        assert_eq!(found.last(), Some(&HighlightSpan { text: " ", role: None, is_wrong: true }));
        assert!(pieces("", &[]).is_empty());
    }

    #[test]
    fn a_place_that_is_no_longer_there_breaks_nothing() {
        // The text may have been changed since it was read.
        let found = pieces("tïtle", &[2..3, 40..50]);
        let whole: String = found.iter().map(|piece| piece.text).collect();
        assert_eq!(whole, "tïtle ");
    }
}
