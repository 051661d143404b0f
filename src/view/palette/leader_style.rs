//! The style of a leader, a hue and a pattern, and which rank has which; and the colours that a page around a figure
//! sets, with the tokens that follow from them.

use crate::report::LeaderInterval;
use crate::sort;
use crate::time::Time;
use crate::types::Rank;
use crate::view::Colour;
use crate::view::palette::{CodedName, ColourTheme, Hue, Tokens};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A leader's hue and pattern, by its slot, 0 to 17.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeaderStyle(u8);

/// The pattern of a leader, which tells leaders of the same hue apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pattern {
    Plain,
    Striped,
    Dotted,
}

/// The style of every rank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeaderStyles(BTreeMap<Rank, LeaderStyle>);

impl LeaderStyle {
    /// The number of different styles: six hues, each with three patterns.
    pub const COUNT: u8 = 18;

    /// The style of a slot; slots from `COUNT` on repeat.
    pub const fn slot(slot: usize) -> Self {
        Self((slot % Self::COUNT as usize) as u8)
    }

    pub const fn hue(self, theme: ColourTheme) -> Hue {
        theme.hue(self.0)
    }

    pub const fn pattern(self) -> Pattern {
        match self.0 / 6 {
            0 => Pattern::Plain,
            1 => Pattern::Striped,
            _ => Pattern::Dotted,
        }
    }
}

impl LeaderStyles {
    /// `ranks` are all ranks of the scenario, in any order; `leaderships` are those of the run, by their
    /// start. With at most eighteen ranks each rank has a style of its own, and `leaderships` change nothing.
    pub fn new(ranks: &[Rank], leaderships: &[LeaderInterval]) -> Self {
        let mut falling = ranks.to_vec();
        sort::sort_by_key(&mut falling, |&rank| Reverse(rank));
        let home = sort::gather(falling.iter().enumerate().map(|(higher, &rank)| (rank, higher)));
        let mut styles = sort::gather(
            falling.iter().zip(0..).map(|(&rank, slot)| (rank, LeaderStyle::slot(slot))),
        );
        if ranks.len() > usize::from(LeaderStyle::COUNT) {
            assign(&home, leaderships, &mut styles);
        }
        Self(styles)
    }

    /// The style of a rank; the first style if the scenario does not have the rank.
    pub fn of(&self, rank: Rank) -> LeaderStyle {
        self.0.get(&rank).copied().unwrap_or_default()
    }
}

/// Gives each leader, in the order of first leading, its home slot, else the next free one, else the one that
/// was released longest ago.
fn assign(
    home: &BTreeMap<Rank, usize>,
    leaderships: &[LeaderInterval],
    styles: &mut BTreeMap<Rank, LeaderStyle>,
) {
    let mut holders: [Option<Rank>; LeaderStyle::COUNT as usize] =
        [None; LeaderStyle::COUNT as usize];
    let mut begun = leaderships.iter().peekable();
    // The end of the last leadership that has begun so far, by rank.
    let mut over: BTreeMap<Rank, Time> = BTreeMap::new();
    for leading in leaderships {
        let now = leading.since;
        while let Some(&LeaderInterval { rank, until, .. }) =
            begun.next_if(|begun| begun.since <= now)
        {
            let last = over.entry(rank).or_default();
            *last = until.unwrap_or(Time::NEVER).max(*last);
        }
        let known = home.get(&leading.rank);
        let Some(&home) = known.filter(|_| !holders.contains(&Some(leading.rank))) else {
            continue;
        };
        // The instant at which a slot was released; `NEVER` while its holder leads.
        let released = |holder: Option<Rank>| {
            let last = holder.and_then(|rank| over.get(&rank)).copied().unwrap_or_default();
            if last <= now { last } else { Time::NEVER }
        };
        let places = (0..holders.len()).map(|step| (home + step) % holders.len());
        let place = places.clone().find(|&place| holders[place].is_none());
        let place = place.or_else(|| places.min_by_key(|&place| released(holders[place])));
        let Some(place) = place else { continue };
        holders[place] = Some(leading.rank);
        styles.insert(leading.rank, LeaderStyle::slot(place));
    }
}

/// What a page may set. The colours of leaders and alarms stay, because they identify them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct HostColours {
    /// Background.
    pub ground: Option<Colour>,
    /// Text and marks.
    pub ink: Option<Colour>,
    /// Secondary text.
    pub quiet_ink: Option<Colour>,
    /// Lines.
    pub line: Option<Colour>,
}

impl HostColours {
    /// The tokens of a theme with these colours. Grey tokens that the page does not set keep their place between
    /// background and ink.
    pub fn tokens(self, theme: &Tokens) -> Tokens {
        let Self { ground, ink, quiet_ink, line } = self;
        let stage = not_coded(ground.unwrap_or(theme.stage));
        let ink = not_coded(ink.unwrap_or(theme.ink));
        let moved = |token| not_coded(moved(token, [theme.stage, theme.ink], [stage, ink]));
        let quiet = quiet_ink.map(not_coded);
        let line = line.map(not_coded);
        Tokens {
            page: moved(theme.page),
            stage,
            ink,
            ink2: quiet.unwrap_or_else(|| moved(theme.ink2)),
            ink3: quiet.unwrap_or_else(|| moved(theme.ink3)),
            ctl: moved(theme.ctl),
            line: line.unwrap_or_else(|| moved(theme.line)),
            line2: line.unwrap_or_else(|| moved(theme.line2)),
            sel: moved(theme.sel),
            hover: moved(theme.hover),
            none: moved(theme.none),
            partition_line: moved(theme.partition_line),
            neutral: moved(theme.neutral),
            alarm: theme.alarm,
            on_alarm: theme.on_alarm,
            alarm_text: theme.alarm_text,
            alarm_bg: theme.alarm_bg,
            good: theme.good,
            veil: theme.veil,
        }
    }
}

