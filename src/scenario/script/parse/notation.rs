//! Explains notations of other languages in a line that cannot be parsed, such as `1,5s`, `10-20ms` or `//
//! why`, and suggests what to write instead.
//!
//! A replacement is suggested only if the line can be parsed with it, at once or after the next suggested
//! replacement. So a suggestion never leads to another mistake.

use super::super::statement::Quoted;
use super::statements;
use super::tokens::{self, Token, TokenKind};
use crate::scenario::diagnostic::{DiagnosticKind, Failure, Suggestion, clip};
use crate::scenario::keywords::{self, KeywordMeaning, KeywordPosition};
use crate::scenario::limits;
use crate::types::Rank;
use std::ops::Range;

/// Longer lines keep their plain error, since each attempt parses the line again.
const LONGEST_LINE: usize = 400;
/// The largest number of further replacements that a line may need; beyond that it keeps its plain error.
const MOST_STEPS: u32 = 2;
/// The largest number of suggestions that are joined into one; they are found one after the other.
const MOST_JOINED: usize = 8;

/// A replacement to try, in bytes of the line.
struct Candidate {
    at: Range<usize>,
    with: String,
    /// The rule of the script, as the first half of a sentence.
    rule: &'static str,
}

/// Explains the failure of a line by the foreign notation that caused it; without one, the failure stays as
/// it is. What it suggests is completed by what is suggested next, if the line can be parsed then. The line
/// begins at byte `start` of the script; `ranks` are its processes.
pub(crate) fn explain(
    text: &str,
    start: usize,
    ranks: &[Rank],
    failure: Box<Failure>,
) -> Box<Failure> {
    if text.len() > LONGEST_LINE {
        return failure;
    }
    let mut failure = explain_notation(text, start, ranks, failure);
    let Some(first) = &failure.suggestion else { return failure };
    let Some(whole) = completed(text, ranks, first.moved(0, start)) else { return failure };
    let whole = whole.moved(start, 0);
    if let DiagnosticKind::Notation { meant, .. } = &mut failure.error
        && whole.span == first.span
    {
        *meant = clip(whole.replacement.trim());
    }
    failure.corrected(Some(whole))
}

/// A suggestion with those that follow from it, if the line can be parsed after all of them.
fn completed(text: &str, ranks: &[Rank], mut whole: Suggestion) -> Option<Suggestion> {
    for _ in 0..MOST_JOINED {
        let next = whole.apply(text);
        let Err(failure) = reads(&next) else { return Some(whole) };
        let further = explain_notation(&next, 0, ranks, failure).suggestion?;
        whole = whole.followed_by(text, &further);
    }
    None
}

fn explain_notation(
    text: &str,
    start: usize,
    ranks: &[Rank],
    failure: Box<Failure>,
) -> Box<Failure> {
    let at = failure.span.start.saturating_sub(start);
    let Some(found) = explained(text, at, ranks, MOST_STEPS) else { return failure };
    let span = found.at.start + start..found.at.end + start;
    let quoted = clip(&text[found.at]);
    if let Some(either) = thousands(&quoted) {
        return Failure::new(span, either);
    }
    let suggestion = match &*found.with {
        "" => Suggestion { label: "take it out".to_owned(), span, replacement: String::new() },
        with => Suggestion {
            label: format!("write `{}`", clip(with.trim())),
            ..Suggestion::write(span, with)
        },
    };
    let meant = clip(found.with.trim());
    let error = DiagnosticKind::Notation { found: quoted, rule: found.rule, meant };
    Failure::new(suggestion.span.clone(), error).corrected(Some(suggestion))
}

