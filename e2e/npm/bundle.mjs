// The npm package in a page that Vite bundles: its functions, and a live figure from a copy of its player.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "vite";
import { launch } from "../browser.mjs";
import { serve } from "../serve.mjs";
import { folder, load, root } from "./installed.mjs";

const { run } = await load("hustings");
const script = readFileSync(join(root, "presets/two-leaders.hustings"), "utf8");

const PAGE = `<!doctype html>
<title>Ours</title>
<script type="module" src="./main.js"></script>
<leader-election preset="two-leaders" style="display:block;height:420px"></leader-election>
`;
const MAIN = `
import { run, ScriptError } from "hustings";
window.digest = run(${JSON.stringify(script)}).digest;
try {
  run("at 100ms crsh 6");
} catch (error) {
  window.refusal = error instanceof ScriptError && [error.line, error.column];
}
const loader = document.createElement("script");
loader.src = "hustings/v1/embed.js";
document.head.append(loader);
`;

test("a bundled page runs scripts and shows a live figure", async () => {
  const site = join(folder, "site");
  mkdirSync(site, { recursive: true });
  writeFileSync(join(site, "index.html"), PAGE);
  writeFileSync(join(site, "main.js"), MAIN);
  await build({ root: site, base: "./", logLevel: "error", build: { target: "es2022", emptyOutDir: true } });
  cpSync(join(folder, "node_modules/hustings/player"), join(site, "dist/hustings"), { recursive: true });
  const server = await serve(join(site, "dist"));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => window.digest && customElements.get("leader-election"));
    const found = await page.evaluate(async () => {
      const { digest } = await document.querySelector("leader-election").report();
      return { functions: window.digest, figure: digest, refusal: window.refusal };
    });
    const { digest } = run(script);
    assert.deepEqual(found, { functions: digest, figure: digest, refusal: [1, 10] });
  } finally {
    await browser.close();
    server.close();
  }
});
