// The types of the package. Instants and durations of options are written as in a script: 250us, 268ms, 1.5s.
import type { Report } from "./types/player.js";

export type * from "./types/scenario.js";
export type {
  ExpectationVerdict,
  GroupReport,
  HintLine,
  LeaderSpan,
  LeadershipSpan,
  LoadReport,
  LongestQueue,
  MarkReport,
  Messages,
  Report,
  UnusedOverride,
} from "./types/player.js";

/** What is wrong with a script, a link or an option. */
export interface ScriptProblem {
  message: string;
  /** From 1; null if the problem concerns no line. */
  line: number | null;
  /** From 1, in characters; null if the problem concerns the whole line. */
  column: number | null;
}

/** Thrown by every function here. It has the place of the first problem. */
export class ScriptError extends Error {
  constructor(problems: ScriptProblem[]);
  readonly name: "ScriptError";
  readonly line: number | null;
  readonly column: number | null;
  readonly problems: ScriptProblem[];
}

export interface CheckOptions {
  /** Fails if an override matches nothing, or if `seconds` stops a search or a count. Default: false. */
  strict?: boolean;
  /** The limit of the searches behind `expect always`, and of the count of seeds, from 1. Default: 10. */
  seconds?: number;
}

export interface CheckResult {
  /** Whether all expectations hold. */
  fine: boolean;
  report: Report;
}

export interface RenderOptions {
  /** Default: `stage`. */
  view?: "stage" | "spacetime";
  /** The instant that is shown; by default the first agreement after a fault. */
  at?: string;
  /** Draws an animation of the stage that repeats. */
  animate?: boolean;
  /** The start of the diagram or the animation. */
  from?: string;
  /** The end of the diagram or the animation. */
  to?: string;
  /** Virtual time per second of the animation. */
  speed?: string;
  /** Default: `auto`, which follows the reader's system. */
  theme?: "auto" | "light" | "dark";
  /** The group, if the scenario has several; by default the first. */
  group?: string;
}

export interface FigureOptions {
  /** Adds a picture that is shown until the figure plays. Default: true. */
  poster?: boolean;
}

/** Simulates a script, or a scenario as JSON text, and returns its report. */
export function run(script: string): Report;
/** Simulates a script, and searches and counts where its expectations ask for it. */
export function check(script: string, options?: CheckOptions): CheckResult;
/** Draws the run of a script as SVG. */
export function render(script: string, options?: RenderOptions): string;
/** The element that shows a script as a live figure. The page also needs the player's `v1/embed.js`, once. */
export function figure(script: string, options?: FigureOptions): string;
/** The link of a script, from its `#`. */
export function encode(script: string): string;
/** The script of a link, with or without the address in front of its `#`. */
export function decode(link: string): string;
