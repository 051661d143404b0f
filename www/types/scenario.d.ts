// Made from src/scenario/json/types.rs: `UPDATE=1 cargo test` writes it anew.

/**
 * Everything that decides a run. Whatever is left out has its default.
 */
export type Scenario = { title?: string, 
/**
 * One line for galleries.
 */
about?: string, 
/**
 * Bully by default.
 */
algorithm?: Algorithm, 
/**
 * The ranks, ascending, at most 64 of them; 1 to 6 by default.
 */
processes?: Array<number>, 
/**
 * The leader at the start, or `null` for none; the highest by default. Not beside `groups`.
 */
leader?: Leader, 
/**
 * Requests per second, at most 1000000. Not beside `groups`.
 */
loadPerSecond?: number, 
/**
 * Without any there is one group, `main`, of all processes.
 */
groups?: Array<Group>, 
/**
 * What one process can serve, in requests per second, at most 1000000.
 */
capacityPerSecond?: number, 
/**
 * Scripted by default.
 */
detector?: Detector, 
/**
 * How long a process waits for Alive; 60000 by default.
 */
waitAliveUs?: number, 
/**
 * How long it then waits for Elected; 90000 by default.
 */
waitElectedUs?: number, 
/**
 * Whether a process that comes back takes the lead from a lower rank; `on` by default.
 */
preempt?: Preemption, 
/**
 * How many processes must have acknowledged a leader; `none` by default.
 */
quorum?: Quorum, 
/**
 * 10000 to 20000 by default.
 */
latency?: Latency, 
/**
 * How many messages are lost by chance; 0 by default.
 */
lossPpm?: number, 
/**
 * How many messages are duplicated by chance; 0 by default.
 */
duplicatePpm?: number, 
/**
 * A message never overtakes an earlier one on its link; false by default.
 */
fifo?: boolean, 
/**
 * Settings of single links, which override the defaults.
 */
links?: Array<LinkSetting>, 
/**
 * What some processes have instead of the detector's timing.
 */
timings?: Array<Timing>, 
/**
 * A whole number as text, since it may be larger than a number of JavaScript; "1" by default.
 */
seed?: string, 
/**
 * How many seeds, from 1 on, expectations with `inSeedsPpm` are about, at most 10000; 200 by default.
 */
seeds?: number, 
/**
 * Where the run ends; by default that follows from the timeline.
 */
untilUs?: number, 
/**
 * The faults. Those of the same instant happen in the order of the list.
 */
timeline?: Array<Entry>, 
/**
 * Choices of the simulation that are fixed.
 */
edits?: Array<Edit>, expectations?: Array<Expectation>, names?: Array<Name>, zones?: Array<Zone>, marks?: Array<Mark>, 
/**
 * How an embedded figure opens; no part of the run.
 */
figure?: Figure, };

export type Algorithm = { "kind": "bully", } | { "kind": "bully-textbook", } | { "kind": "next-in-line", 
/**
 * So many of the highest other ranks, at most 63, or a list of ranks; 2 by default.
 */
alternates?: Alternates, } | { "kind": "candidates", 
/**
 * The processes that can lead.
 */
candidates: Array<number>, 
/**
 * How long a process holds back for each one above it, 80 ms by default.
 */
delayUs?: number, } | { "kind": "ring", } | { "kind": "invitation", } | { "kind": "raft", 
/**
 * A follower asks whether it would get a majority before it stands; off by default.
 */
preVote?: boolean, 
/**
 * A leader steps down that a majority has not acknowledged for a timeout; off by default.
 */
checkQuorum?: boolean, } | { "kind": "vrrp", };

export type Alternates = number | Array<number>;

export type Detector = { "kind": "scripted", } | { "kind": "heartbeat", everyUs: number, timeoutUs: number, };

export type Preemption = { "kind": "on", } | { "kind": "off", } | { "kind": "after", afterUs: number, };

export type Quorum = { "kind": "none", } | { "kind": "majority", } | { "kind": "count", count: number, };

/**
 * A rank, or `null` for none.
 */
export type Leader = number | null;

/**
 * Drawn evenly, both ends included.
 */
export type Latency = { loUs: number, hiUs: number, };

/**
 * Every link from one of `from` to one of `to`, or both ways.
 */
export type Links = { from: Array<number>, to: Array<number>, 
/**
 * False by default.
 */
both?: boolean, };

/**
 * What some links have instead of the defaults: at least one of `latency`, `lossPpm` and
 * `duplicatePpm`.
 */