/// A colour between two others, moved along with them; each channel keeps its distance from both.
fn moved(colour: Colour, from: [Colour; 2], to: [Colour; 2]) -> Colour {
    let channel = |of: fn(Colour) -> u8| {
        let [low, high] = from.map(|end| f64::from(of(end)));
        let share = (f64::from(of(colour)) - low) / (high - low);
        let [low, high] = to.map(|end| f64::from(of(end)));
        (low + share * (high - low)).round().clamp(0.0, 255.0) as u8
    };
    Colour {
        red: channel(|colour| colour.red),
        green: channel(|colour| colour.green),
        blue: channel(|colour| colour.blue),
    }
}

/// The nearest colour that is not taken for a code.
fn not_coded(colour: Colour) -> Colour {
    match CodedName::of_coded(colour) {
        Some(_) => Colour { red: 1, ..colour },
        None => colour,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::palette::{ColourTheme, css};

    fn ranks(count: u16) -> Vec<Rank> {
        (1..=count).filter_map(Rank::new).collect()
    }

    fn leading(rank: u16, since: u64, until: Option<u64>) -> LeaderInterval {
        let rank = Rank::new(rank).expect("not 0");
        LeaderInterval { rank, since: Time::ms(since), until: until.map(Time::ms) }
    }

    fn leader_style(leader_styles: &LeaderStyles, rank: u16) -> LeaderStyle {
        leader_styles.of(Rank::new(rank).expect("not 0"))
    }

    #[test]
    fn the_top_rank_is_blue_and_the_next_orange() {
        let leader_styles = LeaderStyles::new(&ranks(6), &[]);
        assert_eq!(leader_style(&leader_styles, 6), LeaderStyle::slot(0));
        assert_eq!(leader_style(&leader_styles, 5), LeaderStyle::slot(1));
        assert_eq!(leader_style(&leader_styles, 1), LeaderStyle::slot(5));
    }

    #[test]
    fn eighteen_processes_have_eighteen_styles() {
        let leader_styles = LeaderStyles::new(&ranks(18), &[leading(3, 0, None)]);
        assert_eq!(leader_style(&leader_styles, 12).pattern(), Pattern::Striped);
        assert_eq!(leader_style(&leader_styles, 1).pattern(), Pattern::Dotted);
        let distinct: std::collections::BTreeSet<_> = leader_styles.0.values().collect();
        assert_eq!(distinct.len(), 18);
    }

    #[test]
    fn beyond_eighteen_a_taken_home_gives_way_to_the_next_free_one() {
        // 40 and 22 both have slot 0 as home.
        let leader_styles =
            LeaderStyles::new(&ranks(40), &[leading(40, 0, None), leading(22, 5, None)]);
        assert_eq!(leader_style(&leader_styles, 40), LeaderStyle::slot(0));
        assert_eq!(leader_style(&leader_styles, 22), LeaderStyle::slot(1));
    }

    #[test]
    fn the_nineteenth_leader_takes_what_was_released_longest_ago() {
        let mut leadings: Vec<_> =
            (0..18).map(|n| leading(40 - n, u64::from(n), Some(100 - u64::from(n)))).collect();
        leadings.push(leading(1, 200, None));
        let leader_styles = LeaderStyles::new(&ranks(40), &leadings);
        assert_eq!(
            leader_style(&leader_styles, 1),
            leader_style(&leader_styles, 23),
            "23 stopped leading first, at 83 ms"
        );
    }

    #[test]
    fn a_page_that_sets_nothing_changes_nothing() {
        for theme in [ColourTheme::Light, ColourTheme::Dark] {
            assert_eq!(HostColours::default().tokens(&theme.tokens()), theme.tokens());
        }
    }

    #[test]
    fn what_a_page_sets_is_drawn_and_what_lies_between_moves_along() {
        let (ground, ink) = (Colour::hex(0x002B36), Colour::hex(0xFDF6E3));
        let colours = HostColours { ground: Some(ground), ink: Some(ink), ..Default::default() };
        let tokens = ColourTheme::Host { is_dark: true, colours }.tokens();
        assert_eq!((tokens.stage, tokens.ink), (ground, ink));
        assert_eq!(tokens.alarm, ColourTheme::Dark.tokens().alarm);
        for quiet in [tokens.ink2, tokens.ink3, tokens.ctl, tokens.line2, tokens.line] {
            let light = quiet.luminance();
            assert!(ground.luminance() < light && light < ink.luminance(), "{quiet}");
        }
    }

    #[test]
    fn quiet_ink_and_line_are_those_of_the_page() {
        let (quiet, line) = (Colour::hex(0x445566), Colour::hex(0xCC8800));
        let colours =
            HostColours { quiet_ink: Some(quiet), line: Some(line), ..Default::default() };
        let tokens = colours.tokens(&ColourTheme::Light.tokens());
        assert_eq!([tokens.ink2, tokens.ink3], [quiet; 2]);
        assert_eq!([tokens.line, tokens.line2], [line; 2]);
        assert_eq!(tokens.ink, ColourTheme::Light.tokens().ink);
    }

    #[test]
    fn black_is_no_code() {
        let colours = HostColours { ink: Some(Colour::hex(0)), ..Default::default() };
        let ink = ColourTheme::Host { is_dark: false, colours }.tokens().ink;
        assert_eq!(css(ink), "#010000");
    }
}
