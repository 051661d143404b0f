// The worker that makes exported files: they equal those of the command line, the worker is fetched when it is first
// needed and ends with the dialog, and a sentence reports that it is not available.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromiumOnly } from "./browser.mjs";
import { eventually, until } from "./eventually.mjs";
import { serve } from "./serve.mjs";
import { nameOf, paste, Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const wide = { viewport: { width: 1440, height: 900 } };
const root = fileURLToPath(new URL("..", import.meta.url));
const dist = fileURLToPath(new URL("../dist", import.meta.url));
const TOOLS = "**/tools-*";
const NOT_LOADED = /^The part of Hustings that does this could not be loaded; .* try again\.$/;

const hustings = (...args) =>
  execFileSync("cargo", ["run", "--locked", "--quiet", "--bin", "hustings", "--", ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });

const opened = async (options = wide, address = url("#preset/bully-figure&t=268ms")) => {
  const { page, bad } = await fresh(options);
  const requested = [];
  page.on("request", (request) => requested.push(new URL(request.url()).pathname.split("/").at(-1)));
  await Stage.open(page, address);
  const tools = () => requested.filter((name) => name.startsWith("tools"));
  return { page, bad, tools };
};

const openShare = async (page) => {
  await page.locator("body").press("l");
  await page.getByRole("dialog", { name: "Share" }).waitFor();
};

const button = (page, group, name) =>
  page.getByRole("group", { name: group }).getByRole("button", { name, exact: true });
const status = (page) => page.locator(".exports-status").textContent();

const save = async (page, group, name) => {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, group, name).click()]);
  await page.getByText(`Saved as ${nameOf(download)}.`).waitFor();
  return readFile(await download.path(), "utf8");
};

test("each file is what the command line writes", async () => {
  const { page, bad } = await opened();
  await openShare(page);
  const preset = "presets/bully-figure.hustings";
  for (const [group, name, ...command] of [
    ["What happened", "Text", "log", preset, "--format", "transcript"],
    ["What happened", "Mermaid", "log", preset, "--format", "mermaid"],
    ["What happened", "ShiViz", "log", preset, "--format", "shiviz"],
    ["What happened", "JSON", "log", preset, "--format", "json"],
    ["What happened", "CSV", "log", preset, "--format", "csv"],
    ["Stage at 268 ms", "SVG", "render", preset, "--at", "268ms"],
    ["Stage at 268 ms", "Animated SVG", "render", preset, "--animate", "--at", "268ms"],
    ["Scenario", "JSON", "open", "--json", "#preset/bully-figure"],
  ]) {
    assert.equal(await save(page, group, name), hustings(...command), `${name} of ${group}`);
  }
  assert.deepEqual(bad, []);
});

test("the program is fetched when it is first needed, once", async () => {
  const { page, bad, tools } = await opened();
  await page.locator("body").press("End");
  await page.locator(".to-script").click();
  await page.locator(".script-text").waitFor();
  assert.deepEqual(tools(), []);
  await page.locator("body").focus();
  await page.locator(".head-share").click();
  await until(() => tools().length === 3);
  await save(page, "What happened", "CSV");
  await save(page, "What happened", "Text");
  assert.deepEqual(tools().map((name) => name.replace(/-[0-9a-f]{16}/, "")).sort(),
    ["tools.js", "tools.worker.js", "tools_bg.wasm"]);
  assert.deepEqual(bad, []);
});

test("the worker ends with its dialog", chromiumOnly("the driver of others does not list workers"), async () => {
  const { page } = await opened();
  await openShare(page);
  await until(() => page.workers().length === 1);
  await save(page, "What happened", "CSV");
  await page.keyboard.press("Escape");
  await until(() => page.workers().length === 0);
  await page.locator("body").press("l");
  assert.ok(await save(page, "What happened", "CSV"));
});

test("a slow export is reported in a line, and no button moves", async () => {
  const { page, bad } = await opened();
  let release;
  const gate = new Promise((done) => (release = done));
  await page.route(TOOLS, async (route) => {
    await gate;
    await route.continue();
  });
  await openShare(page);
  const before = await button(page, "What happened", "CSV").boundingBox();
  await button(page, "What happened", "CSV").click();
  await eventually(() => status(page), /^Making bully-.*-events\.csv…$/);
  assert.equal(await page.locator(".exports-status").getAttribute("role"), "status");
  assert.deepEqual(await button(page, "What happened", "CSV").boundingBox(), before);
  const download = page.waitForEvent("download");
  release();
  await download;
  await eventually(() => status(page), /^Saved as /);
  assert.deepEqual(bad, []);
});

