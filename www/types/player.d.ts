// Made from src/player.rs and src/report.rs: `UPDATE=1 cargo test` writes it anew.

/**
 * The first message in both directions, before there is a channel.
 */
export type ProtocolHello = { 
/**
 * Always `hello`; the field distinguishes these messages from those of other scripts.
 */
hustings: Handshake, 
/**
 * The newest that the sender knows; both then speak the lower one.
 */
protocol: number, };

/**
 * The first word of the protocol.
 */
export type Handshake = "hello";

/**
 * A command, with the number under which it is answered.
 */
export type Request = { 
/**
 * Returned with the answer.
 */
id: number, 
/**
 * What is asked.
 */
command: RequestKind, };

/**
 * What a page asks of its figure.
 */
export type RequestKind = { "kind": "play" } | { "kind": "pause" } | { "kind": "seek", 
/**
 * In microseconds since the start of the run.
 */
atUs: number, } | { "kind": "step", 
/**
 * The number of instants with events; negative is back.
 */
by: number, } | { "kind": "speed", 
/**
 * In virtual microseconds per second.
 */
speedUs: number, } | { "kind": "load", 
/**
 * The scenario.
 */
text: string, 
/**
 * It opens as it says itself: `start-at` and `end-at` of the frame's address are about
 * another scenario.
 */
alone?: boolean, } | { "kind": "report" } | { "kind": "link" } | { "kind": "pauseAt", 
/**
 * In microseconds since the start of the run.
 */
atUs: number, } | { "kind": "loop", 
/**
 * Whether it does.
 */
on: boolean, } | { "kind": "skipQuiet", 
/**
 * Whether it does.
 */
on: boolean, } | { "kind": "theme", 
/**
 * The theme.
 */
theme: FigureTheme, 
/**
 * Its font.
 */
font?: FontFamily, 
/**
 * Background.
 */
ground?: HexColour, 
/**
 * Text and marks.
 */
ink?: HexColour, 
/**
 * Secondary text.
 */
quietInk?: HexColour, 
/**
 * Lines.
 */
line?: HexColour, } | { "kind": "dispose" };

/**
 * In which colours a figure is drawn.
 */
export type FigureTheme = "light" | "dark";

/**
 * What the host page sets; the figure keeps its own colour where a field is missing.
 */
export type FigureColours = { 
/**
 * Background.
 */
ground?: HexColour, 
/**
 * Text and marks.
 */
ink?: HexColour, 
/**
 * Secondary text.
 */
quietInk?: HexColour, 
/**
 * Lines.
 */
line?: HexColour, };

/**
 * An opaque colour: `#` and six hexadecimal digits.
 */
export type HexColour = string;

/**
 * Names of font families, separated by commas; quotes may be around a name.
 */
export type FontFamily = string;

/**
 * What a frame sends over the channel.
 */
export type PlayerMessage = { answer: number, value: RequestAnswer, } | { answer: number, error: string, } | { notice: Notification, };

/**
 * What stands under `value` where a command succeeded.
 */
export type RequestAnswer = null | Report | string;

/**
 * What a figure says without being asked.
 */
