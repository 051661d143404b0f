// The types of v1/embed.js. Times are seconds of virtual time, as numbers.

/** The result of `report()`: a summary of the whole run. Its instants are whole microseconds. */
export interface LeaderElectionReport {
  formatVersion: number;
  title: string | null;
  algorithm: string;
  digest: string;
  endUs: number;
  events: number;
  stopped: string | null;
  groups: LeaderElectionGroup[];
  expectations: {
    index: number;
    line: number | null;
    group: string | null;
    text: string;
    holds: boolean;
    atUs: number;
    reason: string;
  }[];
  unusedEdits: { line: number | null; text: string; reason: string }[];
  hints: { line: number | null; text: string }[];
}

export interface LeaderElectionGroup {
  name: string;
  /** The leaders, as consecutive spans from the start to the end. */
  leaders: { fromUs: number; toUs: number; leaders: number[] }[];
  /** At the end, by rank; null of a crashed process and of one that believes in no leader. */
  believed: Record<string, number | null>;
  /** Elections started, one for each member that starts one. */
  elections: number;
  /** Rounds of elections: those that overlap count once. */
  rounds: number;
  splitBrainUs: number;
  leaderlessUs: number;
  /** How long two leaders of one and the same term led; only where the algorithm has terms. */
  sameTermUs?: number;
  /** Each leadership with its term, by its start; only where the algorithm has terms. */
  leaderships?: { fromUs: number; toUs: number; leader: number; term: number }[];
  /** Spans with a leader that did not lead in the last span that had a leader. */
  changes: number;
  /** The changes before which a leader of that last span neither crashed nor paused. */
  unprovokedChanges: number;
  messages: { total: number; byKind: Record<string, number>; lost: Record<string, number> };
  /** The requests that reached it; null if it has no load. */
  load: LeaderElectionLoad | null;
}

/** Requests, in millionths of one. `arrivedMillionths` is the sum of the four fields below it. */
export interface LeaderElectionLoad {
  perSecond: number;
  /** Of one process; null if it is unlimited. */
  capacityPerSecond: number | null;
  arrivedMillionths: number;
  servedMillionths: number;
  /** Lost with the queues of processes that crashed. */
  droppedMillionths: number;
  queuedMillionths: number;
  waitingMillionths: number;
  longestQueue: { millionths: number; atUs: number; process: number } | null;
  longestWaitUs: number;
}

/** The attributes of the element, as a page writes them. */
export interface LeaderElectionAttributes extends LeaderElectionOptions {
  /** The address of a script or of JSON, fetched by the page. */
  src?: string;
  /** A link: the whole address, or the part behind its `#`. */
  scenario?: string;
  /** The name of a bundled scenario. */
  preset?: string;
  /** The address of a picture that is shown until the figure is live, and on paper. */
  poster?: string;
  /** The same for a dark page. */
  "poster-dark"?: string;
  /** The folder of Hustings, if it is not the one above `v1/`. */
  player?: string;
}

/** How a figure opens. */
// From src/scenario/figure.rs; `UPDATE=1 cargo test figure_options` writes it anew.
export interface LeaderElectionOptions {
  /** The instant at which the figure starts. Default: `0ms`. */
  "start-at"?: string;
  /** The instant at which the figure ends. Default: the end of the run. */
  "end-at"?: string;
  /** How much virtual time it plays per second. Default: `50ms`. */
  "speed"?: string;
  /** Stage, space-time diagram, or both. Default: `stage`. */
  "view"?: "stage" | "spacetime" | "both";
  /** The colours; `auto` follows the page around the figure. Default: `auto`. */
  "theme"?: "auto" | "light" | "dark";
  /** Whether it has playback controls. Default: `bar`. */
  "controls"?: "bar" | "none";
  /** Whether it shows title, algorithm and badge. A mark for changes by a reader is always shown. Default: `bar`. */
  "heading"?: "bar" | "none";
  /** Whether it plays fast through times without events. Default: `true`. */
  "skip-quiet"?: boolean | "true" | "false";
  /** Plays when half of it is visible, unless the reader prefers reduced motion. */
  "autoplay"?: boolean | "" | "true" | "false";
  /** Starts again at its end. */
  "loop"?: boolean | "" | "true" | "false";
  /** The reader can play the figure, but not change the scenario. */
  "readonly"?: boolean | "" | "true" | "false";
}
// The end of the options.

export interface LeaderElectionTime {
  time: number;
}