/// The problem of a foreign notation in a single value, if a statement that ends in the value can be parsed
/// with its replacement.
pub(crate) fn explain_value(statement: &str, value: &str) -> Option<DiagnosticKind> {
    // The unit is optional in a field but not in a statement.
    let unit = if value.trim_end().ends_with(|end: char| end.is_ascii_digit()) { "ms" } else { "" };
    [value.to_owned(), format!("{}{unit}", value.trim_end())].into_iter().find_map(|value| {
        let line = format!("{statement} {value}");
        let failure = explain(&line, 0, &[], reads(&line).err()?);
        matches!(failure.error, DiagnosticKind::Notation { .. }).then_some(failure.error)
    })
}

/// The candidate that makes a line parseable after the fewest steps; the line fails at this byte.
fn explained(text: &str, at: usize, ranks: &[Rank], most: u32) -> Option<Candidate> {
    let mut found = candidates(text, at, ranks);
    found.retain(|it| text[it.at.clone()] != it.with);
    let next = |it: &Candidate| replaced(text, it.at.clone(), &it.with);
    let best = (0..=most).find_map(|steps| {
        found.iter().position(|candidate| is_readable_in(steps, &next(candidate), ranks))
    })?;
    Some(found.swap_remove(best))
}

/// Whether a line can be parsed after at most this many further replacements.
fn is_readable_in(steps: u32, text: &str, ranks: &[Rank]) -> bool {
    let Err(failure) = reads(text) else { return true };
    let Some(left) = steps.checked_sub(1) else { return false };
    let found = explained(text, failure.span.start, ranks, left).map(|it| (it.at, it.with));
    let offered = || failure.suggestion.map(|suggestion| (suggestion.span, suggestion.replacement));
    let next = found.or_else(offered).map(|(at, with)| replaced(text, at, &with));
    next.is_some_and(|next| is_readable_in(left, &next, ranks))
}

fn reads(text: &str) -> Result<(), Box<Failure>> {
    let mut tokens = tokens::tokens(text, 0)?;
    tokens.pop_if(|token| token.kind == TokenKind::Comment);
    if tokens.is_empty() {
        return Ok(());
    }
    statements::statement(&tokens).map(|_| ())
}

fn replaced(text: &str, at: Range<usize>, with: &str) -> String {
    let mut replaced = text.to_owned();
    replaced.replace_range(at, with);
    replaced
}

fn candidates(text: &str, at: usize, ranks: &[Rank]) -> Vec<Candidate> {
    let tokens = tokens::loose_tokens(text, 0);
    let here = tokens.iter().position(|token| token.span.end > at).unwrap_or(tokens.len());
    let near = || here.saturating_sub(2)..(here + 1).min(tokens.len());
    let mut found = Vec::new();
    found.extend(comment(text, &tokens, here));
    found.extend(quotes(text, at));
    found.extend(named_processes(text, &tokens));
    found.extend(detector(&tokens));
    found.extend(near().filter_map(|first| decimal_comma(text, &tokens[first..])));
    for first in near() {
        found.extend(ranges(text, &tokens[first..]));
    }
    found.extend(near().filter_map(|first| split_unit(&tokens[first..])));
    found.extend(signs(text, at));
    if let Some(token) = tokens.get(here) {
        found.extend(of_token(text, token));
        found.extend(isolation(&tokens[here..], ranks, here == 0));
    }
    found
}

/// `// why`, `; why`, and a semicolon that only ends the line.
fn comment(text: &str, tokens: &[Token], here: usize) -> Option<Candidate> {
    let rule = "a comment starts with `#`";
    // A quote in a comment is no text, so the comment may begin before the failure.
    let upto = tokens.get(here).map_or(text.len(), |token| token.span.end);
    let outside = tokens.iter().filter(|token| token.kind != TokenKind::Text);
    let mut outside = outside.filter(|token| token.span.start < upto);
    let sign = |token: &Token| match token.text {
        it if it.starts_with(';') => Some((token.span.start, 1)),
        it => it.find("//").map(|place| (token.span.start + place, 2)),
    };
    let (start, length) = outside.find_map(sign)?;
    let rest = &text[start + length..];
    let with = match rest.chars().next() {
        _ if rest.trim().is_empty() => "",
        // `#1` is an ordinal.
        Some(next) if next.is_ascii_digit() => "# ",
        _ => "#",
    };
    Some(Candidate { at: start..start + length, with: with.to_owned(), rule })
}

