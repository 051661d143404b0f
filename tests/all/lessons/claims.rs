//! What a lesson claims of a run, in the words of its `check` and `answer` entries.

use hustings::lessons::Question;
use hustings::run::Run;
use hustings::scenario::{Scenario, script};
use hustings::search::{Search, SearchQuestion, USUAL};
use hustings::session::{Document, RunView};
use hustings::time::Time;
use hustings::types::{GroupId, MessageKind, Rank, listed};

/// The run of a step, and the instant that is shown.
pub(crate) struct Shown<'a> {
    pub document: &'a Document,
    pub run_view: &'a RunView,
    pub cursor: Time,
}

impl Shown<'_> {
    /// Nothing if the claim holds, else what is so.
    pub(crate) fn against(&self, claim: &str) -> Option<String> {
        if let Some(expectation) = claim.strip_prefix("expect ") {
            return self.unless_expected(expectation).err();
        }
        if claim.starts_with("a search ") {
            let found = self.searched();
            return (claim != found).then_some(found);
        }
        let (group, claim) = self.group(claim);
        let found = match claim.split_once(' ') {
            Some(("leaders", _)) => format!("leaders {}", self.leaders(group)),
            Some(("elections", _)) => format!("elections {}", self.elections(group)),
            Some(("sent", what)) => match what.split_once(' ') {
                Some((kind, _)) => format!("sent {kind} {}", self.sent(group, Some(kind))),
                None => format!("sent {}", self.sent(group, None)),
            },
            Some(("follow", what)) => {
                let (leader, _) = what.split_once(':').expect("follow LEADER: RANKS");
                format!("follow {leader}: {}", self.followers(group, leader))
            }
            _ => panic!("`{claim}` claims nothing"),
        };
        (found != claim).then_some(found)
    }

    /// The answer that the run gives.
    pub(crate) fn answer(&self, question: &Question) -> String {
        let proof = &question.proof;
        if let Some(expectation) = proof.strip_prefix("expect ") {
            let holds = self.unless_expected(expectation).is_ok();
            return if holds { "Yes" } else { "No" }.to_owned();
        }
        if let Some(at) = proof.strip_prefix("leaders at ") {
            let cursor = instant(at);
            let leaders = Shown { cursor, ..*self }.ranks_that_lead(GroupId::MAIN);
            return match &*leaders {
                [] => "Nobody".to_owned(),
                leaders => listed(leaders).to_string(),
            };
        }
        assert_eq!(proof, "messages", "an answer is proved by leaders, messages or an expectation");
        let whole = Shown { cursor: self.run_view.run.end(), ..*self };
        format!("{} messages", whole.sent(GroupId::MAIN, None))
    }

    /// Whether one added fault makes two processes lead.
    fn searched(&self) -> String {
        let mut parts = self.document.scenario().clone().into_parts();
        parts.expectations = vec![USUAL];
        let mut question = SearchQuestion::of(Scenario::new(parts).expect("a scenario"));
        question.most = 1;
        let mut search = Search::new(question);
        while !search.step(10_000) {}
        let found = if search.answers().is_empty() { "none" } else { "one" };
        format!("a search with 1 fault finds {found}")
    }

    fn unless_expected(&self, expectation: &str) -> Result<(), String> {
        let without = self.document.text().lines().filter(|line| !line.starts_with("expect"));
        let text = format!("{}\nexpect {expectation}", without.collect::<Vec<_>>().join("\n"));
        let script = script::read(&text).unwrap_or_else(|_| panic!("`expect {expectation}`"));
        let report = Run::of(script.scenario.clone()).report(&script);
        match report.expectations.iter().find(|verdict| !verdict.holds) {
            None => Ok(()),
            Some(verdict) => Err(verdict.reason.clone()),
        }
    }

    fn group<'c>(&self, claim: &'c str) -> (GroupId, &'c str) {
        let Some((name, rest)) = claim.strip_prefix("in ").and_then(|rest| rest.split_once(' '))
        else {
            return (GroupId::MAIN, claim);
        };
        let scenario = self.document.scenario();
        let found = scenario.group_ids().find(|&id| scenario.group(id).name == name);
        (found.unwrap_or_else(|| panic!("there is no group {name}")), rest)
    }

    fn ranks_that_lead(&self, group: GroupId) -> Vec<Rank> {
        let world = self.run_view.run.at(self.cursor);
        let ranks = self.document.scenario().ranks.iter().copied();
        ranks.filter(|&rank| world.leads(group, rank)).collect()
    }

    fn leaders(&self, group: GroupId) -> String {
        match &*self.ranks_that_lead(group) {
            [] => "nobody".to_owned(),
            leaders => spaced(leaders),
        }
    }

    fn followers(&self, group: GroupId, leader: &str) -> String {
        let leader = leader.parse().ok().and_then(Rank::new);
        let world = self.run_view.run.at(self.cursor);
        let follow = |rank: &Rank| {
            let runs = world.process(*rank).is_some_and(|process| process.is_running());
            let believed = world.member(group, *rank).and_then(|member| member.leader());
            runs && believed == leader && Some(*rank) != leader
        };
        spaced(&self.document.scenario().ranks.iter().copied().filter(follow).collect::<Vec<_>>())
    }

    fn elections(&self, group: GroupId) -> usize {
        self.run_view.run.index().elections(group).partition_point(|&at| at <= self.cursor)
    }

    fn sent(&self, group: GroupId, kind: Option<&str>) -> u32 {
        let world = self.run_view.run.at(self.cursor);
        let kinds = MessageKind::ALL.into_iter();
        let counted = kinds.filter(|of| kind.is_none_or(|kind| kind == of.name()));
        counted.map(|kind| world.sent(group, kind)).sum()
    }
}

fn spaced(ranks: &[Rank]) -> String {
    ranks.iter().map(Rank::to_string).collect::<Vec<_>>().join(" ")
}

fn instant(words: &str) -> Time {
    let scenario = script::parse(&format!("at {words} heal")).expect("an instant");
    scenario.timeline[0].first()
}
