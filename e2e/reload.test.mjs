// Reload, a frozen machine, and files that do not load: what must be kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chromiumOnly } from "./browser.mjs";
import { eventually } from "./eventually.mjs";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const wide = { viewport: { width: 1440, height: 900 } };
const figure = "#preset/bully-figure";

const title = (page) => page.locator(".head-title h1").textContent();
const loaded = (page) => page.locator(".accessible-list button").first().waitFor();
const reload = async (page) => {
  await page.reload();
  await loaded(page);
};
const area = (page) => page.locator(".script-text");

// Types into the script panel and reloads at the last key, before any timer of the text has run.
const typedAndLeft = async (page, text) => {
  await page.locator(".to-script").click();
  await page.waitForFunction(() => document.querySelector(".script-text")?.value);
  await area(page).fill(text);
  await reload(page);
};

test("a script that cannot be read is there again after a reload, where it was typed", async () => {
  const { page } = await fresh(wide);
  await Stage.open(page, url(figure));
  const draft = "processes 6\nat 100ms crsh 6 # half a w\n";
  await typedAndLeft(page, draft);
  await eventually(() => area(page).inputValue(), draft);
  await page.locator(".script-count", { hasText: "1 problem" }).waitFor();
  await eventually(() => title(page), "3 notices that 6 is gone", "the stage has what could be read");
  await reload(page);
  await eventually(() => area(page).inputValue(), draft, "and after another one");
  await area(page).fill("processes 6\nat 100ms crash 6\n");
  await reload(page);
  assert.equal(await page.locator(".panel").count(), 0, "once it can be read, the address says it");
  await eventually(() => title(page), "Untitled");
});

test("JSON that cannot be read is there again after a reload, and in its panel", async () => {
  const { page } = await fresh(wide);
  await Stage.open(page, url(figure));
  const tab = (name) => page.locator(".panel-head").getByRole("button", { name, exact: true });
  const json = page.locator(".json-text");
  await page.locator(".to-script").click();
  await tab("JSON").click();
  await page.waitForFunction(() => document.querySelector(".json-text")?.value);
  const draft = `${await json.inputValue()} half a w`;
  await json.fill(draft);
  await reload(page);
  await eventually(() => json.inputValue(), draft);
  await page.locator(".script-count", { hasText: "1 problem" }).waitFor();
  await eventually(() => title(page), "3 notices that 6 is gone", "the stage has what could be read");
  await tab("Script").click();
  await tab("JSON").click();
  await eventually(() => json.inputValue(), draft, "and after another panel was looked at");
  await page.getByRole("button", { name: "Rewrite it from the stage" }).click();
  await page.locator(".script-count").waitFor({ state: "detached" });
  await reload(page);
  assert.equal(await page.locator(".panel").count(), 0);
});

test("a link shows its scenario, also if another one was left there", async () => {
  const { page } = await fresh(wide);
  const stage = await Stage.open(page, url(figure));
  await stage.press("]", "x");
  await page.goto("about:blank");
  await Stage.open(page, url(figure));
  await eventually(async () => (await stage.processes())[1], /^follows 6/);
  await page.locator(".to-script").click();
  await page.waitForFunction(() => document.querySelector(".script-text")?.value);
  await area(page).fill("procesess 3\n");
  // Firefox stops a script that still runs as the page is left for another one; then only the last state is kept.
  await page.locator(".script-count", { hasText: "1 problem" }).waitFor();
  await page.goto("about:blank");
  await page.goBack();
  await area(page).waitFor();
  await page.waitForFunction(() => document.querySelector(".script-text").value === "procesess 3\n");
  await page.goto("about:blank");
  await Stage.open(page, url(figure));
  assert.equal(await page.locator(".panel").count(), 0);
});

test("a draft belongs to its address", async () => {
  const { page } = await fresh(wide);
  await Stage.open(page, url(figure));
  await typedAndLeft(page, "procesess 3\n");
  await page.goto(url("#preset/two-leaders"));
  await page.reload();
  await loaded(page);
  assert.doesNotMatch(await page.locator(".head-title h1").textContent(), /3 notices/);
});