/// `“Bully”`, `'Bully'`, and plain quotes of which one is curly.
fn quotes(text: &str, at: usize) -> Option<Candidate> {
    const QUOTES: [char; 11] = ['"', '\'', '`', '“', '”', '„', '‟', '‘', '’', '«', '»'];
    let begins = text.get(at..)?;
    let first = begins.chars().next().filter(|first| QUOTES.contains(first))?;
    let end = at + begins.rfind(QUOTES).filter(|&end| end > 0)?;
    let last = text[end..].chars().next()?;
    let inside = text.get(at + first.len_utf8()..end)?;
    let with = Quoted(inside).to_string();
    let rule = "text stands in plain quotes";
    (first != '"' || last != '"').then_some(Candidate { at: at..end + last.len_utf8(), with, rule })
}

/// `processes 1 2 3`, `processes 1..6`, `1..6` alone
fn named_processes(text: &str, tokens: &[Token]) -> Option<Candidate> {
    let is_named = keywords::find(KeywordPosition::Statement, tokens.first()?.text).is_some();
    let is_processes = tokens[0].text.eq_ignore_ascii_case("processes");
    let values = match is_named {
        true if is_processes => &tokens[1..],
        true => return None,
        false => tokens,
    };
    let first = values.first().filter(|token| token.kind == TokenKind::Number)?;
    let word = if is_named { "" } else { "processes " };
    if let Some((low, high, at)) = Ends::of(text, first).and_then(Ends::of_ranks) {
        let rule = "a count stands for the ranks from 1, and `list` stands before others";
        let with = match low {
            1 => format!("{word}{high}"),
            _ => format!("{word}list {}", spelled_out(low, high)?),
        };
        return Some(Candidate { at, with, rule });
    }
    let is_list = values.len() > 1 && values[1..].iter().any(|it| it.kind == TokenKind::Number);
    let last = values.iter().rev().find(|token| token.kind == TokenKind::Number)?;
    let at = first.span.start..last.span.end;
    let with = format!("{word}list {}", &text[at.clone()]);
    (is_list && is_named).then_some(Candidate { at, with, rule: "`list` stands before ranks" })
}

/// `1,5s`
fn decimal_comma(text: &str, tokens: &[Token]) -> Option<Candidate> {
    let [whole, comma, part, ..] = tokens else { return None };
    let is_one = whole.span.end == comma.span.start && comma.span.end == part.span.start;
    let kinds = [whole.kind, comma.kind, part.kind];
    let numbers = [TokenKind::Number, TokenKind::Comma, TokenKind::Number];
    let is_whole = whole.text.bytes().all(|byte| byte.is_ascii_digit());
    let at = whole.span.start..part.span.end;
    let with = text[at.clone()].replace(',', ".");
    let rule = "decimals follow a point";
    (is_one && kinds == numbers && is_whole).then_some(Candidate { at, with, rule })
}

/// `1,000ms` is one second in some countries and one millisecond in others.
fn thousands(number: &str) -> Option<DiagnosticKind> {
    let (whole, part) = number.split_once(',')?;
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && digits == 3 && whole != "0").then(|| DiagnosticKind::Ambiguous {
        found: number.to_owned(),
        meant: [format!("{whole}.{part}"), format!("{whole}{part}")],
    })
}

/// Two numbers, separated by a sign or a word that may mean `..`.
struct Ends<'a> {
    low: &'a str,
    high: &'a str,
    at: Range<usize>,
}

