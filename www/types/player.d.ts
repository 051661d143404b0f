// Made from src/player.rs and src/report.rs: `UPDATE=1 cargo test` writes it anew.

/**
 * The first message in both directions, before there is a channel.
 */
export type ProtocolHello = { 
/**
 * Always `hello`; the field tells these messages from everybody else's.
 */
hustings: Handshake, 
/**
 * The newest that the sender knows; both then speak the lower one.
 */
protocol: number, };

export type Handshake = "hello";

/**
 * A command, with the number under which it is answered.
 */
export type Request = { id: number, command: RequestKind, };

/**
 * What a page asks of its figure.
 */
export type RequestKind = { "kind": "play" } | { "kind": "pause" } | { "kind": "seek", atUs: number, } | { "kind": "step", by: number, } | { "kind": "speed", speedUs: number, } | { "kind": "load", text: string, 
/**
 * It opens as it says itself: `start-at` and `end-at` of the frame's address are about
 * another scenario.
 */
alone?: boolean, } | { "kind": "report" } | { "kind": "link" } | { "kind": "pauseAt", atUs: number, } | { "kind": "loop", on: boolean, } | { "kind": "skipQuiet", on: boolean, } | { "kind": "theme", theme: FigureTheme, } | { "kind": "dispose" };

/**
 * In which colours a figure is drawn.
 */
export type FigureTheme = "light" | "dark";

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
export type Notification = { "kind": "ready", title: string | null, algorithm: string, atUs: number, endUs: number, speedUs: number, isPlaying: boolean, 
/**
 * CSS pixels, where the script's `figure` line says it: a page that has not said it gives them.
 */
height: number | null, } | { "kind": "play", atUs: number, speedUs: number, } | { "kind": "pause", atUs: number, } | { "kind": "timeupdate", atUs: number, } | { "kind": "leaderchange", atUs: number, group: string, leaders: Array<number>, } | { "kind": "splitbrain", atUs: number, group: string, leaders: Array<number>, } | { "kind": "verdict", holds: boolean, kept: number, total: number, expectations: Array<FigureExpectation>, } | { "kind": "ended", atUs: number, } | { "kind": "changed", changed: boolean, endUs: number, } | { "kind": "key", key: string, shift: boolean, } | { "kind": "error", text: string, 
/**
 * From 1, where it is about a line of the script.
 */
line: number | null, };

/**
 * An expectation with its verdict.
 */
export type FigureExpectation = { text: string, holds: boolean, atUs: number, reason: string, line: number | null, };

export type Report = { formatVersion: number, title: string | null, algorithm: string, 
/**
 * Sixteen hexadecimal digits: a string, since JavaScript's numbers are too short for it.
 */
digest: string, endUs: number, events: number, 
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
marks?: Array<MarkReport>, groups: Array<GroupReport>, expectations: Array<ExpectationVerdict>, unusedEdits: Array<UnusedOverride>, hints: Array<HintLine>, };

export type GroupReport = { name: string, 
/**
 * Who leads, as spans that tile the run.
 */
leaders: Array<LeaderSpan>, 
/**
 * Whom each believes to lead at the end; nobody for a crashed process.
 */
believed: Record<string, number | null>, 
/**
 * Elections started, one for each member that starts one.
 */
elections: number, 
/**
 * Rounds of elections: those that overlap count once.
 */
rounds: number, splitBrainUs: number, leaderlessUs: number, 
/**
 * Changes of leader: spans in which somebody leads who did not lead in the last span that had
 * a leader.
 */
changes: number, 
/**
 * Those of them before which one of the leaders of that last span neither crashed nor paused.
 */
unprovokedChanges: number, messages: Messages, 
/**
 * What became of the requests that reached it; none where it has no load.
 */
load: LoadReport | null, };

export type LeaderSpan = { fromUs: number, toUs: number, leaders: Array<number>, };

/**
 * Sent, those to crashed processes included. Copies that the network made are not sent, so the
 * total does not count them; a copy that is lost is lost, so there may be more lost than sent.
 */
export type Messages = { total: number, byKind: Record<string, number>, lost: Record<string, number>, };

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
capacityPerSecond: number | null, arrivedMillionths: number, servedMillionths: number, 
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

export type LongestQueue = { millionths: number, atUs: number, process: number, };

export type ExpectationVerdict = { index: number, 
/**
 * None where the scenario came as JSON.
 */
line: number | null, group: string | null, text: string, holds: boolean, 
/**
 * The instant that decided it.
 */
atUs: number, reason: string, };

/**
 * An edit that found nothing to fix.
 */
export type UnusedOverride = { line: number | null, text: string, reason: string, };

export type HintLine = { line: number | null, text: string, };
