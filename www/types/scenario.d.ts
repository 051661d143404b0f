// Made from src/scenario/json/shape.rs: `UPDATE=1 cargo test` writes it anew.

/**
 * Everything that decides a run. Whatever is left out is as by default.
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
 * Who leads at the start, or `null` for nobody; the highest by default. Not beside `groups`.
 */
leader?: number | null, 
/**
 * Requests per second on everybody. Not beside `groups`.
 */
loadPerSecond?: number, 
/**
 * Without any there is one, `main`, of everybody.
 */
groups?: Array<Group>, 
/**
 * What one process can serve.
 */
capacityPerSecond?: number, 
/**
 * Scripted by default.
 */
detector?: Detector, 
/**
 * How long an asker waits for Alive; 60000 by default.
 */
waitAliveUs?: number, 
/**
 * How long it then waits for Elected; 90000 by default.
 */
waitElectedUs?: number, 
/**
 * 10000 to 20000 by default.
 */
latency?: Latency, 
/**
 * Lost by chance, in parts per million; so are the duplicated ones.
 */
lossPpm?: number, duplicatePpm?: number, 
/**
 * A message never overtakes an earlier one on its link; false by default.
 */
fifo?: boolean, 
/**
 * What single links say beats the default.
 */
links?: Array<LinkSetting>, 
/**
 * A whole number as text, since it may be larger than a number of JavaScript; "1" by default.
 */
seed?: string, 
/**
 * Where the run ends; by default that follows from the timeline.
 */
untilUs?: number, 
/**
 * What befalls. Of what befalls at the same instant, the first comes first.
 */
timeline?: Array<Entry>, 
/**
 * Single choices that are fixed.
 */
edits?: Array<Edit>, expectations?: Array<Expectation>, 
/**
 * How an embedded figure opens; no part of the run.
 */
figure?: Figure, };

export type Algorithm = { "kind": "bully" } | { "kind": "bully-textbook" } | { "kind": "next-in-line", 
/**
 * So many of the highest other ranks, or a list of ranks; 2 by default.
 */
alternates?: Alternates, };

export type Alternates = number | Array<number>;

export type Detector = { "kind": "scripted" } | { "kind": "heartbeat", everyUs: number, timeoutUs: number, };

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
 * What some links say of themselves: one of the three, or more.
 */
export type LinkSetting = { latency?: Latency, lossPpm?: number, duplicatePpm?: number, from: Array<number>, to: Array<number>, 
/**
 * False by default.
 */
both?: boolean, };

/**
 * Processes that elect one leader among them.
 */
export type Group = { name: string, members: Array<number>, 
/**
 * `null` is nobody; the highest member by default.
 */
leader?: number | null, loadPerSecond?: number, };

/**
 * A fault, once, or again and again: first at `fromUs`, never at or after `untilUs`. A flap has `atUs`.
 */
export type Entry = ({ atUs: number, } | { everyUs: number, fromUs: number, untilUs?: number, }) & ({ "kind": "crash", processes: Array<number>, } | { "kind": "recover", processes: Array<number>, } | { "kind": "suspect", processes: Array<number>, group?: string, } | { "kind": "pause", processes: Array<number>, forUs: number, } | { "kind": "resume", processes: Array<number>, } | { "kind": "flap", process: number, downUs: number, upUs: number, untilUs?: number, } | { "kind": "partition", sides: Array<Array<number>>, } | { "kind": "cut", links: Links, } | { "kind": "heal", links?: Links, } | { "kind": "latency", links?: Links, latency: Latency, } | { "kind": "loss", links?: Links, lossPpm: number, });

/**
 * What befalls. A list of processes means one after the other.
 */
export type Fault = { "kind": "crash", processes: Array<number>, } | { "kind": "recover", processes: Array<number>, } | { "kind": "suspect", processes: Array<number>, group?: string, } | { "kind": "pause", processes: Array<number>, forUs: number, } | { "kind": "resume", processes: Array<number>, } | { "kind": "flap", process: number, downUs: number, upUs: number, untilUs?: number, } | { "kind": "partition", sides: Array<Array<number>>, } | { "kind": "cut", links: Links, } | { "kind": "heal", links?: Links, } | { "kind": "latency", links?: Links, latency: Latency, } | { "kind": "loss", links?: Links, lossPpm: number, };

/**
 * One choice that is fixed.
 */
export type Edit = { 
/**
 * Its name; needed as soon as there are groups.
 */
group?: string, } & ({ "kind": "lost", message: MessageKind, from: number, to: number, 
/**
 * Which of this kind on this link, from 1 over the whole run.
 */
nth: number, 
/**
 * The second arrival of one that is duplicated; false by default.
 */
copy?: boolean, } | { "kind": "arrives", atUs: number, message: MessageKind, from: number, to: number, 
/**
 * Which of this kind on this link, from 1 over the whole run.
 */
nth: number, 
/**
 * The second arrival of one that is duplicated; false by default.
 */
copy?: boolean, } | { "kind": "delayed", byUs: number, message: MessageKind, from: number, to: number, 
/**
 * Which of this kind on this link, from 1 over the whole run.
 */
nth: number, 
/**
 * The second arrival of one that is duplicated; false by default.
 */
copy?: boolean, } | { "kind": "duplicated", message: MessageKind, from: number, to: number, 
/**
 * Which of this kind on this link, from 1 over the whole run.
 */
nth: number, 
/**
 * The second arrival of one that is duplicated; false by default.
 */
copy?: boolean, } | { "kind": "fires", timer: Timer, process: number, 
/**
 * Which setting of it, from 1.
 */
nth: number, atUs: number, });

/**
 * A message by what it is.
 */
export type Message = { message: MessageKind, from: number, to: number, 
/**
 * Which of this kind on this link, from 1 over the whole run.
 */
nth: number, 
/**
 * The second arrival of one that is duplicated; false by default.
 */
copy?: boolean, };

export type MessageKind = "Election" | "Alive" | "Proceed" | "Elected" | "Heartbeat";

export type Timer = "alive" | "elected" | "heartbeat" | "beat";

/**
 * What must hold of the run. With `byUs`, it is true at some instant up to that, and from there to the
 * end; without, at the end.
 */
export type Expectation = { 
/**
 * Its name; without one, it must hold in each.
 */
group?: string, } & ({ "kind": "leader", 
/**
 * `null` is nobody.
 */
leader: number | null, byUs?: number, } | { "kind": "agreement", byUs?: number, } | { "kind": "split-brain", wanted: boolean, afterUs?: number, } | { "kind": "messages", message?: MessageKind, compare: Compare, count: Count, afterUs?: number, } | { "kind": "elections", compare: Compare, count: Count, } | { "kind": "leaderless-time", atMostUs: number, } | { "kind": "split-brain-time", atMostUs: number, });

/**
 * A whole number: up to 9007199254740991 as a number, and in quotes beyond, where a number of
 * JavaScript is no longer exact.
 */
export type Count = number | string;

export type Compare = "=" | "<=" | ">=";

export type Figure = { startUs?: number, endUs?: number, 
/**
 * Virtual time a second.
 */
speedUs?: number, view?: View, 
/**
 * CSS pixels.
 */
height?: number, };

export type View = "stage" | "spacetime" | "both";
