// The size of each file of the page, raw and compressed by Brotli:
// `node e2e/sizes.mjs FOLDER`. Only wasm, scripts and style sheets count towards the sums: what a visitor of the
// page loads, what the frame of a figure does, what the tools add where they are used, and what a page around
// loads before any figure is live. Then the largest groups of functions of each program, before wasm-opt has
// dropped their names. Fails where a sum is above its limit.
import { readFile, readdir, stat } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { groups } from "./functions.mjs";

// The most that may be loaded, in kilobytes of Brotli: one percent more than it was when a limit was last set.
// What makes a program smaller lowers its limit.
const LIMITS = { page: 971, figure: 604, tools: 570 };
const SHOWN_GROUPS = 10;

const [folder] = process.argv.slice(2);
const named = fileURLToPath(new URL("../target/wasm-bindgen/release", import.meta.url));
const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(8);
const sums = {};
const add = (of, content, brotli = brotliCompressSync(content).length) => {
  sums[of] ??= { raw: 0, brotli: 0 };
  sums[of].raw += content.length;
  sums[of].brotli += brotli;
};
// What loads a file.
const loads = {
  page: (name) => !/^(figure|tools)-/.test(name),
  figure: (name) => !/^(app|offline|tools)-|^sw\.js/.test(name),
  tools: (name) => /^tools-/.test(name),
};

console.log("  raw KB  Brotli KB");
for (const { name } of (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile())) {
  const content = await readFile(`${folder}/${name}`);
  const brotli = brotliCompressSync(content).length;
  console.log(`${kilobytes(content.length)}   ${kilobytes(brotli)}  ${name}`);
  if (![".wasm", ".js", ".css"].includes(extname(name))) continue;
  for (const [of, isLoaded] of Object.entries(loads)) if (isLoaded(name)) add(of, content, brotli);
}
const around = "page around: embed.js and a poster";
for (const name of ["embed.js", "posters/bully-figure.svg"]) add(around, await readFile(`${folder}/v1/${name}`));
for (const [of, { raw, brotli }] of Object.entries(sums)) {
  console.log(`${kilobytes(raw)}   ${kilobytes(brotli)}  what is loaded of the ${of}`);
}

for (const [of, program] of [["page", "app"], ["figure", "figure"], ["tools", "tools"]]) {
  const file = `${named}/${program}_bg.wasm`;
  if (!(await stat(file).catch(() => null))) continue;
  console.log(`\n  raw KB  functions  largest groups of the ${of}, before wasm-opt`);
  for (const { group, size, count } of (await groups(file)).slice(0, SHOWN_GROUPS)) {
    console.log(`${kilobytes(size)}   ${String(count).padStart(8)}  ${group}`);
  }
}

for (const [of, limit] of Object.entries(LIMITS)) {
  const found = sums[of]?.brotli ?? 0;
  if (found <= limit * 1000) continue;
  console.error(`\nerror: what is loaded of the ${of} has ${kilobytes(found).trim()} KB of Brotli; the most is ${limit} KB`);
  process.exitCode = 1;
}
