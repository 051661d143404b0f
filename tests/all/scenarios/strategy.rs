//! Proptest's strategy for valid scenarios: all of the language, in small pieces that shrink.

use super::pieces::{
    few, instant, latency, length, link_map, links, moment, rank_map, rank_of, rate, span,
};
use hustings::choice::{MessageId, TimerId};
use hustings::election::{
    Algorithm, CandidateRules, Preemption, Quorum, RaftRules, Succession, Timeouts,
};
use hustings::member::Detector;
use hustings::scenario::{
    AddedFaults, ChapterMark, Comparison, ConditionKind, ConditionTime, ConditionValues, Drift,
    Expectation, ExpectedRuns, Fault, FaultTime, FigureOptions, FigureView, Group, InvalidKind,
    MessageOverride, MoveKind, MoveKinds, NetworkSettings, Override, ProcessTiming, Rate, Scenario,
    ScenarioParts, TimelineEntry, Zone, ends_line, is_invisible, limits,
};
use hustings::time::{Duration, Time};
use hustings::types::{GroupId, MessageKind, Rank, TimerKind};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::{BTreeMap, BTreeSet};

/// Any valid scenario of up to nine processes.
pub(crate) fn scenario() -> impl Strategy<Value = Scenario> {
    let counted = (1..=9_u16).prop_map(|count| (1..=count).collect::<BTreeSet<u16>>());
    let listed = proptest::collection::btree_set(1..=u16::MAX, 1..=9);
    let ranks = prop_oneof![2 => counted, 1 => listed];
    ranks
        .prop_map(|ranks| ranks.into_iter().filter_map(Rank::new).collect::<Vec<Rank>>())
        .prop_flat_map(|ranks| (groups(&ranks), Just(ranks)).boxed())
        .prop_flat_map(|(groups, ranks)| parts(ranks, groups).boxed())
        .boxed()
        .prop_filter_map("a timeline of more than 10,000 entries", valid)
}

/// What was meant to be valid must be; only how often something repeats is left to chance.
fn valid(parts: ScenarioParts) -> Option<Scenario> {
    match Scenario::new(parts) {
        Ok(scenario) => Some(scenario),
        Err(problems) => {
            for invalid in problems {
                let repeats = matches!(invalid.problem, InvalidKind::TimelineTooLong { .. });
                assert!(repeats, "the strategy made an invalid scenario: {invalid:?}");
            }
            None
        }
    }
}

fn groups(ranks: &[Rank]) -> impl Strategy<Value = Vec<Group>> + use<> {
    let all = ranks.to_vec();
    let only = (option::of(rank_of(ranks)), option::of(0..=1_000_000_u32));
    let only = only.prop_map(move |(leader, load)| Group { load, ..Group::main(&all, leader) });
    let members = subsequence(ranks.to_vec(), 1..=ranks.len());
    let group = (members, any::<prop::sample::Index>(), 0..4, option::of(0..500_u32));
    let named = vec(group, 1..4).prop_map(|groups| {
        let names = ["orders", "users", "main", "in-2"];
        let named = groups.into_iter().zip(names).map(|((members, leader, nobody, load), name)| {
            let leader = (nobody > 0).then(|| *leader.get(&members));
            Group { name: name.to_owned(), members, leader, load }
        });
        named.collect()
    });
    prop_oneof![2 => only.prop_map(|only| vec![only]), 1 => named]
}

