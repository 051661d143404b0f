// Benchmarks of the built page in Chromium: `node e2e/bench/page.mjs FOLDER [PART…]`.
// Each number is printed beside its target. Other programs run on the machine, so each time is taken often, and
// the load is printed.
import { loadavg } from "node:os";
import { resolve } from "node:path";
import { ms, percent } from "./numbers.mjs";
import { edit } from "./parts/edit.mjs";
import { embed } from "./parts/embed.mjs";
import { first } from "./parts/first.mjs";
import { frame } from "./parts/frame.mjs";
import { heap } from "./parts/heap.mjs";
import { scrub } from "./parts/scrub.mjs";
import { still } from "./parts/still.mjs";
import { tasks } from "./parts/tasks.mjs";
import { typing } from "./parts/typing.mjs";
import { print } from "./table.mjs";
import { visitors } from "./visitor.mjs";

const parts = { first, frame, edit, scrub, tasks, typing, still, heap, embed };

const load = () => loadavg()[0].toFixed(1);

// Words for a row: a time, unless it says itself otherwise.
const cells = ({ name, value, text = ms(value), aim, aimText, note = "" }) => {
  if (aim === undefined) return [name, text, "", "", note];
  const of = aim ? percent(value, aim) : "";
  return [name, text, aimText ?? ms(aim), of, note];
};

const [folder = "dist", ...asked] = process.argv.slice(2);
const unknown = asked.find((name) => !(name in parts));
if (unknown) {
  console.error(`error: there is no part named ${unknown}; there are ${Object.keys(parts).join(", ")}`);
  process.exit(1);
}
const chosen = asked.length ? asked : Object.keys(parts);
const table = [["", "measured", "aim", "of it", ""]];
for (const name of chosen) {
  const before = load();
  // A browser of its own, so that no part leaves anything to the next.
  const visits = await visitors(resolve(folder));
  try {
    table.push(...(await parts[name](visits)).map((row) => cells({ ...row, name: `${name}: ${row.name}` })));
    table.push([`${name}: load of the machine before and after`, `${before} ${load()}`, "", "", ""]);
  } finally {
    await visits.close();
  }
}
print(table);
