// The monkey: random gestures by pointer, finger, wheel and key on the built page, until something is wrong.
//   node e2e/monkey.mjs [--seed S] [--steps N] [--size wide|middle|phone|figure]
//   node e2e/monkey.mjs --replay '{"size": …, "preset": …, "steps": […]}'
// A fault ends it: it prints the seed, the shortest sequence that it knows, and the address.
import { readdirSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { launch } from "./browser.mjs";
import { draws, gestures } from "./monkey/gestures.mjs";
import { play, SIZES } from "./monkey/sequence.mjs";
import { serve } from "./serve.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const LENGTH = 100;
// How long a page may take for anything, and how long a sequence is shortened, in milliseconds: what hangs fails again and
// again.
const PATIENCE = 20_000;
const MOST_SHORTENING = 180_000;

const presets = readdirSync(here("../presets")).map((name) => name.replace(/\.hustings$/, "")).filter((name) => name !== "start").sort();

// The sequences of a seed, one after the other: each has a size, a preset and its gestures.
export const sequences = function* (seed, steps, sizes = Object.keys(SIZES)) {
  for (let place = 0; steps > 0; place += 1) {
    const own = seed * 1_000_003 + place;
    const random = draws(own);
    const count = Math.min(steps, LENGTH);
    yield {
      size: sizes[place % sizes.length],
      preset: presets[Math.floor(random() * presets.length)],
      steps: gestures(own + 1, count),
    };
    steps -= count;
  }
};

// The fault of a sequence, with the shortest sequence that still has one.
export const check = async (world, sequence, { shrinks = true } = {}) => {
  const fault = await play(world, sequence, sequence.steps);
  if (!fault) return null;
  if (shrinks) console.error(`after ${fault.after} steps: ${fault.words}\nShortening the sequence…`);
  let steps = sequence.steps.slice(0, fault.after);
  let last = fault;
  const end = Date.now() + (shrinks ? MOST_SHORTENING : 0);
  for (let size = Math.ceil(steps.length / 2); size >= 1 && Date.now() < end; size = Math.floor(size / 2)) {
    for (let from = 0; from < steps.length && Date.now() < end; ) {
      const fewer = steps.toSpliced(from, size);
      const again = await play(world, sequence, fewer);
      if (again) [steps, last] = [fewer.slice(0, again.after), again];
      else from += size;
    }
  }
  return { ...last, sequence: { ...sequence, steps } };
};

export const told = ({ words, address, sequence }) =>
  `${words}\n  address  ${address}\n  again    node e2e/monkey.mjs --replay '${JSON.stringify(sequence).replaceAll("'", "\\u0027")}'`;

const main = async () => {
  const { values } = parseArgs({
    options: { seed: { type: "string", default: "1" }, steps: { type: "string", default: "1000" }, size: { type: "string" }, replay: { type: "string" } },
  });
  const [seed, steps] = [Number(values.seed), Number(values.steps)];
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(steps) || steps < 1) throw new Error("--seed and --steps are whole numbers");
  if (values.size && !SIZES[values.size]) throw new Error(`--size is one of ${Object.keys(SIZES).join(", ")}`);
  const site = await serve(here("../dist"), "/");
  const browser = await launch();
  const all = values.replay ? [JSON.parse(values.replay)] : sequences(seed, steps, values.size && [values.size]);
  let done = 0;
  try {
    for (const sequence of all) {
      const fault = await check({ browser, site, patience: PATIENCE }, sequence, { shrinks: !values.replay });
      if (fault) {
        console.error(`\nerror: ${told(fault)}\n  seed     ${seed}, after ${done} steps without a fault`);
        process.exitCode = 1;
        break;
      }
      done += sequence.steps.length;
      console.log(`${done} steps (${sequence.size}, ${sequence.preset})`);
    }
  } finally {
    await browser.close();
    site.close();
  }
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