for (const blocked of [/\/tools-\w+\.worker\.js$/, /\/tools-\w+\.js$/, /\/tools-\w+_bg\.wasm$/]) {
  test(`without ${blocked} a sentence says so, and everything else works`, async () => {
    const { page } = await opened();
    const failures = [];
    page.on("pageerror", (error) => failures.push(String(error)));
    await page.route(blocked, (route) => route.abort());
    await openShare(page);
    await button(page, "What happened", "CSV").click();
    await eventually(() => status(page), NOT_LOADED);
    assert.match(await save(page, "Scenario", "Script"), /^title/);
    await Promise.all([page.waitForEvent("download"), button(page, "Diagram", "PNG").click()]);
    // The next attempt starts a new worker.
    await page.unroute(blocked);
    assert.match(await save(page, "What happened", "CSV"), /^id,/);
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.locator("body").press("End");
    await page.locator(".accessible-list [data-rank='5'][aria-label*='leads']").waitFor({ state: "attached" });
    assert.deepEqual(failures, []);
  });
}

test("the lines for another page are there at the next attempt", async () => {
  const { page } = await opened();
  await page.route(TOOLS, (route) => route.abort());
  await openShare(page);
  await page.getByRole("button", { name: "Embed in a page…" }).click();
  const dialog = page.getByRole("dialog", { name: "Embed in a page" });
  await eventually(() => dialog.getByRole("alert").textContent(), NOT_LOADED);
  await page.unroute(TOOLS);
  await dialog.getByRole("button", { name: "Try again" }).click();
  await until(async () => /<leader-election preset="bully-figure"/.test(await dialog.getByLabel("Lines for your page").inputValue()));
  await page.frameLocator("iframe.embed-preview").locator(".figure-bar").waitFor();
});

test("JSON is read and written by the tools: without them a sentence says so, and the next attempt reads it", async () => {
  const { page } = await opened();
  const title = () => page.locator(".head-title h1").textContent();
  const before = await title();
  const notice = () => page.locator(".notice-line").textContent();
  const json = '{"title": "Pasted", "processes": [1, 2]}';
  await page.route(TOOLS, (route) => route.abort());
  await paste(page, json);
  await eventually(notice, /^What was pasted cannot be opened: the part of Hustings that does this could not be loaded; .* What was open stays\.$/);
  await page.locator(".to-script").click();
  await page.locator(".panel-head").getByRole("button", { name: "JSON" }).click();
  const panel = page.locator(".panel");
  await eventually(() => panel.getByRole("alert").textContent(), NOT_LOADED);
  await panel.getByRole("button", { name: "Copy the JSON" }).click();
  await eventually(notice, NOT_LOADED);
  assert.equal(await title(), before);
  await page.unroute(TOOLS);
  await panel.getByRole("button", { name: "Try again" }).click();
  await eventually(() => panel.locator(".json-text").inputValue(), /"crash"/);
  await paste(page, json);
  await eventually(title, "Pasted");
  await eventually(() => panel.locator(".json-text").inputValue(), /"Pasted"/);
});

test("the last text that is pasted opens, also if the program for an earlier one comes after it", async () => {
  const { page } = await opened();
  const title = () => page.locator(".head-title h1").textContent();
  const notice = () => page.locator(".notice-line").textContent();
  let release;
  const held = new Promise((done) => (release = done));
  await page.route("**/tools-*_bg.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await paste(page, '{"title": "First", "processes": [1, 2]}');
  await eventually(notice, "Loading what reads JSON…");
  await paste(page, 'title "Second"\n');
  await eventually(title, "Second");
  const wasm = page.waitForResponse(/tools-.*_bg\.wasm$/);
  release();
  await wasm;
  await page.locator(".to-script").click();
  await page.locator(".panel-head").getByRole("button", { name: "JSON" }).click();
  await eventually(() => page.locator(".json-text").inputValue(), /"Second"/);
  assert.equal(await title(), "Second");
});

test("a worker that stops is reported, and the next attempt starts another", async () => {
  const { page } = await opened();
  const broken = 'postMessage("Ready"); onmessage = () => { throw new Error("on purpose"); };';
  await page.route("**/tools-*.worker.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: broken }));
  await openShare(page);
  await button(page, "What happened", "CSV").click();
  await until(async () => (await status(page)) === "The part of Hustings that does this has stopped; try again.");
  await page.unroute("**/tools-*.worker.js");
  assert.match(await save(page, "What happened", "CSV"), /^id,/);
});

test("a policy that forbids workers is reported too", async () => {
  const site = await serve(dist, "/", { headers: { "content-security-policy": "worker-src 'none'" } });
  try {
    const { page } = await opened(wide, `${site.url}#preset/bully-figure`);
    await openShare(page);
    await button(page, "What happened", "CSV").click();
    await eventually(() => status(page), NOT_LOADED);
  } finally {
    site.close();
  }
});

test("a policy that forbids WebAssembly in a worker is reported too", async () => {
  const { page } = await opened();
  await page.route("**/tools-*.worker.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": "script-src 'self'" } });
  });
  await openShare(page);
  await button(page, "What happened", "CSV").click();
  await eventually(() => status(page), NOT_LOADED);
});
