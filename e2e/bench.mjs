// One table of the native benchmarks, as criterion has stored them, and of the same cases timed in the browser
// now. `node e2e/bench.mjs FOLDER MEMORY`: the folder holds the wasm build of the
// benchmarks, the number is the peak memory of the native one, in bytes.
import { readFile, readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { print } from "./bench/table.mjs";
import { launch } from "./browser.mjs";
import { serve } from "./serve.mjs";

// How fast each algorithm is at least, beside bully with as many processes.
const LEAST = 0.5;

// The fastest sample in seconds, by a benchmark's name.
const native = async () => {
  const folder = resolve("target/criterion/speed");
  const times = new Map();
  for (const name of await readdir(folder)) {
    const read = async (file) => JSON.parse(await readFile(`${folder}/${name}/new/${file}`));
    const known = await read("benchmark.json").catch(() => null);
    if (!known) continue; // the folder of criterion's own summary
    const { iters, times: spent } = await read("sample.json");
    const each = spent.map((ns, sample) => ns / iters[sample] / 1e9);
    times.set(known.function_id, Math.min(...each));
  }
  return times;
};

// What the page says on its console, line by line.
const inBrowser = async (folder) => {
  const site = await serve(resolve(folder));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const texts = [];
    page.on("console", (message) => {
      if (message.text().startsWith("{")) texts.push(JSON.parse(message.text()));
    });
    // Any file of the folder makes a page of its origin; starting the program runs its `main`.
    await page.goto(`${site.url}speed.js`);
    await page.evaluate(async () => void (await (await import("/speed.js")).default()));
    return texts;
  } finally {
    await browser.close();
    site.close();
  }
};

const time = (seconds) => {
  const units = [["s", 1], ["ms", 1e-3], ["µs", 1e-6], ["ns", 1e-9]];
  const [unit, size] = units.find(([, size]) => seconds >= size) ?? units.at(-1);
  return `${(seconds / size).toPrecision(3)} ${unit}`;
};
const speed = (events, seconds) => `${(events / seconds / 1e6).toFixed(2)} M/s`;
const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
const percent = (part, whole) => `${((100 * part) / whole).toFixed(0)} %`;

const [folder, memory] = process.argv.slice(2);
const times = await native();
const [{ memory: pages }, ...cases] = await inBrowser(folder);
const rows = [["", "native", "wasm", "wasm/native", "native/shortest", "wasm/shortest"]];
// An algorithm and a number of processes.
const algorithms = [["", "native", "wasm", "native/bully", "wasm/bully"]];
const slow = [];
let shortest, bully;
for (const { name, events, seconds } of cases) {
  const own = times.get(name);
  if (own === undefined) continue; // left out by the filter
  if (!events) {
    rows.push([name, time(own), time(seconds), percent(own, seconds), "", ""]);
    continue;
  }
  const speeds = { own: events / own, page: events / seconds };
  if (/^[a-z-]+, n = \d+$/.test(name)) {
    if (name.startsWith("bully,")) bully = speeds;
    // Without bully, which a filter may leave out, there is nothing to compare with.
    const ratios = bully ? [speeds.own / bully.own, speeds.page / bully.page] : [];
    if (ratios.some((ratio) => ratio < LEAST)) slow.push(name);
    const shown = ratios.length ? ratios.map((ratio) => percent(ratio, 1)) : ["", ""];
    algorithms.push([name, speed(events, own), speed(events, seconds), ...shown]);
    continue;
  }
  shortest ??= speeds;
  const ratios = [percent(own, seconds), percent(speeds.own, shortest.own), percent(speeds.page, shortest.page)];
  rows.push([name, speed(events, own), speed(events, seconds), ...ratios]);
}
rows.push(["peak memory of 1,000,000 events", megabytes(memory), megabytes(pages), "", "", ""]);
print(rows);
if (algorithms.length > 1) print(algorithms);
if (slow.length) {
  console.error(`slower than half of bully: ${slow.join("; ")}`);
  process.exitCode = 1;
}
