// The measured scenarios that are not presets.

const every = 15_000; // µs between heartbeats, as in benches/speed/cases.rs

// Six processes with about this number of heartbeat events, and one or two elections every five seconds.
export const heartbeats = (events) => `title "Heartbeats"
processes 6
detector heartbeat every ${every}us timeout 60ms
until ${Math.floor((events * every) / 11)}us
at 1s flap 6 down 1s up 4s
`;

// As many messages in flight as a run may have, and most of the memory.
export const flood = `title "Flood"
processes 64
detector heartbeat every 1us timeout 60m
until 60m
`;

// A leader that comes and goes, with heartbeats throughout.
export const seven = `title "Seven"
processes 7
detector heartbeat every 20ms timeout 60ms
until 5s
at 100ms flap 7 down 200ms up 200ms
`;

// All processes notice at once that the leader has crashed: some 2,000 messages are sent in an instant.
export const crowd = `title "Crowd"
processes 64
latency 10..20ms
until 400ms
at 100ms crash 64
at 110ms suspect ${Array.from({ length: 63 }, (_, place) => place + 1).join(" ")}
`;

// As long as a script may be, less what is typed into it: comments, faults and fixed messages.
export const long = () => {
  const lines = ['title "Long"', "processes 9", "until 60s", ""];
  let length = lines.join("\n").length;
  for (let entry = 0; ; entry += 1) {
    const at = 10 * (entry + 1);
    const process = 1 + (entry % 9);
    const line = entry % 8 === 7
      ? `# The lines below describe the faults of ${process} after ${at} ms.`
      : `at ${at}ms ${["crash", "recover"][entry % 2]} ${1 + (Math.floor(entry / 2) % 9)}`;
    length += line.length + 1;
    if (length > 64 * 1024 - 512) return `${lines.join("\n")}\n`;
    lines.push(line);
  }
};
