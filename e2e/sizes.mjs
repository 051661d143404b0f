// What each file of the page weighs, raw and compressed by Brotli as a good static host does it:
// `node e2e/sizes.mjs FOLDER`. Only wasm, scripts and style sheets count towards the sum.
import { readFile, readdir } from "node:fs/promises";
import { extname } from "node:path";
import { brotliCompressSync } from "node:zlib";

const [folder] = process.argv.slice(2);
const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(8);
const sum = { raw: 0, brotli: 0 };

console.log("  raw KB  Brotli KB");
for (const entry of await readdir(folder, { withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const content = await readFile(`${folder}/${entry.name}`);
  const brotli = brotliCompressSync(content).length;
  console.log(`${kilobytes(content.length)}   ${kilobytes(brotli)}  ${entry.name}`);
  if (![".wasm", ".js", ".css"].includes(extname(entry.name))) continue;
  sum.raw += content.length;
  sum.brotli += brotli;
}
console.log(`${kilobytes(sum.raw)}   ${kilobytes(sum.brotli)}  wasm, scripts and style sheets`);
