// Scenarios as a program in TypeScript writes them: all of it is allowed, and none of it is missing.
import type { Edit, Entry, Expectation, Scenario } from "../../www/types/scenario.js";

const shortest: Scenario = {};

const crash: Entry = { atUs: 100_000, kind: "crash", processes: [6] };
const suspect: Entry = { atUs: 200_000, kind: "suspect", processes: [3] };
const election: Scenario = {
  title: "6 is gone",
  algorithm: { kind: "next-in-line", alternates: [5, 4] },
  processes: [1, 2, 3, 4, 5, 6],
  leader: 6,
  detector: { kind: "scripted" },
  latency: { loUs: 10_000, hiUs: 20_000 },
  links: [{ from: [3], to: [5], both: true, lossPpm: 0 }],
  seed: "18446744073709551615",
  untilUs: 2_000_000,
  timeline: [
    crash,
    suspect,
    { atUs: 900_000, kind: "partition", sides: [[1, 2, 3], [4, 5]] },
    { atUs: 950_000, kind: "heal" },
    { everyUs: 500_000, fromUs: 1_000_000, untilUs: 1_900_000, kind: "pause", processes: [2], forUs: 50_000 },
    { atUs: 1_000_000, kind: "flap", process: 1, downUs: 100_000, upUs: 200_000 },
  ],
  edits: [
    { kind: "arrives", message: "Election", from: 3, to: 5, nth: 1, atUs: 231_000 },
    { kind: "duplicated", message: "Elected", from: 5, to: 1, nth: 1 },
  ],
  expectations: [
    { kind: "messages", message: "Election", compare: "<=", count: 9 },
    { kind: "elections", compare: "<=", count: "18446744073709551615" },
  ],
};

const nobody: Scenario = {
  leader: null,
  expectations: [
    { kind: "leader", leader: null, byUs: 0 },
    { kind: "agreement", always: { faults: 1 } },
    { kind: "split-brain", wanted: false, always: { faults: 2, kinds: ["crash", "cut-both"] } },
  ],
};

const groups: Scenario = {
  detector: { kind: "heartbeat", everyUs: 100_000, timeoutUs: 350_000 },
  groups: [{ name: "orders", members: [1, 2, 3], leader: 3, loadPerSecond: 200 }, { name: "users", members: [2, 3, 4] }],
  capacityPerSecond: 150,
  edits: [{ kind: "lost", group: "orders", message: "Heartbeat", from: 3, to: 1, nth: 1 }],
  expectations: [{ kind: "agreement", group: "users" }],
  figure: { startUs: 0, view: "both", height: 420 },
};

// What the types are for is also to be taken apart.
const named = (entry: Entry): string => ("atUs" in entry ? `${entry.kind} at ${entry.atUs}` : entry.kind);
const kinds = (claims: Expectation[]): Expectation["kind"][] => claims.map(({ kind }) => kind);
const of = (edit: Edit): number => (edit.kind === "fires" ? edit.process : edit.from);
void [named(crash), kinds([]), of];

export const scenarios: Record<string, Scenario> = { shortest, election, nobody, groups };