impl<'a> Ends<'a> {
    fn of(text: &'a str, first: &Token) -> Option<Self> {
        const SIGNS: [&str; 9] = ["...", "..", "…", "-", "–", "—", "−", "~", "to "];
        let behind = text.get(first.span.end..).filter(|_| first.kind == TokenKind::Number)?;
        let sign = SIGNS.iter().find(|sign| behind.trim_start().starts_with(**sign))?;
        let high = behind.trim_start()[sign.len()..].trim_start();
        let is_part = |c: char| c.is_alphanumeric() || c == '.' || c == '%';
        let high = &high[..high.find(|c| !is_part(c)).unwrap_or(high.len())];
        let end = high.as_ptr() as usize - text.as_ptr() as usize + high.len();
        let is_number = high.starts_with(|c: char| c.is_ascii_digit());
        let low = &text[first.span.clone()];
        is_number.then_some(Self { low, high, at: first.span.start..end })
    }

    /// Both numbers as ranks, if the lower one comes first.
    fn of_ranks(self) -> Option<(u16, u16, Range<usize>)> {
        let (low, high) = (self.low.parse().ok()?, self.high.parse().ok()?);
        (low < high).then_some((low, high, self.at))
    }
}

/// `10-20ms`, `crash 1..3`, `cut 1-2`
fn ranges(text: &str, tokens: &[Token]) -> Vec<Candidate> {
    let Some(Ends { low, high, at }) = tokens.first().and_then(|it| Ends::of(text, it)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut offer = |with: String, rule| found.push(Candidate { at: at.clone(), with, rule });
    let listed = Ends { low, high, at: at.clone() }.of_ranks();
    if let Some(ranks) = listed.and_then(|(low, high, _)| spelled_out(low, high)) {
        offer(ranks, "ranks are listed one by one");
    }
    offer(format!("{low}..{high}"), "two dots stand between the ends of a range");
    offer(format!("{low}--{high}"), "a link both ways is written `--`");
    offer(format!("{low}->{high}"), "a link is written `->`");
    found
}

/// `3 4 5`; `None` if no scenario has so many processes.
fn spelled_out(low: u16, high: u16) -> Option<String> {
    let is_short = usize::from(high - low) < limits::MOST_PROCESSES;
    let ranks = (low..=high).map(|rank| rank.to_string());
    is_short.then(|| ranks.collect::<Vec<_>>().join(" "))
}

/// `100 ms`, `5 %`
fn split_unit(tokens: &[Token]) -> Option<Candidate> {
    let [number, unit, ..] = tokens else { return None };
    let known = keywords::find(KeywordPosition::Unit, unit.text).map(|unit| unit.word);
    let known = known.or_else(|| keywords::meaning(KeywordPosition::Unit, unit.text))?;
    let at = number.span.start..unit.span.end;
    let with = format!("{}{known}", number.text);
    let rule = "a unit follows its number without a blank";
    (number.kind == TokenKind::Number).then_some(Candidate { at, with, rule })
}

/// Arrows and comparisons in other languages, or as typographic signs.
const SIGNS: [(&str, &str); 17] = [
    ("<-->", "--"),
    ("<->", "--"),
    ("<=>", "--"),
    ("-->", "->"),
    ("–>", "->"),
    ("—>", "->"),
    ("=>", "->"),
    ("=>", ">="),
    ("=<", "<="),
    ("==", "="),
    ("→", "->"),
    ("⇒", "->"),
    ("↔", "--"),
    ("⇔", "--"),
    ("—", "--"),
    ("≤", "<="),
    ("≥", ">="),
];

fn signs(text: &str, at: usize) -> Vec<Candidate> {
    let rule = "a sign is written in plain letters, links as `->` or `--`";
    // The failure may be at the end of the sign.
    let starts = (at.saturating_sub(3)..=at).filter(|&start| text.is_char_boundary(start));
    let all = starts.flat_map(|start| {
        let written = SIGNS.iter().filter(move |(sign, _)| text[start..].starts_with(sign));
        written.map(move |(sign, with)| Candidate {
            at: start..start + sign.len(),
            with: (*with).to_owned(),
            rule,
        })
    });
    all.chain(strict(text, at)).collect()
}

/// `< 3` of whole numbers is `<= 2`.
fn strict(text: &str, at: usize) -> Option<Candidate> {
    let rest = text.get(at..)?;
    let (sign, step) = match rest.chars().next()? {
        '<' => ("<=", -1),
        '>' => (">=", 1),
        _ => return None,
    };
    let number = rest[1..].trim_start();
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let count: u32 = number[..digits].parse().ok()?;
    let with = format!("{sign} {}", count.checked_add_signed(step)?);
    let end = at + rest.len() - number.len() + digits;
    Some(Candidate { at: at..end, with, rule: "a count is compared by `=`, `<=` or `>=`" })
}

/// Candidates for a single token: `.5s`, `seed: 7`, `drop 3->5`.
fn of_token(text: &str, token: &Token) -> Vec<Candidate> {
    let start = token.span.start;
    let mut found = Vec::new();
    if token
        .text
        .strip_prefix('.')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        let with = format!("0{}", token.text);
        found.push(Candidate {
            at: token.span.clone(),
            with,
            rule: "a number begins with a digit",
        });
    }
    if token.text.starts_with([':', '=']) {
        let is_parted = text[start + 1..].starts_with(char::is_whitespace);
        let with = if is_parted { "" } else { " " }.to_owned();
        let rule = "a blank stands between a word and its value";
        found.push(Candidate { at: start..start + 1, with, rule });
    }
    // No instant and no span is longer.
    if token.text.eq_ignore_ascii_case("1h") {
        let with = "60m".to_owned();
        found.push(Candidate { at: token.span.clone(), with, rule: "an hour is 60 minutes" });
    }
    let mut offer = |word: &str, with: &str, rule| {
        if token.text.eq_ignore_ascii_case(word) {
            found.push(Candidate { at: token.span.clone(), with: with.to_owned(), rule });
        }
    };
    // Among the kinds of added faults it means another one.
    if statements::opens_with(text) != Some(KeywordMeaning::Expect) {
        offer("drop", "cut", "what stops all messages of a link is a cut");
    }
    offer("split-brain", "split brain", "it is two words");
    offer("splitbrain", "split brain", "it is two words");
    found
}

