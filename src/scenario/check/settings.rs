//! The rules of the settings, of the whole run and of single links and processes.

use super::ScenarioCheck;
use crate::election::{AlgorithmOptionValue, Succession};
use crate::member::Detector;
use crate::scenario::{
    InvalidKind, Latency, Link, OwnSetting, OwnSettingKind, ScenarioPart, SettingKind,
    SettingOwner, limits,
};
use crate::time::Duration;

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
        if let Detector::Heartbeat { every, timeout } = parts.detector {
            self.length(SettingKind::Detector.part(), "the heartbeat's interval", every);
            self.length(SettingKind::Detector.part(), "the heartbeat's timeout", timeout);
        }
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
