// The built page under a sub path of a plain static host.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chromiumOnly } from "./browser.mjs";
import { eventually } from "./eventually.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();

const notice = (page) => page.locator(".notice");

test("the page opens under a sub path with no console message and no failed request", async () => {
  const { page, bad } = await fresh();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));

  await page.goto(url());
  await page.locator("#app > *").first().waitFor();
  assert.equal(await notice(page).count(), 0);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(bad, []);
  assert.ok(asked.every((address) => address.startsWith(url())), "no third party is asked for anything");
  // A preload that nothing uses is a file that is asked for twice.
  assert.deepEqual(asked, [...new Set(asked)]);
});

test("the page keeps to a strict Content-Security-Policy", async () => {
  const { page } = await fresh();
  await page.goto(url());
  const policies = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .evaluateAll((metas) => metas.map((meta) => meta.content));
  assert.deepEqual(policies, [
    // Of the file itself, before any script has run: nothing inline.
    "default-src http: https: file:; script-src http: https: file: 'wasm-unsafe-eval'; " +
      "img-src http: https: file: data: blob:; object-src 'none'",
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
      "img-src 'self' data: blob:; object-src 'none'; base-uri 'self'",
  ]);
  const inline = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.head.append(script);
    return window.ran ?? false;
  });
  assert.equal(inline, false, "the browser enforces it");
});

test("a browser without WebAssembly gets a sentence", async () => {
  const { page, bad } = await fresh();
  await page.addInitScript(() => delete window.WebAssembly);
  await page.goto(url());
  await eventually(() => notice(page).textContent(), /needs WebAssembly.*Safari 16\.4/);
  assert.deepEqual(bad, []);
});

test("a program that does not load leaves a sentence, not an empty page", async () => {
  for (const part of ["**/*.wasm", "**/app-*.js"]) {
    const { page } = await fresh();
    await page.route(part, (route) => route.fulfill({ status: 503 }));
    await page.goto(url());
    await eventually(() => notice(page).textContent(), /could not be loaded/, part);
  }
});

test("a visitor without JavaScript reads what this is", chromiumOnly("JavaScript cannot be turned off"), async () => {
  const { page } = await fresh({ javaScriptEnabled: false });
  await page.goto(url());
  await eventually(() => page.locator("noscript").innerText(), /leader-election playground/);
});