test("a change that was made as the page was left is there after a reload", async () => {
  const { page } = await fresh(wide);
  const stage = await Stage.open(page, url(figure));
  await stage.press("]", "x", "]", "x");
  const shown = await stage.processes();
  await reload(page);
  await eventually(() => stage.processes(), shown);
  assert.match(shown[1], /^crashed/);
  // From the start, whose address is the bare page's.
  await page.goto("about:blank");
  await Stage.open(page, url());
  await page.locator(".crash").click();
  await page.locator('.page[data-screen="stage"]').waitFor();
  await reload(page);
  await eventually(async () => (await stage.processes())[6], /^(crashed|follows|leads)/);
  await eventually(() => page.locator(".page").getAttribute("data-screen"), "stage");
});

test("what was typed as the page was left is there after a reload: script, JSON and a field", async () => {
  const { page } = await fresh(wide);
  await Stage.open(page, url(figure));
  await typedAndLeft(page, 'title "Typed at last"\n');
  await eventually(() => title(page), "Typed at last");
  await page.locator(".to-script").click();
  await page.locator(".panel-head").getByRole("button", { name: "JSON" }).click();
  const json = page.locator(".json-text");
  await page.waitForFunction(() => document.querySelector(".json-text")?.value);
  await json.fill((await json.inputValue()).replace("Typed at last", "From JSON"));
  await reload(page);
  await eventually(() => title(page), "From JSON");
  await page.locator(".head-algorithm").click();
  await page.locator(".panel").getByRole("textbox", { name: "Title" }).fill("From a field");
  await reload(page);
  await eventually(() => title(page), "From a field");
});

test("after an unknown address, the address names what is shown", async () => {
  const { page } = await fresh(wide);
  const stage = await Stage.open(page, url(`${figure}&t=200ms`));
  for (const wrong of ["#preset/nobody", "#1/cut", "#lesson/none", "#what"]) {
    await page.evaluate((hash) => { location.hash = hash; }, wrong);
    await page.locator(".notice-line", { hasText: "What was open stays." }).waitFor();
    await eventually(() => page.url().endsWith(`${figure}&t=200ms`), true);
    await reload(page);
    await eventually(() => stage.clock(), "200 ms");
    await eventually(() => title(page), "3 notices that 6 is gone");
  }
  // The start stays the start.
  await page.goto("about:blank");
  await Stage.open(page, url());
  await page.evaluate(() => { location.hash = "#preset/nobody"; });
  await page.locator(".notice-line", { hasText: "What was open stays." }).waitFor();
  await reload(page);
  await eventually(() => page.locator(".page").getAttribute("data-screen"), "start");
  // And where a page opens with such an address.
  await page.goto("about:blank");
  await Stage.open(page, url("#preset/nobody"));
  await page.waitForURL(/#preset\/start&t=/);
});

test("a page that was frozen goes on from where it was", async () => {
  const { page } = await fresh(wide);
  // The clock of the browser jumps, as it does when a machine sleeps.
  await page.addInitScript(() => {
    const now = performance.now.bind(performance);
    globalThis.slept = 0;
    performance.now = () => now() + globalThis.slept;
  });
  const stage = await Stage.open(page, url("#preset/split-brain"));
  const ms = async () => {
    const [number, unit] = (await stage.clock()).split(" ");
    return Number(number) * (unit === "s" ? 1000 : 1);
  };
  await stage.press("Space");
  await page.waitForFunction(() => document.querySelector(".clock b").textContent !== "0");
  const before = await ms();
  await page.evaluate(() => { globalThis.slept += 600_000; });
  await page.waitForFunction((before) => Number(document.querySelector(".clock b").textContent) > before, before);
  await stage.press("Space");
  await page.locator('.play[aria-label="Play"]').waitFor();
  assert.ok((await ms()) < before + 1_000, `from ${before} to ${await ms()}`);
});

// The sentence that stands where the program never comes.
const stalled = (page) => page.locator(".stalled");

test("if a file of the page does not load, a sentence says so at once", async () => {
  for (const [part, hash] of [["**/boot-*.js", ""], ["**/boot-*.js", figure], ["**/app-*.js", figure]]) {
    const { page } = await fresh(wide);
    await page.route(part, (route) => route.abort());
    await page.goto(url(hash));
    const shown = page.locator(".stalled:visible, .notice:visible").first();
    await shown.waitFor();
    await eventually(() => shown.textContent(), /not (been )?loaded|could not be loaded/);
    await eventually(() => shown.textContent(), /[Rr]eload/);
  }
});

test("if a file is never answered, or the first script does not load, a sentence says so after a while", async () => {
  for (const [part, answer] of [
    ["**/*.wasm", () => {}],
    ["**/boot-*.js", () => {}],
    ["**/start-*.js", (route) => route.abort()],
  ]) {
    const { page } = await fresh(wide);
    await page.route(part, answer);
    await page.goto(url(figure), { waitUntil: "commit" });
    // The style sheet waits for it: its time is let pass.
    await page.waitForFunction(() => {
      document.getAnimations().forEach((animation) => animation.finish());
      return document.querySelector(".stalled, .notice")?.checkVisibility({ visibilityProperty: true });
    });
    const shown = page.locator(".stalled, .notice").first();
    await eventually(() => shown.textContent(), /not loaded yet|could not be loaded/, part);
  }
});

test("no sentence about loading is shown once the program is there", async () => {
  const { page, bad } = await fresh(wide);
  await Stage.open(page, url());
  assert.equal(await stalled(page).count(), 0);
  assert.deepEqual(bad, []);
});

// Drops files on the page, as a file manager would.
const drop = async (page, files) => {
  const dataTransfer = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const [name, text] of files) data.items.add(new File([text], name));
    return data;
  }, files);
  await page.dispatchEvent("body", "dragenter", { dataTransfer });
  await page.dispatchEvent("body", "drop", { dataTransfer });
};

