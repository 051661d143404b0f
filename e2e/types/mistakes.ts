// What no scenario may say: every line that ends in a comment is a mistake, and no other is.
import type { Scenario } from "../../www/types/scenario.js";

export const mistakes: Scenario[] = [
  { sead: "7" }, // misspelt
  { seed: 7 }, // a number loses bits
  { timeline: [{ atUs: 1, kind: "crash", proceses: [6] }] }, // misspelt inside
  { timeline: [{ atUs: 1, kind: "crsh", processes: [6] }] }, // no such kind
  { timeline: [{ kind: "crash", processes: [6] }] }, // no instant
  { algorithm: { kind: "paxos" } }, // no such algorithm
  { expectations: [{ kind: "elections", compare: "==", count: 1 }] }, // no such sign
  { expectations: [{ kind: "agreement", always: { faults: 1, kinds: ["crsh"] } }] }, // no such kind of fault
  { figure: { view: "side" } }, // no such view
  {},
];
