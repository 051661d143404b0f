//! A line as tokens, each with its place in the script: the letters of the language.
//!
//! A number keeps the unit that is glued to it (`1.5s`, `200/s`, `0.5%`). `#` starts a comment
//! unless a digit follows at once, where it is an ordinal; in quotes it is an ordinary letter. What
//! fits nowhere becomes one token up to the next space, so that an error can show it whole.

use crate::scenario::diagnostic::{DiagnosticKind, Failure, Suggestion};
use std::ops::Range;
use winnow::combinator::{alt, opt, preceded, repeat};
use winnow::error::EmptyError;
use winnow::stream::Location;
use winnow::token::{any, literal, one_of, rest, take_till, take_while};
use winnow::{LocatingSlice, Parser};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A letter, then letters, digits, `-` and `_`.
    Word,
    /// Digits, perhaps with decimals, perhaps with a unit.
    Number,
    /// `#` and digits.
    Ordinal,
    /// With its quotes and escapes.
    Text,
    /// `->`, `--`, `..`, `|`, or a run of `<`, `=` and `>`.
    Sign,
    Comma,
    Comment,
    Other,
}

#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub kind: TokenKind,
    pub text: &'a str,
    /// In bytes, from the start of the script.
    pub span: Range<usize>,
}

type TokenInput<'a> = LocatingSlice<&'a str>;
type TokenResult<'a> = Result<(TokenKind, &'a str), EmptyError>;

/// The tokens of a line that begins at this byte of the script; a comment comes last.
pub(super) fn tokens(line: &str, start: usize) -> Result<Vec<Token<'_>>, Box<Failure>> {
    let tokens = loose_tokens(line, start);
    let is_open = |token: &&Token| token.kind == TokenKind::Text && !is_closed(token.text);
    let Some(Token { span, .. }) = tokens.iter().find(is_open) else { return Ok(tokens) };
    let end = span.end..span.end;
    let label = "close it".to_owned();
    let mend = Suggestion { label, span: end, replacement: "\"".to_owned() };
    Err(Failure::new(span.clone(), DiagnosticKind::QuoteOpen).corrected(Some(mend)))
}

/// The same where a quote that is not closed is text all the same: up to the end of the line.
pub(super) fn loose_tokens(line: &str, start: usize) -> Vec<Token<'_>> {
    let mut input = LocatingSlice::new(line);
    let mut tokens = Vec::new();
    loop {
        skip_space(&mut input);
        let from = input.current_token_start();
        let Ok((kind, text)) = token(&mut input) else { return tokens };
        tokens.push(Token { kind, text, span: start + from..start + from + text.len() });
    }
}

fn skip_space(input: &mut TokenInput) {
    let space: Result<&str, EmptyError> = take_while(0.., char::is_whitespace).parse_next(input);
    debug_assert!(space.is_ok(), "no space at all is space enough");
}

fn token<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    alt((
        word,
        number,
        hash,
        quoted,
        sign,
        literal(",").map(|text| (TokenKind::Comma, text)),
        other,
    ))
    .parse_next(input)
}

fn word<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    let inner = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    (one_of(char::is_alphabetic), take_while(0.., inner))
        .take()
        .map(|text| (TokenKind::Word, text))
        .parse_next(input)
}

fn number<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    let digits = || take_while(1.., |c: char| c.is_ascii_digit());
    let unit = |c: char| c.is_alphanumeric() || c == '%' || c == '/';
    (digits(), opt(preceded(literal("."), digits())), take_while(0.., unit))
        .take()
        .map(|text| (TokenKind::Number, text))
        .parse_next(input)
}

/// `#1` is an ordinal; any other `#` starts a comment.
fn hash<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    let digits = take_while(1.., |c: char| c.is_ascii_digit());
    alt((
        (literal("#"), digits).take().map(|text| (TokenKind::Ordinal, text)),
        (literal("#"), rest).take().map(|text: &str| (TokenKind::Comment, text.trim_end())),
    ))
    .parse_next(input)
}

/// From one quote to the next that no `\` stands before, or to the end of the line.
fn quoted<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    let escaped = preceded(literal("\\"), any).void();
    let plain = take_till(1.., ['"', '\\']).void();
    let inside = repeat::<_, _, (), _, _>(0.., alt((escaped, plain, literal("\\").void())));
    (literal("\""), inside, opt(literal("\"")))
        .take()
        .map(|text| (TokenKind::Text, text))
        .parse_next(input)
}

/// Whether quoted text ends with a quote of its own.
fn is_closed(text: &str) -> bool {
    let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inside.is_some_and(|inside| {
        let slashes = inside.len() - inside.trim_end_matches('\\').len();
        slashes.is_multiple_of(2)
    })
}

fn sign<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    let compare = take_while(1.., ['<', '=', '>']);
    alt((literal("->"), literal("--"), literal(".."), literal("|"), compare))
        .map(|text| (TokenKind::Sign, text))
        .parse_next(input)
}

fn other<'a>(input: &mut TokenInput<'a>) -> TokenResult<'a> {
    take_till(1.., char::is_whitespace).map(|text| (TokenKind::Other, text)).parse_next(input)
}