export type Notification = { "kind": "ready", 
/**
 * The scenario's title.
 */
title: string | null, 
/**
 * The algorithm's name, as the script writes it.
 */
algorithm: string, 
/**
 * The cursor, in microseconds since the start of the run.
 */
atUs: number, 
/**
 * Where playing ends, in microseconds since the start of the run.
 */
endUs: number, 
/**
 * In virtual microseconds per second.
 */
speedUs: number, 
/**
 * Whether it plays.
 */
isPlaying: boolean, 
/**
 * CSS pixels, where the script's `figure` line says it: a page that has not said it gives them.
 */
height: number | null, } | { "kind": "play", 
/**
 * The cursor, in microseconds since the start of the run.
 */
atUs: number, 
/**
 * In virtual microseconds per second.
 */
speedUs: number, } | { "kind": "pause", 
/**
 * The cursor, in microseconds since the start of the run.
 */
atUs: number, } | { "kind": "timeupdate", 
/**
 * The cursor, in microseconds since the start of the run.
 */
atUs: number, } | { "kind": "leaderchange", 
/**
 * The instant of the change, in microseconds since the start of the run.
 */
atUs: number, 
/**
 * The group's name.
 */
group: string, 
/**
 * The ranks that lead, ascending.
 */
leaders: Array<number>, } | { "kind": "splitbrain", 
/**
 * The instant of the change, in microseconds since the start of the run.
 */
atUs: number, 
/**
 * The group's name.
 */
group: string, 
/**
 * The ranks that lead, ascending.
 */
leaders: Array<number>, } | { "kind": "verdict", 
/**
 * Whether all expectations hold.
 */
holds: boolean, 
/**
 * How many hold.
 */
kept: number, 
/**
 * How many there are.
 */
total: number, 
/**
 * Each of them.
 */
expectations: Array<FigureExpectation>, } | { "kind": "ended", 
/**
 * The cursor, in microseconds since the start of the run.
 */
atUs: number, } | { "kind": "changed", 
/**
 * Whether the scenario differs from the one that was loaded.
 */
changed: boolean, 
/**
 * Where playing ends, in microseconds since the start of the run.
 */
endUs: number, } | { "kind": "key", 
/**
 * The key.
 */
key: string, 
/**
 * Whether shift was held.
 */
shift: boolean, } | { "kind": "error", 
/**
 * What is wrong.
 */
text: string, 
/**
 * From 1, where it is about a line of the script.
 */
line: number | null, };

/**
 * An expectation with its verdict.
 */
export type FigureExpectation = { 
/**
 * The expectation, as the script writes it.
 */
text: string, 
/**
 * Whether it holds.
 */
holds: boolean, 
/**
 * The instant that decided it, in microseconds since the start of the run.
 */
atUs: number, 
/**
 * Why it holds or fails.
 */
reason: string, 
/**
 * Its line in the script, from 1.
 */
line: number | null, };

/**
 * A run summarised; `hustings run --json` writes it.
 */
export type Report = { 
/**
 * `FORMAT_VERSION`.
 */
formatVersion: number, 
/**
 * The scenario's title.
 */
title: string | null, 
/**
 * The algorithm's name, as the script writes it.
 */
algorithm: string, 
/**
 * Sixteen hexadecimal digits: a string, since JavaScript's numbers are too short for it.
 */
digest: string, 
/**
 * The end of the run, in microseconds.
 */
endUs: number, 
/**
 * The number of events.
 */
events: number, 
/**
 * Why the run stopped before its end: `event limit` or `message limit`.
 */
stopped: string | null, 
/**
 * What processes are called; left out where none has a name.
 */
names?: { [key in string]: string }, 
/**
 * The chapters, by instant; left out where there are none.
 */
marks?: Array<MarkReport>, 
/**
 * Each group, in the order of the script.
 */
groups: Array<GroupReport>, 
/**
 * Each expectation, in the order of the script.
 */
expectations: Array<ExpectationVerdict>, 
/**
 * The overrides that matched nothing.
 */
unusedEdits: Array<UnusedOverride>, 
/**
 * The hints about the scenario.
 */
hints: Array<HintLine>, };

/**
 * A group's part of the report.
 */
export type GroupReport = { 
/**
 * Its name.
 */
name: string, 
/**
 * Who leads, as spans that tile the run.
 */
leaders: Array<LeaderSpan>, 
/**
 * The leader that each process believes in at the end; none for a crashed process.
 */
believed: Record<string, number | null>, 
/**
 * Elections started, one for each member that starts one.
 */
elections: number, 
/**
 * Rounds of elections: those that overlap count once.
 */
rounds: number, 
/**
 * The total time with two leaders or more, in microseconds.
 */
splitBrainUs: number, 
/**
 * The total time without a leader, in microseconds.
 */
leaderlessUs: number, 
/**
 * The total time with two leaders or more of one and the same term, in microseconds; left out where the
 * algorithm has no terms.
 */
sameTermUs?: number, 
/**
 * Each leadership with its term, by its start; left out where the algorithm has no terms.
 */
leaderships?: Array<LeadershipSpan>, 
/**
 * Changes of leader: spans with a leader that did not lead in the last span that had a leader.
 */
changes: number, 
/**
 * Those of them before which one of the leaders of that last span neither crashed nor paused.
 */
unprovokedChanges: number, 
/**
 * Its messages.
 */
messages: Messages, 
/**
 * What became of the requests that reached it; none where it has no load.
 */
load: LoadReport | null, };