export interface LeaderElectionReady extends LeaderElectionTime {
  title: string | null;
  algorithm: string;
  duration: number;
  /** Virtual seconds per second. */
  speed: number;
  paused: boolean;
  /** The height in CSS pixels on the script's `figure` line, else null; undefined from an older player. */
  height?: number | null;
}

export interface LeaderElectionLeaders extends LeaderElectionTime {
  group: string;
  /** Ascending; empty if there is no leader. */
  leaders: number[];
}

export interface LeaderElectionExpectation extends LeaderElectionTime {
  text: string;
  holds: boolean;
  reason: string;
  line: number | null;
}

export interface LeaderElectionVerdict {
  holds: boolean;
  kept: number;
  total: number;
  expectations: LeaderElectionExpectation[];
}

export interface LeaderElectionProblem {
  text: string;
  /** The line of the script, from 1; null if the problem has none. */
  line: number | null;
}

/** The events of the element. All but `error` bubble. */
export interface LeaderElectionEventMap {
  ready: CustomEvent<LeaderElectionReady>;
  /** Also sent when the figure starts by itself. */
  play: CustomEvent<LeaderElectionTime>;
  pause: CustomEvent<LeaderElectionTime>;
  /** While the instant changes, ten times a second at most. */
  timeupdate: CustomEvent<LeaderElectionTime>;
  /** The leaders change at this instant; also sent once for each group after `ready`. */
  leaderchange: CustomEvent<LeaderElectionLeaders>;
  /** Several lead a group at once. */
  splitbrain: CustomEvent<LeaderElectionLeaders>;
  verdict: CustomEvent<LeaderElectionVerdict>;
  ended: CustomEvent<LeaderElectionTime>;
  /** A reader has changed the scenario, or has undone the changes. */
  changed: CustomEvent<{ changed: boolean; duration?: number }>;
  error: CustomEvent<LeaderElectionProblem>;
}

type Events = Omit<HTMLElementEventMap, keyof LeaderElectionEventMap> & LeaderElectionEventMap;

/** Every promise rejects with an Error that describes the problem. */
export interface LeaderElectionElement extends HTMLElement {
  play(): Promise<void>;
  pause(): Promise<void>;
  /** A time beyond the end is the end. */
  seek(time: number): Promise<void>;
  /**
   * Playback pauses at exactly this time, once, with a `pause` event. The promise resolves at once, not at the
   * pause. A second call replaces the first. If the run ends before the time, or the cursor is beyond it,
   * nothing happens.
   */
  pauseAt(time: number): Promise<void>;
  /** Moves by this number of instants with events, backwards if it is negative. Default: 1. */
  step(by?: number): Promise<void>;
  /** A script, JSON (as text or as an object) or a link. Resolves when it is simulated. */
  load(scenario: string | object): Promise<void>;
  report(): Promise<LeaderElectionReport>;
  /** The address of the whole page with the same scenario at the same instant. */
  toLink(): Promise<string>;

  /** Setting it seeks; a failure is reported by an `error` event. */
  currentTime: number;
  /** NaN before `ready`. */
  readonly duration: number;
  readonly paused: boolean;
  /** Whether it is paused at its end; false if it starts again there. */
  readonly ended: boolean;
  /** The leaders at this instant, ascending; of several groups, those of the first. Empty before `ready`. */
  readonly leaders: number[];
  /** The attribute: the address of a script or of JSON. */
  src: string;
  /** The attribute: playback starts again at its end. A change keeps the frame. */
  get loop(): boolean;
  set loop(isOn: boolean | string);
  /** The attribute `skip-quiet`: plays fast through times without events. Default: true. */
  get skipQuiet(): boolean;
  set skipQuiet(isOn: boolean | string);
  /** Virtual seconds per second. Default: 0.05. A string sets the attribute. */
  get speed(): number;
  set speed(speed: number | string);
  /** The number of messages that were not of the protocol. */
  readonly ignored: number;

  addEventListener<K extends keyof Events>(
    type: K,
    listener: (this: LeaderElectionElement, event: Events[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof Events>(
    type: K,
    listener: (this: LeaderElectionElement, event: Events[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** The events that no other element has, as they bubble. */
interface Own {
  leaderchange: LeaderElectionEventMap["leaderchange"];
  splitbrain: LeaderElectionEventMap["splitbrain"];
  verdict: LeaderElectionEventMap["verdict"];
}

declare global {
  interface HTMLElementTagNameMap {
    "leader-election": LeaderElectionElement;
  }
  interface HTMLElementEventMap extends Own {}
  interface DocumentEventMap extends Own {}
  interface WindowEventMap extends Own {}
}