fn parts(ranks: Vec<Rank>, groups: Vec<Group>) -> impl Strategy<Value = ScenarioParts> {
    // Boxed, since a strategy that holds all the others overflows the stack.
    let texts = (option::of(text()), option::of(text())).boxed();
    let waits = (length(), length());
    let rules =
        (algorithm(&ranks), detector(), remedies(), waits, network(&ranks), timing(&ranks)).boxed();
    let numbers = (any::<u64>(), option::of(instant()), option::of(0..=1_000_000_u32)).boxed();
    let lists = (
        vec(entry(&ranks, &groups).boxed(), 0..6).boxed(),
        edits(&groups).boxed(),
        vec(expectation(&groups).boxed(), 0..4).boxed(),
        figure().boxed(),
    )
        .boxed();
    let noted = annotations(&ranks).boxed();
    (texts, rules, numbers, lists, noted).prop_map(move |(texts, rules, numbers, lists, noted)| {
        let (algorithm, detector, (preemption, quorum), waits, network, timing) = rules;
        let (alive, elected) = waits;
        let (timeline, edits, claims, figure) = lists;
        let mut parts = ScenarioParts {
            title: texts.0,
            about: texts.1,
            algorithm,
            ranks: ranks.clone(),
            detector,
            timeouts: Timeouts { alive, elected },
            preemption,
            quorum,
            timing,
            network,
            seed: numbers.0,
            seeds: numbers.0 as u32 % limits::MOST_SEEDS + 1,
            until: numbers.1,
            groups: groups.clone(),
            capacity: numbers.2,
            timeline,
            overrides: edits,
            expectations: Vec::new(),
            names: noted.0,
            zones: noted.1,
            marks: noted.2,
            figure,
        };
        fit(&mut parts);
        // An expectation must not look behind the end, which the timeline decides.
        let end = Scenario::new(parts.clone()).map_or(Time::ZERO, |scenario| scenario.end());
        parts.expectations = claims.into_iter().map(|claim| within(claim, end)).collect();
        parts
    })
}

type Annotations = (BTreeMap<Rank, String>, Vec<Zone>, Vec<ChapterMark>);

/// Names, up to two zones that share nobody, and marks.
fn annotations(ranks: &[Rank]) -> impl Strategy<Value = Annotations> + use<> {
    let named = subsequence(ranks.to_vec(), 0..=ranks.len());
    let names = named.prop_map(|ranks| {
        let name = |rank: Rank| (rank, format!("db \"{rank}\" \\ é"));
        ranks.into_iter().map(name).collect()
    });
    let (all, count) = (ranks.to_vec(), ranks.len());
    let zones =
        (subsequence(all.clone(), 0..=count), 0..=count).prop_map(move |(first, second)| {
            let rest =
                all.iter().filter(|rank| !first.contains(rank)).copied().take(second).collect();
            let zones = [("west", first), ("zone-2", rest)].into_iter();
            let zones = zones.filter(|(_, members)| !members.is_empty());
            zones.map(|(name, members)| Zone { name: name.to_owned(), members }).collect()
        });
    let mark = (instant(), text()).prop_map(|(at, text)| ChapterMark { at, text });
    (names, zones, vec(mark, 0..4))
}

fn text() -> impl Strategy<Value = String> {
    let seen = "\\PC{1,30}".prop_map(|text| match text.chars().all(is_invisible) {
        true => "A".to_owned(),
        false => text.replace(ends_line, " "),
    });
    prop_oneof![seen, Just("a \"b\" \\ #1 # c\\".to_owned())]
}

/// Takes away what the algorithm or the detector does not allow.
fn fit(parts: &mut ScenarioParts) {
    let row = parts.algorithm.row();
    if row.ranks_are_priorities && parts.ranks.last().is_some_and(|rank| rank.get() > 255) {
        parts.algorithm = Algorithm::Ring;
    }
    let row = parts.algorithm.row();
    if row.needs_heartbeat && parts.detector == Detector::Scripted {
        let (every, timeout) = (Duration::ms(100), Duration::ms(350));
        parts.detector = Detector::Heartbeat { every, timeout };
    }
    let is_scripted = parts.detector == Detector::Scripted;
    if is_scripted || row.no_preemption.is_some() {
        parts.preemption = Preemption::On;
    }
    let smallest = parts.groups.iter().map(|group| group.members.len()).min().unwrap_or(0);
    if let Quorum::Count(count) = &mut parts.quorum {
        *count = (*count).min(smallest as u16).max(1);
    }
    if is_scripted || row.no_quorum.is_some() {
        parts.quorum = Quorum::None;
    }
    if let Algorithm::Candidates(rules) = &mut parts.algorithm {
        for leader in parts.groups.iter().filter_map(|group| group.leader) {
            if !rules.ranks.contains(&leader) {
                rules.ranks.push(leader);
            }
        }
    }
}