test("of several files that are dropped the ignored ones are named", async () => {
  const { page } = await fresh(wide);
  await Stage.open(page, url(figure));
  const notice = page.locator(".notice-line");
  await drop(page, [["one.hustings", 'title "One"\n'], ["two.hustings", 'title "Two"\n']]);
  await notice.getByText("One file opens at a time: one.hustings was read, and two.hustings was ignored.").waitFor();
  await eventually(() => title(page), "One");
  await drop(page, [["bad.hustings", "at 1ms crsh 6"], ["two.hustings", 'title "Two"\n'], ["three.hustings", ""]]);
  await notice.getByText("bad.hustings was read, and two.hustings and three.hustings were ignored.").waitFor();
  await eventually(() => notice.textContent(), /^The file bad\.hustings cannot be opened: /);
  await eventually(() => title(page), "One");
});

test("where the system forces its colours, the canvases have them", chromiumOnly("media cannot be emulated"), async () => {
  const { page, bad } = await fresh({ ...wide, forcedColors: "active" });
  const stage = await Stage.open(page, url("#preset/split-brain"));
  await stage.press("End");
  const canvases = () => page.evaluate(() => {
    const rgb = (name) => {
      const canvas = document.createElement("canvas");
      const context = canvas.getContext("2d");
      context.fillStyle = name;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).join();
    };
    const system = ["Canvas", "CanvasText", "Highlight", "HighlightText", "LinkText", "VisitedText", "GrayText",
      "ButtonFace", "ButtonText"].map(rgb);
    // Half-transparent and smooth edges apart, which are mixed, every pixel has one of them.
    return [...document.querySelectorAll("canvas.stage, .strip canvas, .spacetime canvas")].map((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const counts = new Map();
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] < 255) continue;
        const colour = data.slice(at, at + 3).join();
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
      const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 4).map(([colour]) => colour);
      return { name: canvas.className || canvas.parentElement.className, strange: most.slice(0, 2).filter((c) => !system.includes(c)), painted: most.length };
    });
  });
  await eventually(canvases, (found) =>
    found.some(({ painted }) => painted > 1) && found.every(({ strange }) => strange.length === 0));
  assert.deepEqual(bad, []);
});

test("an address that the page had no time to open is opened by the reload", async () => {
  const { page } = await fresh(wide);
  await Stage.open(page, url(figure));
  // The event of the new address does not reach the page, as after a reload before the event.
  await page.evaluate(() => {
    addEventListener("hashchange", (event) => event.stopImmediatePropagation(), true);
    location.hash = "#preset/split-brain";
  });
  await reload(page);
  await eventually(() => title(page), "The network splits while 5 leads");
  await page.waitForURL(/#preset\/split-brain/);
});
