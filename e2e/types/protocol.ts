// A host of somebody's own, written against the types of the protocol; it has to compile, not to run.
import type { LeaderElectionReport, LeaderElectionVerdict } from "../../www/v1/embed.js";
import type { Ask, Hello, Notice, Report, Tell } from "../../www/types/player.js";

const hello: Hello = { hustings: "hello", protocol: 1 };
export const asks: Ask[] = [
  { id: 1, command: { kind: "seek", atUs: 268_000 } },
  { id: 2, command: { kind: "theme", theme: "dark" } },
  { id: 3, command: { kind: "load", text: "at 100ms crash 6" } },
  { id: 4, command: { kind: "dispose" } },
  // @ts-expect-error: no such command
  { id: 5, command: { kind: "rewind" } },
  // @ts-expect-error: an instant has a name
  { id: 6, command: { kind: "seek", time: 0.268 } },
];

export const greet = (frame: Window, port: MessagePort): void => frame.postMessage(hello, "*", [port]);

export const hear = (tell: Tell): string => {
  if ("notice" in tell) return heed(tell.notice);
  if ("error" in tell) return `${tell.answer}: ${tell.error}`;
  return typeof tell.value === "string" ? tell.value : (tell.value?.digest ?? "done");
};

// Every kind is there, and no other.
const heed = (notice: Notice): string => {
  switch (notice.kind) {
    case "ready":
      return `${notice.title ?? "untitled"} ${notice.algorithm} ${notice.endUs} ${notice.speedUs} ${notice.isPlaying}`;
    case "play":
      return `${notice.atUs} ${notice.speedUs}`;
    case "pause":
    case "timeupdate":
    case "ended":
      return `${notice.atUs}`;
    case "leaderchange":
    case "splitbrain":
      return `${notice.atUs} ${notice.group} ${notice.leaders.join(" ")}`;
    case "verdict":
      return notice.expectations.map(({ text, holds, atUs }) => `${text} ${holds} ${atUs}`).join();
    case "changed":
      return `${notice.changed} ${notice.endUs}`;
    case "key":
      return `${notice.shift ? "Shift " : ""}${notice.key}`;
    case "error":
      return `${notice.line ?? "?"}: ${notice.text}`;
    default:
      return notice satisfies never;
  }
};

// What the element promises is what its frame sends.
type Same<A, B> = [A, B] extends [B, A] ? true : false;
type Verdict = Extract<Notice, { kind: "verdict" }>;
export const same: [Same<Report, LeaderElectionReport>, Same<Verdict["kept"], LeaderElectionVerdict["kept"]>] = [true, true];