fn remedies() -> impl Strategy<Value = (Preemption, Quorum)> {
    let preemption = prop_oneof![
        4 => Just(Preemption::On),
        1 => Just(Preemption::Off),
        1 => length().prop_map(Preemption::After),
    ];
    let quorum = prop_oneof![
        4 => Just(Quorum::None),
        1 => Just(Quorum::Majority),
        1 => (1..9_u16).prop_map(Quorum::Count),
    ];
    (preemption, quorum)
}

fn algorithm(ranks: &[Rank]) -> impl Strategy<Value = Algorithm> + use<> {
    let list = subsequence(ranks.to_vec(), 0..=ranks.len()).prop_shuffle();
    let candidates = subsequence(ranks.to_vec(), 1..=ranks.len()).prop_shuffle();
    prop_oneof![
        Just(Algorithm::Bully),
        Just(Algorithm::BullyTextbook),
        (0..64_u8).prop_map(|count| Algorithm::NextInLine(Succession::Highest(count))),
        list.prop_map(|list| Algorithm::NextInLine(Succession::List(list))),
        (candidates, span())
            .prop_map(|(ranks, delay)| { Algorithm::Candidates(CandidateRules { ranks, delay }) }),
        Just(Algorithm::Ring),
        Just(Algorithm::Invitation),
        (any::<bool>(), any::<bool>()).prop_map(|(pre_vote, check_quorum)| {
            Algorithm::Raft(RaftRules { pre_vote, check_quorum })
        }),
        Just(Algorithm::Vrrp),
    ]
}

fn detector() -> impl Strategy<Value = Detector> {
    let heartbeat = (length(), length());
    prop_oneof![
        Just(Detector::Scripted),
        heartbeat.prop_map(|(every, timeout)| Detector::Heartbeat { every, timeout }),
    ]
}

fn timing(ranks: &[Rank]) -> impl Strategy<Value = ProcessTiming> + use<> {
    let drift =
        (-Drift::MOST..=Drift::MOST).prop_map(|ppm| Drift::ppm(ppm).expect("it is in range"));
    let of = (rank_map(ranks, length()), rank_map(ranks, length()), rank_map(ranks, drift));
    of.prop_map(|of| ProcessTiming { timeout_of: of.0, every_of: of.1, drift_of: of.2 })
}

fn network(ranks: &[Rank]) -> impl Strategy<Value = NetworkSettings> + use<> {
    let of_all = (latency(), rate(), rate(), any::<bool>());
    let of_links = (link_map(ranks, latency()), link_map(ranks, rate()), link_map(ranks, rate()));
    (of_all, of_links).prop_map(|((latency, loss, duplicate, fifo), of)| NetworkSettings {
        latency,
        loss,
        duplicate,
        fifo,
        latency_of: of.0,
        loss_of: of.1,
        duplicate_of: of.2,
    })
}

fn entry(ranks: &[Rank], groups: &[Group]) -> impl Strategy<Value = TimelineEntry> + use<> {
    let until = || option::of(1..60_000_u64);
    let later = |at: Time, until: Option<u64>| until.map(|ms| at + Duration::ms(ms));
    let every = (50..2_000_u64, moment(), until()).prop_map(move |(every, from, until)| {
        FaultTime::Every { every: Duration::ms(every), from, until: later(from, until) }
    });
    let when = prop_oneof![3 => moment().prop_map(FaultTime::At), 1 => every];
    let fault =
        (when, fault(ranks, groups)).prop_map(|(when, fault)| TimelineEntry::Fault { when, fault });
    let flap = (moment(), rank_of(ranks), 1..900_u64, 50..900_u64, until());
    let flap = flap.prop_map(move |(at, process, down, up, until)| TimelineEntry::Flap {
        at,
        process,
        down: Duration::ms(down),
        up: Duration::ms(up),
        until: later(at, until),
    });
    prop_oneof![6 => fault, 1 => flap]
}