export type LinkSetting = { from: Array<number>, to: Array<number>, 
/**
 * False by default.
 */
both?: boolean, latency?: Latency, lossPpm?: number, duplicatePpm?: number, };

/**
 * What some processes have instead of the detector's timing: at least one of `timeoutUs`, `everyUs`
 * and `driftPpm`.
 */
export type Timing = { processes: Array<number>, 
/**
 * How long they wait for a heartbeat.
 */
timeoutUs?: number, 
/**
 * How often they send heartbeats while they lead.
 */
everyUs?: number, 
/**
 * By how much their timers run longer, or below zero shorter.
 */
driftPpm?: number, };

/**
 * Processes that elect one leader among them.
 */
export type Group = { name: string, members: Array<number>, 
/**
 * The leader at the start; the highest member by default.
 */
leader?: Leader, 
/**
 * Requests per second, at most 1000000.
 */
loadPerSecond?: number, };

/**
 * A fault, once or repeated: first at `fromUs`, never at or after `untilUs`. A flap has `atUs`.
 */
export type Entry = ({ everyUs: number, fromUs: number, untilUs?: number, } | { atUs: number, }) & ({ "kind": "crash", processes: Array<number>, } | { "kind": "recover", processes: Array<number>, } | { "kind": "suspect", processes: Array<number>, group?: string, } | { "kind": "pause", processes: Array<number>, forUs: number, } | { "kind": "resume", processes: Array<number>, } | { "kind": "flap", process: number, downUs: number, upUs: number, untilUs?: number, } | { "kind": "partition", sides: Array<Array<number>>, } | { "kind": "cut", links: Links, } | { "kind": "heal", links?: Links, } | { "kind": "latency", links?: Links, latency: Latency, } | { "kind": "loss", links?: Links, lossPpm: number, });

export type When = { everyUs: number, fromUs: number, untilUs?: number, } | { atUs: number, };

/**
 * A fault. A list of processes means one after the other.
 */
export type Fault = { "kind": "crash", processes: Array<number>, } | { "kind": "recover", processes: Array<number>, } | { "kind": "suspect", processes: Array<number>, group?: string, } | { "kind": "pause", processes: Array<number>, forUs: number, } | { "kind": "resume", processes: Array<number>, } | { "kind": "flap", process: number, downUs: number, upUs: number, untilUs?: number, } | { "kind": "partition", sides: Array<Array<number>>, } | { "kind": "cut", links: Links, } | { "kind": "heal", links?: Links, } | { "kind": "latency", links?: Links, latency: Latency, } | { "kind": "loss", links?: Links, lossPpm: number, };

/**
 * One choice of the simulation that is fixed.
 */
export type Edit = ({ "kind": "lost", message: MessageKind, from: number, to: number, nth: number, copy?: boolean, } | { "kind": "arrives", message: MessageKind, from: number, to: number, nth: number, copy?: boolean, atUs: number, } | { "kind": "delayed", message: MessageKind, from: number, to: number, nth: number, copy?: boolean, byUs: number, } | { "kind": "duplicated", message: MessageKind, from: number, to: number, nth: number, copy?: boolean, } | { "kind": "fires", timer: Timer, process: number, nth: number, atUs: number, }) & { 
/**
 * The name of a group, which it needs if there are groups.
 */
group?: string, };

/**
 * A message by its kind, its link, and its number among those of its kind on its link, from 1
 * over the whole run; `copy` is the second arrival of a duplicated one. A timer by its process
 * and by how often the process has set it.
 */
export type Fate = { "kind": "lost", message: MessageKind, from: number, to: number, nth: number, copy?: boolean, } | { "kind": "arrives", message: MessageKind, from: number, to: number, nth: number, copy?: boolean, atUs: number, } | { "kind": "delayed", message: MessageKind, from: number, to: number, nth: number, copy?: boolean, byUs: number, } | { "kind": "duplicated", message: MessageKind, from: number, to: number, nth: number, copy?: boolean, } | { "kind": "fires", timer: Timer, process: number, nth: number, atUs: number, };

export type MessageKind = "Election" | "Alive" | "Proceed" | "Elected" | "Heartbeat" | "Ack" | "VoteRequest" | "Vote" | "PreVoteRequest" | "PreVote" | "Invitation" | "Accept";

export type Timer = "alive" | "elected" | "heartbeat" | "beat" | "preempt" | "quorum" | "delay";

/**
 * What must hold of the run: at an instant, or over a stretch of time.
 */
