//! Parses the tokens of a line as a statement: its first keyword, and the settings.

use super::super::statement::{Members, Statement, WithGroup};
use super::tokens::{Cursor, ParseResult, Token, TokenKind, unknown};
use crate::election::{Algorithm, AlgorithmOptionValue, Preemption, Quorum, Succession};
use crate::member::Detector;
use crate::scenario::diagnostic::{DiagnosticKind, ExpectedWords, Failure, Suggestion, clip};
use crate::scenario::keywords::{self, KeywordMeaning, KeywordPosition};
use crate::scenario::{
    ChapterMark, Colours, FigureOption, FigureOptions, FigureValue, FigureValueKind, FigureView,
    InvalidKind, OwnSetting, OwnSettingKind, Setting, SettingKind, SettingOwners, Zone, limits,
};
use crate::sort;
use crate::types::Rank;
use std::ops::Range;

/// A statement, and the place of its group's name if it has one.
#[derive(Debug)]
pub(crate) struct ParsedStatement {
    pub statement: Statement,
    pub group_span: Option<Range<usize>>,
}

/// Parses the statement of a line that is not blank.
#[expect(clippy::wildcard_enum_match_arm, reason = "the table names the keywords that open a line")]
pub(crate) fn statement(tokens: &[Token]) -> ParseResult<ParsedStatement> {
    let mut cursor = Cursor::new(tokens);
    let key = head(&mut cursor)?;
    let (statement, group_span) = match key {
        KeywordMeaning::Setting(kind) => (cursor.setting(kind)?, None),
        KeywordMeaning::Own(kind) => (cursor.own_setting(kind)?, None),
        KeywordMeaning::Name => {
            (Statement::Name { process: cursor.rank()?, name: cursor.text()? }, None)
        }
        KeywordMeaning::Zone => (Statement::Zone(cursor.zone()?), None),
        KeywordMeaning::Mark => {
            (Statement::Mark(ChapterMark { at: cursor.instant()?, text: cursor.text()? }), None)
        }
        KeywordMeaning::Group => (Statement::Group(cursor.group()?), None),
        KeywordMeaning::Load => cursor.load()?,
        KeywordMeaning::At => cursor.dated()?,
        KeywordMeaning::Every if cursor.names_processes() => {
            (cursor.own_setting(OwnSettingKind::Every)?, None)
        }
        KeywordMeaning::Every => cursor.repeated()?,
        KeywordMeaning::MessageOverride => cursor.message_override()?,
        KeywordMeaning::TimerOverride => cursor.timer_override()?,
        KeywordMeaning::Expect => cursor.expectation()?,
        _ => return Err(cursor.none_of_the_tried(false)),
    };
    cursor.finish()?;
    Ok(ParsedStatement { statement, group_span })
}

/// The first keyword of the line, if it is known.
pub(crate) fn opens_with(line: &str) -> Option<KeywordMeaning> {
    Some(keywords::find(KeywordPosition::Statement, line.split_whitespace().next()?)?.key)
}

/// Parses the first keyword of a statement.
fn head(cursor: &mut Cursor) -> ParseResult<KeywordMeaning> {
    let Some(token) = cursor.peek() else { return Err(cursor.none_of_the_tried(false)) };
    if let Some(word) = keywords::find(KeywordPosition::Statement, token.text) {
        cursor.advance();
        return Ok(word.key);
    }
    if token.kind == TokenKind::Ordinal {
        let error = DiagnosticKind::OrdinalNotComment { found: clip(token.text) };
        let span = token.span.start + 1..token.span.start + 1;
        let label = "make it a comment".to_owned();
        let suggestion = Suggestion { label, span, replacement: " ".to_owned() };
        return Err(Failure::new(token.span.clone(), error).corrected(Some(suggestion)));
    }
    if let Some(fault) = keywords::find(KeywordPosition::Fault, token.text) {
        let span = token.span.start..token.span.start;
        let label = "put `at 100ms` before it".to_owned();
        let suggestion = Suggestion { label, span, replacement: "at 100ms ".to_owned() };
        let error = DiagnosticKind::NeedsTime { word: fault.word };
        return Err(Failure::new(token.span.clone(), error).corrected(Some(suggestion)));
    }
    let nearest = keywords::meaning(KeywordPosition::Statement, token.text)
        .map(str::to_owned)
        .or_else(|| {
            Some(format!("at 100ms {}", keywords::meaning(KeywordPosition::Fault, token.text)?))
        })
        .or_else(|| {
            keywords::nearest(token.text, keywords::of(KeywordPosition::Statement))
                .map(str::to_owned)
        })
        .or_else(|| {
            Some(format!(
                "at 100ms {}",
                keywords::nearest(token.text, keywords::of(KeywordPosition::Fault))?
            ))
        });
    Err(unknown(KeywordPosition::Statement, token, nearest.as_deref()))
}

