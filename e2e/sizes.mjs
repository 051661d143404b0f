// What each file of the page weighs, raw and compressed by Brotli as a good static host does it:
// `node e2e/sizes.mjs FOLDER`. Only wasm, scripts and style sheets count towards the sums, which are what
// a visitor of the page loads, and what the frame of a figure does. Last comes what a page around loads
// before any figure is live.
import { readFile, readdir } from "node:fs/promises";
import { extname } from "node:path";
import { brotliCompressSync } from "node:zlib";

const [folder] = process.argv.slice(2);
const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(8);
const sums = { page: { raw: 0, brotli: 0 }, figure: { raw: 0, brotli: 0 } };
// Which of the two does without a file.
const others = { page: /^figure-/, figure: /^app-|^offline-|^sw\.js/ };

console.log("  raw KB  Brotli KB");
for (const entry of await readdir(folder, { withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const content = await readFile(`${folder}/${entry.name}`);
  const brotli = brotliCompressSync(content).length;
  console.log(`${kilobytes(content.length)}   ${kilobytes(brotli)}  ${entry.name}`);
  if (![".wasm", ".js", ".css"].includes(extname(entry.name))) continue;
  for (const [of, sum] of Object.entries(sums)) {
    if (others[of].test(entry.name)) continue;
    sum.raw += content.length;
    sum.brotli += brotli;
  }
}
sums["page around: embed.js and a poster"] = { raw: 0, brotli: 0 };
for (const name of ["embed.js", "posters/bully-figure.svg"]) {
  const content = await readFile(`${folder}/v1/${name}`);
  const sum = sums["page around: embed.js and a poster"];
  sum.raw += content.length;
  sum.brotli += brotliCompressSync(content).length;
}
for (const [of, { raw, brotli }] of Object.entries(sums)) {
  console.log(`${kilobytes(raw)}   ${kilobytes(brotli)}  what is loaded of the ${of}`);
}