export type Expectation = ({ "kind": "leader", leader: Leader, } | { "kind": "follows", process: number, leader: number, } | { "kind": "leads", process: number, } | { "kind": "agreement", } | { "kind": "split-brain", wanted: boolean, } | { "kind": "messages", message?: MessageKind, compare: Compare, count: Count, } | { "kind": "elections", compare: Compare, count: Count, } | { "kind": "changes", compare: Compare, count: Count, } | { "kind": "unprovoked-changes", atMost: Count, } | { "kind": "leaderless-time", atMostUs: number, } | { "kind": "split-brain-time", atMostUs: number, } | { "kind": "longest-leaderless-time", atMostUs: number, } | { "kind": "longest-split-brain-time", atMostUs: number, }) & { 
/**
 * In the state after all that happens at this instant.
 */
atUs?: number, 
/**
 * From some instant up to this one on, to the end.
 */
byUs?: number, 
/**
 * With `toUs`: from this instant until just before that one.
 */
fromUs?: number, toUs?: number, 
/**
 * From this instant on.
 */
afterUs?: number, 
/**
 * It must hold in this run, and in each run with these faults added to the scenario. Without it, in
 * this run alone.
 */
always?: AddedFaults, 
/**
 * It must hold in at least this share of the runs with the seeds from 1 to the scenario's `seeds`, in parts per
 * million. Not beside `always`.
 */
inSeedsPpm?: number, 
/**
 * The name of a group. Without one, it must hold in each.
 */
group?: string, };

/**
 * Where and when an expectation must hold. It has one time at most. Without any, `leader`, `follows`,
 * `leads` and `agreement` are about the end of the run, and the others about all of it; `messages` takes
 * `afterUs` alone, and what is counted or measured otherwise takes none.
 */
export type ExpectationScope = { 
/**
 * In the state after all that happens at this instant.
 */
atUs?: number, 
/**
 * From some instant up to this one on, to the end.
 */
byUs?: number, 
/**
 * With `toUs`: from this instant until just before that one.
 */
fromUs?: number, toUs?: number, 
/**
 * From this instant on.
 */
afterUs?: number, 
/**
 * It must hold in this run, and in each run with these faults added to the scenario. Without it, in
 * this run alone.
 */
always?: AddedFaults, 
/**
 * It must hold in at least this share of the runs with the seeds from 1 to the scenario's `seeds`, in parts per
 * million. Not beside `always`.
 */
inSeedsPpm?: number, 
/**
 * The name of a group. Without one, it must hold in each.
 */
group?: string, };

export type AddedFaults = { 
/**
 * At most so many are added together.
 */
faults: number, 
/**
 * Of these kinds, each listed once; of all kinds by default.
 */
kinds?: Array<AddedFaultKind>, };

export type AddedFaultKind = "delay" | "duplicate" | "lose" | "pause" | "suspect" | "cut" | "cut-both" | "partition" | "restart" | "crash";

export type Condition = { "kind": "leader", leader: Leader, } | { "kind": "follows", process: number, leader: number, } | { "kind": "leads", process: number, } | { "kind": "agreement", } | { "kind": "split-brain", wanted: boolean, } | { "kind": "messages", message?: MessageKind, compare: Compare, count: Count, } | { "kind": "elections", compare: Compare, count: Count, } | { "kind": "changes", compare: Compare, count: Count, } | { "kind": "unprovoked-changes", atMost: Count, } | { "kind": "leaderless-time", atMostUs: number, } | { "kind": "split-brain-time", atMostUs: number, } | { "kind": "longest-leaderless-time", atMostUs: number, } | { "kind": "longest-split-brain-time", atMostUs: number, };

export type Count = number | string;

export type Compare = "=" | "<=" | ">=";

/**
 * What a process is called; no part of the run. No two have the same name.
 */
export type Name = { process: number, 
/**
 * At most 24 characters.
 */
name: string, };

/**
 * A named set of processes, such as a data centre; no part of the run. At most 16, which share no process.
 */
export type Zone = { 
/**
 * A letter, then letters, digits, `-` and `_`; at most 24, and no keyword of the script.
 */
name: string, 
/**
 * Ascending.
 */
processes: Array<number>, };

/**
 * A chapter of the run; at most 100.
 */
export type Mark = { atUs: number, 
/**
 * At most 60 characters.
 */
text: string, };

export type Figure = { startUs?: number, endUs?: number, 
/**
 * Virtual time per second.
 */
speedUs?: number, view?: View, 
/**
 * In CSS pixels.
 */
height?: number, };

export type View = "stage" | "spacetime" | "both";
