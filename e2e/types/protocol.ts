// A host of its own, written against the types of the protocol; it has to compile, not to run.
import type { LeaderElectionReport, LeaderElectionVerdict } from "../../www/v1/embed.js";
import type { Notification, PlayerMessage, ProtocolHello, Report, Request } from "../../www/types/player.js";

const hello: ProtocolHello = { hustings: "hello", protocol: 1 };
export const requests: Request[] = [
  { id: 1, command: { kind: "seek", atUs: 268_000 } },
  { id: 2, command: { kind: "theme", theme: "dark" } },
  { id: 3, command: { kind: "load", text: "at 100ms crash 6" } },
  { id: 4, command: { kind: "dispose" } },
  // @ts-expect-error: no such command
  { id: 5, command: { kind: "rewind" } },
  // @ts-expect-error: an instant has a name
  { id: 6, command: { kind: "seek", time: 0.268 } },
];

export const connect = (frame: Window, port: MessagePort): void => frame.postMessage(hello, "*", [port]);

export const receive = (message: PlayerMessage): string => {
  if ("notice" in message) return describe(message.notice);
  if ("error" in message) return `${message.answer}: ${message.error}`;
  return typeof message.value === "string" ? message.value : (message.value?.digest ?? "done");
};

// Every kind is there, and no other.
const describe = (notice: Notification): string => {
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
type Verdict = Extract<Notification, { kind: "verdict" }>;
export const same: [Same<Report, LeaderElectionReport>, Same<Verdict["kept"], LeaderElectionVerdict["kept"]>] = [true, true];
