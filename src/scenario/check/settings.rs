//! The rules of the settings, of the whole run and of single links and processes.

use super::ScenarioCheck;
use crate::election::{AlgorithmOptionValue, Preemption, Quorum, Succession};
use crate::member::Detector;
use crate::scenario::{
    InvalidKind, Latency, Link, OwnSetting, OwnSettingKind, ScenarioPart, SettingKind,
    SettingOwner, limits,
};
use crate::time::Duration;
use crate::types::{Rank, listed};

impl ScenarioCheck<'_> {
    pub(super) fn texts(&mut self) {
        let parts = self.parts;
        let texts = [
            (SettingKind::Title.part(), "the title", &parts.title),
            (SettingKind::About.part(), "the line about it", &parts.about),
        ];
        for (place, what, written) in texts {
            let Some(written) = written else { continue };
            // The line about it may be blank: no picture and no diagram is called by it.
            let may_be_blank = place == SettingKind::About.part();
            self.text(place, what, written, limits::LONGEST_TEXT, may_be_blank);
        }
    }

    /// Algorithm, detector, waits, end and capacity.
    pub(super) fn rules(&mut self) {
        let parts = self.parts;
        for option in parts.algorithm.clone().options() {
            match option.value {
                AlgorithmOptionValue::Candidates(list) => {
                    self.named(SettingKind::Algorithm.part(), list);
                    self.unique(SettingKind::Algorithm.part(), list);
                    self.leaders_are(list);
                }
                AlgorithmOptionValue::Delay(delay) => {
                    self.at_most(SettingKind::Algorithm.part(), "the delay", *delay);
                }
                AlgorithmOptionValue::Flag(_) => {}
                AlgorithmOptionValue::Succession(Succession::List(list)) => {
                    self.exist(SettingKind::Algorithm.part(), list);
                    self.unique(SettingKind::Algorithm.part(), list);
                }
                AlgorithmOptionValue::Succession(Succession::Highest(count)) => {
                    let found = usize::from(*count);
                    if found >= limits::MOST_PROCESSES {
                        self.say(
                            SettingKind::Algorithm.part(),
                            InvalidKind::TooManyAlternates { found },
                        );
                    }
                }
            }
        }
        if !(1..=limits::MOST_SEEDS).contains(&parts.seeds) {
            self.say(SettingKind::Seeds.part(), InvalidKind::Seeds { found: parts.seeds });
        }
        if let Detector::Heartbeat { every, timeout } = parts.detector {
            self.length(SettingKind::Detector.part(), "the heartbeat's interval", every);
            self.length(SettingKind::Detector.part(), "the heartbeat's timeout", timeout);
        }
        self.remedies();
        self.length(SettingKind::WaitAlive.part(), "the wait for Alive", parts.timeouts.alive);
        self.length(
            SettingKind::WaitElected.part(),
            "the wait for Elected",
            parts.timeouts.elected,
        );
        self.instant(SettingKind::Until.part(), parts.until.unwrap_or_default());
        if let Some(found) = parts.capacity.filter(|&most| most > limits::MOST_REQUESTS) {
            self.say(SettingKind::Capacity.part(), InvalidKind::TooManyRequests { found });
        }
    }

    /// Preemption and quorum, and what an algorithm needs.
    fn remedies(&mut self) {
        let parts = self.parts;
        let row = parts.algorithm.row();
        let (preempt, quorum) = (SettingKind::Preempt, SettingKind::Quorum);
        if let (true, Some(why)) = (parts.preemption != Preemption::On, row.no_preemption) {
            self.say(preempt.part(), InvalidKind::NoPreemption { algorithm: row.name, why });
        }
        if let Preemption::After(wait) = parts.preemption {
            self.length(preempt.part(), "the time before it preempts", wait);
        }
        if let (true, Some(why)) = (parts.quorum != Quorum::None, row.no_quorum) {
            self.say(quorum.part(), InvalidKind::NoQuorum { algorithm: row.name, why });
        }
        if let Quorum::Count(found) = parts.quorum {
            for group in &parts.groups {
                let members = group.members.len();
                if !(1..=members).contains(&usize::from(found)) {
                    let group = match parts.groups.len() > 1 {
                        true => format!("group {}", group.name),
                        false => "the group".to_owned(),
                    };
                    let problem = InvalidKind::QuorumOutside { found, group, members };
                    self.say(quorum.part(), problem);
                    break;
                }
            }
        }
        if parts.detector == Detector::Scripted {
            let needs = [
                (SettingKind::Algorithm, row.needs_heartbeat, row.name.to_owned()),
                (preempt, parts.preemption != Preemption::On, "preempt".to_owned()),
                (quorum, parts.quorum != Quorum::None, "quorum".to_owned()),
            ];
            for (kind, _, what) in needs.into_iter().filter(|(_, needs, _)| *needs) {
                self.say(kind.part(), InvalidKind::NeedsHeartbeats { what });
            }
        }
        if let (true, Some(&rank)) = (row.ranks_are_priorities, parts.ranks.last())
            && rank.get() > 255
        {
            self.say(SettingKind::Ranks.part(), InvalidKind::RankNoPriority { rank });
        }
    }

    /// The process that leads a group at the start must be one of these.
    fn leaders_are(&mut self, candidates: &[Rank]) {
        for (index, group) in self.parts.groups.iter().enumerate() {
            if let Some(rank) = group.leader.filter(|leader| !candidates.contains(leader)) {
                let candidates = listed(candidates).to_string();
                let problem = InvalidKind::LeaderNoCandidate { rank, candidates };
                self.say(ScenarioPart::Group(index), problem);
            }
        }
    }

    pub(super) fn network(&mut self) {
        self.at_most(SettingKind::Latency.part(), "the latency", self.parts.network.latency.hi());
        for &kind in OwnSettingKind::ALL {
            for (owner, setting) in self.parts.own_settings(kind) {
                self.own_setting(ScenarioPart::Own(kind, owner), owner, setting);
            }
        }
    }

    fn own_setting(&mut self, place: ScenarioPart, owner: SettingOwner, setting: OwnSetting) {
        match owner {
            SettingOwner::Link(Link { from, to }) => {
                self.exist(place, &[from, to]);
                if from == to {
                    self.say(place, InvalidKind::LinkToItself { rank: from });
                }
            }
            SettingOwner::Process(rank) => self.exist(place, &[rank]),
        }
        let mut length = |what, span: Option<Duration>| {
            span.iter().for_each(|&span| self.length(place, what, span));
        };
        match setting {
            OwnSetting::Timeout(span) => length("the heartbeat's timeout", span),
            OwnSetting::Every(span) => length("the heartbeat's interval", span),
            OwnSetting::Latency(latency) => {
                let most = latency.map_or(Duration::ZERO, Latency::hi);
                self.at_most(place, "the latency", most);
            }
            OwnSetting::Loss(_) | OwnSetting::Duplicate(_) | OwnSetting::Drift(_) => {}
        }
    }
}