/// `timeout 350ms` for all processes.
fn detector(tokens: &[Token]) -> Option<Candidate> {
    let [word, value] = tokens else { return None };
    let is_it = word.text.eq_ignore_ascii_case("timeout") && value.text.parse::<u64>().is_err();
    is_it.then(|| Candidate {
        at: word.span.clone(),
        with: "detector heartbeat every 100ms timeout".to_owned(),
        rule: "the timeout of all processes belongs to the failure detector",
    })
}

/// `isolate 3`: a partition with the process on its own side.
fn isolation(tokens: &[Token], ranks: &[Rank], opens_line: bool) -> Option<Candidate> {
    let (word, alone) = tokens.split_first()?;
    let is_it = ["isolate", "disconnect"].iter().any(|it| word.text.eq_ignore_ascii_case(it));
    let alone: Option<Vec<Rank>> =
        alone.iter().map(|it| Rank::new(it.text.parse().ok()?)).collect();
    let alone = alone.filter(|alone| is_it && !alone.is_empty())?;
    let others = ranks.iter().filter(|rank| !alone.contains(rank)).map(ToString::to_string);
    let others = others.collect::<Vec<_>>().join(" ");
    let sides = alone.iter().map(ToString::to_string).chain([others]);
    let sides: Vec<String> = sides.filter(|side| !side.is_empty()).collect();
    let when = if opens_line { "at 100ms " } else { "" };
    let with = format!("{when}partition {}", sides.join(" | "));
    let at = word.span.start..tokens.last()?.span.end;
    Some(Candidate { at, with, rule: "a process that is cut off is a side of a partition" })
}