/**
 * A time in which the same processes lead.
 */
export type LeaderSpan = { 
/**
 * The first instant, in microseconds since the start of the run.
 */
fromUs: number, 
/**
 * The end, which does not belong to it, in microseconds since the start of the run.
 */
toUs: number, 
/**
 * The ranks that lead, ascending.
 */
leaders: Array<number>, };

/**
 * A time in which a process leads in one term.
 */
export type LeadershipSpan = { 
/**
 * The first instant, in microseconds since the start of the run.
 */
fromUs: number, 
/**
 * The end, which does not belong to it, in microseconds since the start of the run.
 */
toUs: number, 
/**
 * The rank of the leader.
 */
leader: number, 
/**
 * The term; in next-in-line the number of the leadership.
 */
term: number, };

/**
 * Sent, those to crashed processes included. Copies that the network made are not sent, so the
 * total does not count them; a copy that is lost is lost, so there may be more lost than sent.
 */
export type Messages = { 
/**
 * The number of messages that were sent.
 */
total: number, 
/**
 * The number that were sent, by kind.
 */
byKind: Record<string, number>, 
/**
 * The number that were lost, by reason.
 */
lost: Record<string, number>, };

/**
 * A group's requests over the whole run. `arrived` is the sum of the four others. All are in
 * millionths of a request.
 */
export type LoadReport = { 
/**
 * How many requests a second reach the group.
 */
perSecond: number, 
/**
 * How many one process can serve; none: as many as come.
 */
capacityPerSecond: number | null, 
/**
 * Requests that reached the group.
 */
arrivedMillionths: number, 
/**
 * Requests that were served.
 */
servedMillionths: number, 
/**
 * Lost with the queues of processes that crashed.
 */
droppedMillionths: number, 
/**
 * At the end, accepted by a process and not served yet.
 */
queuedMillionths: number, 
/**
 * At the end, of clients that have no leader to turn to.
 */
waitingMillionths: number, 
/**
 * Of one process, looked at once a microsecond; none where nothing was ever queued.
 */
longestQueue: LongestQueue | null, 
/**
 * How old the oldest open request has become, if the oldest is always served first: the time in
 * which as many requests come in as ever waited or were queued at once.
 */
longestWaitUs: number, };

/**
 * The longest queue of a process.
 */
export type LongestQueue = { 
/**
 * Its length, in millionths of a request.
 */
millionths: number, 
/**
 * The first instant at which it had this length, in microseconds since the start of the run.
 */
atUs: number, 
/**
 * The rank of the process.
 */
process: number, };

/**
 * An expectation and whether it holds.
 */
export type ExpectationVerdict = { 
/**
 * Its place in the scenario, from 0.
 */
index: number, 
/**
 * None where the scenario came as JSON.
 */
line: number | null, 
/**
 * The group that it names.
 */
group: string | null, 
/**
 * The expectation, as the script writes it.
 */
text: string, 
/**
 * Whether it holds.
 */
holds: boolean, 
/**
 * The instant that decided it.
 */
atUs: number, 
/**
 * Of an expectation that is about more runs, with `always` or `in P% of seeds`: whether these runs were looked at
 * too. A report of one run is about this run alone, so here it is `false`.
 */
searched?: boolean, 
/**
 * Of one that another run violates: the lines of a script that make this run of it, added faults or a seed.
 */
counterexample?: Array<string>, 
/**
 * Why it holds or fails.
 */
reason: string, };

/**
 * A chapter of the run.
 */
export type MarkReport = { 
/**
 * The line of the script, from 1; none where the scenario came without a script.
 */
line: number | null, 
/**
 * In microseconds since the start.
 */
atUs: number, 
/**
 * As the script says it.
 */
text: string, };

/**
 * An override that found nothing to fix.
 */
export type UnusedOverride = { 
/**
 * Its line in the script, from 1.
 */
line: number | null, 
/**
 * The override, as the script writes it.
 */
text: string, 
/**
 * Why it matched nothing.
 */
reason: string, };

/**
 * A hint about the scenario.
 */
export type HintLine = { 
/**
 * Its line in the script, from 1.
 */
line: number | null, 
/**
 * The text.
 */
text: string, };