fn fault(ranks: &[Rank], groups: &[Group]) -> impl Strategy<Value = Fault> + use<> {
    let mut all = vec![
        few(ranks).prop_map(Fault::Crash).boxed(),
        few(ranks).prop_map(Fault::Recover).boxed(),
        few(ranks).prop_map(Fault::Resume).boxed(),
        few(ranks).prop_map(|processes| Fault::Suspect { processes, group: None }).boxed(),
        suspect_in(groups).boxed(),
        (few(ranks), span()).prop_map(|(processes, span)| Fault::Pause { processes, span }).boxed(),
        Just(Fault::Heal(None)).boxed(),
        latency().prop_map(|latency| Fault::Latency { links: None, latency }).boxed(),
        rate().prop_map(|rate| Fault::Loss { links: None, rate }).boxed(),
    ];
    if ranks.len() > 1 {
        all.push(partition(ranks).boxed());
        all.push(links(ranks).prop_map(Fault::Cut).boxed());
        all.push(links(ranks).prop_map(|links| Fault::Heal(Some(links))).boxed());
        let latency = (links(ranks).prop_map(Some), latency());
        all.push(latency.prop_map(|(links, latency)| Fault::Latency { links, latency }).boxed());
        let loss = (links(ranks).prop_map(Some), rate());
        all.push(loss.prop_map(|(links, rate)| Fault::Loss { links, rate }).boxed());
    }
    prop::strategy::Union::new(all)
}

fn suspect_in(groups: &[Group]) -> impl Strategy<Value = Fault> + use<> {
    of_group(groups).prop_flat_map(|(id, members)| {
        few(&members).prop_map(move |processes| Fault::Suspect { processes, group: Some(id) })
    })
}

fn partition(ranks: &[Rank]) -> impl Strategy<Value = Fault> + use<> {
    let some = subsequence(ranks.to_vec(), 2..=ranks.len()).prop_shuffle();
    (some, any::<prop::sample::Index>()).prop_map(|(some, cut)| {
        let (one, rest) = some.split_at(1 + cut.index(some.len() - 1));
        let mut sides = vec![one.to_vec()];
        let middle = rest.len() / 2;
        sides.extend(
            [&rest[..middle], &rest[middle..]].iter().filter(|s| !s.is_empty()).map(|s| s.to_vec()),
        );
        Fault::Partition(sides)
    })
}

fn of_group(groups: &[Group]) -> impl Strategy<Value = (GroupId, Vec<Rank>)> + use<> {
    let ids = (0..).map(GroupId);
    select(ids.zip(groups).map(|(id, group)| (id, group.members.clone())).collect::<Vec<_>>())
}

/// No name is fixed twice.
fn edits(groups: &[Group]) -> impl Strategy<Value = Vec<Override>> + use<> {
    let edit = of_group(groups).prop_flat_map(|(group, members)| {
        let timer = (select(&TimerKind::ALL[..]), rank_of(&members), 1..4_u32, instant());
        let timer = timer.prop_map(move |(timer, of, nth, fires)| Override::Timer {
            name: TimerId { group, timer, of, nth },
            fires,
        });
        if members.len() < 2 {
            return timer.boxed();
        }
        let kind = select(&MessageKind::ALL[..]);
        let ends = subsequence(members, 2).prop_shuffle();
        let message = (kind, ends, 1..4_u32, any::<bool>(), fate());
        let message = message.prop_map(move |(kind, ends, nth, copy, fate)| {
            let copy = copy && fate != MessageOverride::Duplicated;
            let name = MessageId { group, kind, from: ends[0], to: ends[1], nth, copy };
            Override::Message { name, fate }
        });
        prop_oneof![timer, message].boxed()
    });
    vec(edit, 0..5).prop_map(|mut edits| {
        let mut fixed = BTreeSet::new();
        let twice = |edit: &Override| {
            matches!(edit, Override::Message { fate: MessageOverride::Duplicated, .. })
        };
        edits.retain(|edit| fixed.insert((edit.choice(), twice(edit))));
        edits
    })
}

fn fate() -> impl Strategy<Value = MessageOverride> {
    prop_oneof![
        Just(MessageOverride::Lost),
        instant().prop_map(MessageOverride::Arrives),
        span().prop_map(MessageOverride::Delayed),
        Just(MessageOverride::Duplicated),
    ]
}