impl Cursor<'_> {
    /// Of the whole run, or of links where they are named.
    fn setting(&mut self, first: SettingKind) -> ParseResult<Statement> {
        let kind = self.second_word(first)?;
        if let Some(own) = kind.of_links()
            && let Some(links) = self.links_if_named()?
        {
            return Ok(Statement::Own(SettingOwners::Links(links), self.own_value(own)?));
        }
        Ok(Statement::Set(self.setting_value(kind)?))
    }

    /// Which of the settings that share the first word it is.
    fn second_word(&mut self, first: SettingKind) -> ParseResult<SettingKind> {
        let [word, second] = first.row().word;
        if second.is_empty() {
            return Ok(first);
        }
        let mut all = SettingKind::ALL.iter().copied().filter(|kind| kind.row().word[0] == word);
        all.find(|kind| self.accept(kind.row().word[1]))
            .ok_or_else(|| self.none_of_the_tried(false))
    }

    pub(crate) fn setting_value(&mut self, kind: SettingKind) -> ParseResult<Setting> {
        Ok(match kind {
            SettingKind::Title => Setting::Title(Some(self.text()?)),
            SettingKind::About => Setting::About(Some(self.text()?)),
            SettingKind::Algorithm => Setting::Algorithm(self.algorithm()?),
            SettingKind::Ranks => Setting::Ranks(self.processes()?),
            SettingKind::Leader => Setting::Leader(self.leader()?),
            SettingKind::Capacity => Setting::Capacity(Some(self.requests()?)),
            SettingKind::Detector => Setting::Detector(self.detector()?),
            SettingKind::WaitAlive => Setting::WaitAlive(self.duration()?),
            SettingKind::WaitElected => Setting::WaitElected(self.duration()?),
            SettingKind::Preempt => Setting::Preempt(self.preemption()?),
            SettingKind::Quorum => Setting::Quorum(self.quorum()?),
            SettingKind::Latency => Setting::Latency(self.latency()?),
            SettingKind::Loss => Setting::Loss(self.percentage()?),
            SettingKind::Duplicate => Setting::Duplicate(self.percentage()?),
            SettingKind::Fifo => Setting::Fifo(self.on_or_off()?),
            SettingKind::Seed => Setting::Seed(self.count()?),
            SettingKind::Seeds => Setting::Seeds(self.count()?),
            SettingKind::Until => Setting::Until(Some(self.instant()?)),
            SettingKind::Figure => Setting::Figure(self.figure()?),
        })
    }

    /// `3 500ms`, `1 2 3 +2%`
    fn own_setting(&mut self, kind: OwnSettingKind) -> ParseResult<Statement> {
        let mut ranks = self.few_ranks()?;
        // Something must follow, so the last of several numbers is what lacks its unit.
        if self.peek().is_none() && ranks.len() > 1 {
            ranks.pop();
            self.retreat();
        }
        Ok(Statement::Own(SettingOwners::Processes(ranks), self.own_value(kind)?))
    }

    pub(crate) fn own_value(&mut self, kind: OwnSettingKind) -> ParseResult<OwnSetting> {
        Ok(match kind {
            OwnSettingKind::Timeout => OwnSetting::Timeout(Some(self.duration()?)),
            OwnSettingKind::Every => OwnSetting::Every(Some(self.duration()?)),
            OwnSettingKind::Drift => OwnSetting::Drift(Some(self.drift()?)),
            OwnSettingKind::Latency => OwnSetting::Latency(Some(self.latency()?)),
            OwnSettingKind::Loss => OwnSetting::Loss(Some(self.percentage()?)),
            OwnSettingKind::Duplicate => OwnSetting::Duplicate(Some(self.percentage()?)),
        })
    }

    /// `bully`, `next-in-line alternates 2`, `next-in-line alternates list 5 4`
    fn algorithm(&mut self) -> ParseResult<Algorithm> {
        let KeywordMeaning::AlgorithmKind(kind) = self.word_of(KeywordPosition::Algorithm)?.key
        else {
            // The table of words has nothing else here.
            return Err(self.none_of_the_tried(false));
        };
        let mut algorithm = kind.with_defaults();
        for mut option in algorithm.options() {
            // What has no word of its own must follow.
            if option.word.is_empty() || self.accept(option.word) {
                self.option_value(&mut option.value)?;
            }
        }
        Ok(algorithm)
    }

    /// Reads the value of an option of an algorithm in its place.
    pub(crate) fn option_value(&mut self, value: &mut AlgorithmOptionValue) -> ParseResult<()> {
        match value {
            AlgorithmOptionValue::Succession(succession) => **succession = self.succession()?,
            AlgorithmOptionValue::Candidates(ranks) => **ranks = self.few_ranks()?,
            AlgorithmOptionValue::Delay(delay) => **delay = self.duration()?,
            AlgorithmOptionValue::Flag(is_set) => **is_set = true,
        }
        Ok(())
    }

    /// `2`, `list 5 4`, `list`
    fn succession(&mut self) -> ParseResult<Succession> {
        if !self.accept("list") {
            return self.highest();
        }
        let empty = self.peek().is_none();
        Ok(Succession::List(if empty { Vec::new() } else { self.few_ranks()? }))
    }

    /// `2`
    fn highest(&mut self) -> ParseResult<Succession> {
        let span = self.here();
        let found: u32 = self.count()?;
        u8::try_from(found).map(Succession::Highest).map_err(|_| {
            let problem = InvalidKind::TooManyAlternates { found: found as usize };
            Failure::new(span, DiagnosticKind::Invalid(problem))
        })
    }

    /// `6`, `list 1 2 5`
    fn processes(&mut self) -> ParseResult<Vec<Rank>> {
        let span = self.here();
        let start = span.start;
        if self.accept("list") {
            let ranks = self.ranks()?;
            return ascending(ranks).map_err(|problem| {
                Failure::new(self.since(start), DiagnosticKind::Invalid(problem))
            });
        }
        let found: u32 = self.count()?;
        match u16::try_from(found) {
            Ok(count) if (1..=limits::MOST_PROCESSES).contains(&usize::from(count)) => {
                Ok((1..=count).filter_map(Rank::new).collect())
            }
            _ => {
                let problem = InvalidKind::Processes { found: found as usize };
                Err(Failure::new(span, DiagnosticKind::Invalid(problem)))
            }
        }
    }

    /// `orders on 1 2 3`, `orders on 1 2 3 leader none`
    fn group(&mut self) -> ParseResult<Members> {
        let name = self.group_name()?;
        self.expect("on")?;
        let start = self.here().start;
        let members = ascending(self.few_ranks()?)
            .map_err(|problem| Failure::new(self.since(start), DiagnosticKind::Invalid(problem)))?;
        let highest = members.last().copied();
        let leader = if self.accept("leader") { self.leader()? } else { highest };
        Ok(Members { name, members, leader })
    }

    /// `west 1 2 3`
    fn zone(&mut self) -> ParseResult<Zone> {
        let Some(token) = self.take(TokenKind::Word) else {
            return Err(self.unexpected(ExpectedWords::ZoneName));
        };
        let start = self.here().start;
        let members = ascending(self.few_ranks()?)
            .map_err(|problem| Failure::new(self.since(start), DiagnosticKind::Invalid(problem)))?;
        Ok(Zone { name: token.text.to_owned(), members })
    }

    /// `load orders 200/s`; without groups `load 200/s` will do.
    fn load(&mut self) -> ParseResult<WithGroup> {
        let span = self.here();
        let named = self.peek().is_some_and(|token| token.kind == TokenKind::Word);
        let group = if named { Some(self.group_name()?) } else { None };
        let load = self.requests()?;
        Ok((Statement::Load { group, load }, named.then_some(span)))
    }

    /// `scripted`, `heartbeat every 100ms timeout 350ms`
    fn detector(&mut self) -> ParseResult<Detector> {
        if self.word_of(KeywordPosition::Detector)?.key == KeywordMeaning::Scripted {
            return Ok(Detector::Scripted);
        }
        self.expect("every")?;
        let every = self.duration()?;
        self.expect("timeout")?;
        Ok(Detector::Heartbeat { every, timeout: self.duration()? })
    }

    /// `on`, `off`, `after 2s`
    fn preemption(&mut self) -> ParseResult<Preemption> {
        if self.accept("after") {
            return Ok(Preemption::After(self.duration()?));
        }
        Ok(if self.on_or_off()? { Preemption::On } else { Preemption::Off })
    }

    /// `none`, `majority`, `3`
    fn quorum(&mut self) -> ParseResult<Quorum> {
        if self.accept("none") {
            return Ok(Quorum::None);
        }
        if self.accept("majority") {
            return Ok(Quorum::Majority);
        }
        self.count().map(Quorum::Count)
    }

    fn on_or_off(&mut self) -> ParseResult<bool> {
        if self.accept("on") {
            return Ok(true);
        }
        self.expect("off")?;
        Ok(false)
    }

    /// `start 180ms end 400ms speed 50ms view stage height 420`, each at most once
    fn figure(&mut self) -> ParseResult<FigureOptions> {
        let mut figure = FigureOptions::default();
        loop {
            let span = self.here();
            let word = self.word_of(KeywordPosition::Figure)?;
            // The keyword table has nothing else here.
            let KeywordMeaning::FigureOption(option) = word.key else { return Ok(figure) };
            if figure.get(option).is_some() {
                let word = word.word.to_owned();
                return Err(Failure::new(span, DiagnosticKind::GivenTwice { word }));
            }
            figure.set(option, Some(self.figure_value(option)?));
            if self.peek().is_none() {
                return Ok(figure);
            }
        }
    }

    pub(crate) fn figure_value(&mut self, option: FigureOption) -> ParseResult<FigureValue> {
        Ok(match option.row().kind {
            FigureValueKind::Instant => FigureValue::Instant(self.instant()?),
            FigureValueKind::Speed => FigureValue::Speed(self.duration()?),
            FigureValueKind::Pixels => FigureValue::Pixels(self.count()?),
            FigureValueKind::View => FigureValue::View(self.view()?),
            FigureValueKind::Theme => FigureValue::Theme(self.colours()?),
            FigureValueKind::Bar => FigureValue::Bar(self.on_or_off()?),
            FigureValueKind::Switch => FigureValue::Switch(self.on_or_off()?),
            FigureValueKind::Flag => FigureValue::Flag(true),
        })
    }

    fn colours(&mut self) -> ParseResult<Colours> {
        let named = [Colours::Light, Colours::Dark];
        if let Some(colours) = named.into_iter().find(|colours| self.accept(colours.name())) {
            return Ok(colours);
        }
        self.expect(Colours::Auto.name())?;
        Ok(Colours::Auto)
    }

    fn view(&mut self) -> ParseResult<FigureView> {
        let word = self.word_of(KeywordPosition::View)?;
        Ok(if let KeywordMeaning::View(view) = word.key { view } else { FigureView::Both })
    }
}

/// Sorts ranks, and reports a rank that occurs twice.
fn ascending(mut ranks: Vec<Rank>) -> std::result::Result<Vec<Rank>, InvalidKind> {
    sort::sort(&mut ranks);
    if let Some(pair) = ranks.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(InvalidKind::RankTwice { rank: pair[0] });
    }
    if ranks.len() > limits::MOST_PROCESSES {
        return Err(InvalidKind::Processes { found: ranks.len() });
    }
    Ok(ranks)
}
