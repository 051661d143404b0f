// Ten minutes of virtual time at the highest speed, and 1,000 edits by key: the memory of the program and of the
// browser, measured ten times.
import { megabytes, most } from "../numbers.mjs";

const ROUNDS = 10;
const EDITS = 100;
const FASTEST = 13;

const held = async (visitor) => {
  await visitor.devtools.send("HeapProfiler.collectGarbage");
  const wasm = await visitor.page.evaluate(() => window.bench.memory.buffer.byteLength);
  const { JSHeapUsedSize: script, Nodes: nodes, JSEventListeners: listeners } = await visitor.metrics();
  return { wasm, script, nodes, listeners };
};

const tidy = (visitor) =>
  visitor.page.evaluate(() => ["frames", "inputs"].forEach((what) => window.bench[what].splice(0)));

const rows = (name, points) => {
  // The first point has what is made only once.
  const growth = (what) => most(points.map((point) => point[what])) / points[0][what];
  const along = (what) => points.map((point) => (point[what] / 2 ** 20).toFixed(1)).join(" ");
  const { wasm, script, nodes, listeners } = points.at(-1);
  const before = points[0];
  return [
    { name: `${name}: program`, value: growth("wasm"), text: `× ${growth("wasm").toFixed(2)}`, aim: 1, aimText: "flat", note: `MB: ${along("wasm")}` },
    { name: `${name}: browser`, value: growth("script"), text: `× ${growth("script").toFixed(2)}`, aim: 1, aimText: "flat", note: `MB: ${along("script")}` },
    { name: `${name}: at the end`, text: megabytes(wasm + script), note: `nodes ${before.nodes} → ${nodes}, listeners ${before.listeners} → ${listeners}` },
  ];
};

export const heap = async ({ fresh }) => {
  const visitor = await fresh();
  await visitor.open("#preset/split-brain");
  await visitor.select(2);
  // A quiet stretch that is passed quickly would be no minute of the run.
  await visitor.page.locator(".transport .skip").click();
  await visitor.playOn(FASTEST);
  const edits = async (undo) => {
    for (let edit = 0; edit < EDITS; edit += undo ? 2 : 1) {
      await visitor.press("ArrowRight", "x");
      if (undo) await visitor.press("Control+z");
    }
    await tidy(visitor);
  };
  const flat = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    await visitor.playOn(0);
    // A minute of the run; the round before the first is there to warm up.
    await visitor.rest(round ? 6000 : 1000);
    if (!(await visitor.isPlaying())) throw new Error("the run does not play on");
    await visitor.press("Space");
    await edits(true);
    if (round > 0) flat.push(await held(visitor));
  }
  const kept = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await edits(false);
    kept.push(await held(visitor));
  }
  await visitor.close();
  return [
    ...rows("10 min of play, 1,000 edits, each undone", flat),
    ...rows("1,000 edits more, all kept", kept).map((row) => ({ ...row, aim: undefined })),
  ];
};