fn expectation(groups: &[Group]) -> impl Strategy<Value = Expectation> + use<> {
    (of_group(groups), any::<bool>(), select(ConditionKind::ALL)).prop_flat_map(
        |((id, members), named, kind)| {
            let group = named.then_some(id);
            let details = (values(&members), condition_time(kind), expected_runs());
            details.prop_map(move |(mut values, time, runs)| {
                if values.followed == values.process {
                    // Nobody follows itself; in a group of one another condition is as good.
                    values.followed = members
                        .iter()
                        .copied()
                        .find(|it| *it != values.process)
                        .unwrap_or(values.followed);
                }
                let is_alone = kind == ConditionKind::Follows && values.followed == values.process;
                let kind = if is_alone { ConditionKind::Leads } else { kind };
                Expectation { group, condition: kind.with(&values), time, runs }
            })
        },
    )
}

fn expected_runs() -> impl Strategy<Value = ExpectedRuns> {
    prop_oneof![
        Just(ExpectedRuns::This),
        added_faults().prop_map(ExpectedRuns::WithFaults),
        (1..=Rate::ALWAYS.as_ppm())
            .prop_map(|ppm| ExpectedRuns::InSeeds(Rate::ppm(ppm).expect("at most all"))),
    ]
}

fn added_faults() -> impl Strategy<Value = AddedFaults> {
    let kinds = subsequence(MoveKind::ALL, 1..=MoveKind::ALL.len());
    (1..=limits::MOST_ADDED_FAULTS, kinds).prop_map(|(most, kinds)| {
        let kinds = kinds.into_iter().fold(MoveKinds::NONE, MoveKinds::toggled);
        AddedFaults::new(most, kinds).expect("some faults are added")
    })
}

fn values(members: &[Rank]) -> impl Strategy<Value = ConditionValues> + use<> {
    let ranks = (rank_of(members), option::of(rank_of(members)), rank_of(members));
    let message = option::of(select(&MessageKind::ALL[..]));
    let compare = select(&Comparison::ALL[..]);
    (ranks, message, compare, any::<u64>(), span()).prop_map(
        |((process, leader, followed), message, compare, count, span)| ConditionValues {
            process,
            leader,
            followed,
            message,
            compare,
            count,
            span,
        },
    )
}

fn condition_time(kind: ConditionKind) -> impl Strategy<Value = ConditionTime> {
    let forms = kind.row().times.forms();
    let form = (0..=forms.len()).prop_map(|place| forms.get(place).copied());
    (form, instant(), instant())
        .prop_map(|(form, a, b)| form.map_or(ConditionTime::Unstated, |form| form.with(a, b)))
}

/// With its time inside the run; a stretch has a length.
fn within(expectation: Expectation, end: Time) -> Expectation {
    let at = |at: Time| at.min(end);
    let time = match expectation.time {
        ConditionTime::Unstated => ConditionTime::Unstated,
        ConditionTime::At(t) => ConditionTime::At(at(t)),
        ConditionTime::By(t) => ConditionTime::By(at(t)),
        ConditionTime::After(t) => ConditionTime::After(at(t)),
        ConditionTime::From { from, to } => match (at(from.min(to)), at(from.max(to))) {
            (from, to) if from < to => ConditionTime::From { from, to },
            (from, _) => ConditionTime::At(from),
        },
    };
    Expectation { time, ..expectation }
}

/// So that something can come after it.
fn earlier() -> impl Strategy<Value = Time> {
    instant().prop_map(|at| at.min(Time::us(3_600_000_000 - 1)))
}

fn figure() -> impl Strategy<Value = FigureOptions> {
    let view = select(&FigureView::ALL[..]);
    let times = (option::of(earlier()), option::of(length()), option::of(length()));
    (times, option::of(view), option::of(any::<u16>())).prop_map(|(times, view, height)| {
        let (start, long, speed) = times;
        let longest = Time::ms(3_600_000);
        let end = long.map(|long| (start.unwrap_or_default() + long).min(longest));
        FigureOptions { start, end, speed, view, height, ..FigureOptions::default() }
    })
}
