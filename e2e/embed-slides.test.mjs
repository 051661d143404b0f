// A figure in slides, in print, and far down a page: autoplay when it is visible, keys for the slides, and
// the printed picture.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chromiumOnly } from "./browser.mjs";
import { figure, hosts, inside, ready, events } from "./host.mjs";
import { eventually } from "./eventually.mjs";

const { open, put, tag } = hosts();
const one = (page) => page.locator("leader-election").first();
const run = (page, act, ...rest) => one(page).evaluate(act, ...rest);
const kinds = async (page, index) => (await events(page, index)).map(({ kind }) => kind);
const plays = async (page, index = 0) =>
  (await inside(page, index)).waitForFunction(() => window.player.commands.some(({ kind }) => kind === "play"));
// Waits until observers and transitions have reported.
const settled = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));

test("autoplay begins when half of the figure is visible, not when it is loaded", async () => {
  const { page, bad } = await open(`<p style="height:650px"></p>${figure('preset="start" autoplay')}<p style="height:3000px"></p>`, {
    viewport: { width: 900, height: 600 },
    ready: (page) => page.addInitScript(() => document.addEventListener("play", () => (window.playing = true))),
  });
  await ready(page);
  await settled(page);
  assert.deepEqual(await kinds(page), []);
  await page.evaluate(() => scrollTo(0, 200));
  await settled(page);
  assert.deepEqual(await kinds(page), [], "a strip of it");
  await page.evaluate(() => scrollTo(0, 500));
  await plays(page);
  await page.waitForFunction(() => window.playing && !document.querySelector("leader-election").paused);
  // Once: what a reader has paused stays so.
  await run(page, (element) => element.pause());
  for (const top of [0, 600]) {
    await page.evaluate((top) => scrollTo(0, top), top);
    await settled(page);
  }
  assert.deepEqual(await kinds(page), ["play", "pause"]);
  assert.deepEqual(bad, []);
});

test("autoplay of a figure higher than the window, by a later attribute, and with reduced motion", async () => {
  const tall = '<leader-election preset="start" autoplay style="display:block;height:2400px"></leader-election>';
  const { page } = await open(tall, { viewport: { width: 900, height: 600 } });
  await plays(page);
  const later = await open(figure());
  await ready(later.page);
  await run(later.page, (element) => element.setAttribute("autoplay", ""));
  await plays(later.page);
  const calm = await open(figure('preset="start" autoplay'), { reducedMotion: "reduce" });
  await ready(calm.page);
  await settled(calm.page);
  assert.deepEqual(await kinds(calm.page), []);
});

// Makers of slides lay them over each other, and hide all but one by a class.
const SLIDES = `<style>
  main { position: relative; height: 500px; }
  section { position: absolute; inset: 0; } section:not(.present) { visibility: hidden; }
  section.faded { visibility: inherit; opacity: 0; transition: opacity 50ms; } section.faded.present { opacity: 1; }
</style>`;

test("in slides autoplay begins when the slide is shown, pauses when it is left, and continues", async () => {
  for (const way of ["", "faded"]) {
    const slides = `<section class="${way} present"><h2>First</h2></section><section class="${way}">${figure('preset="start" autoplay')}</section>`;
    const { page, bad } = await open(slides, { head: SLIDES + tag() });
    const turn = (to) => page.evaluate((to) => {
      for (const [index, slide] of [...document.querySelectorAll("section")].entries()) slide.classList.toggle("present", index === to);
    }, to);
    // Hidden, and there.
    await one(page).locator("iframe:not(.coming)").waitFor({ state: "attached" });
    await settled(page);
    assert.deepEqual(await kinds(page), [], way);
    await turn(1);
    await plays(page);
    await turn(0);
    await (await inside(page)).waitForFunction(() => window.player.commands.some(({ kind }) => kind === "pause"));
    await turn(1);
    await (await inside(page)).waitForFunction(() => window.player.commands.filter(({ kind }) => kind === "play").length === 2);
    assert.deepEqual(await kinds(page), ["play", "pause", "play"], way);
    assert.deepEqual(bad, []);
  }
});

test("a figure on a slide that is left gives the keys back to the page", async () => {
  const slides = `<section class="present">${figure()}</section><section><h2>Second</h2></section>`;
  const { page, bad } = await open(slides, { head: SLIDES + tag() });
  await ready(page);
  await page.evaluate(() => {
    window.keys = [];
    document.addEventListener("keydown", ({ key }) => window.keys.push(key));
  });
  await one(page).locator("iframe").focus();
  await eventually(() => page.evaluate(() => document.activeElement.localName), "leader-election");
  await page.evaluate(() => document.querySelectorAll("section").forEach((slide) => slide.classList.toggle("present")));
  await page.waitForFunction(() => document.activeElement === document.body);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => window.keys.length === 1);
  assert.deepEqual(bad, []);
});

test("the page receives the keys that the frame passes on, with their key codes, and no others", async () => {
  const { page, bad } = await open(figure());
  await ready(page);
  await page.evaluate(() => {
    window.keys = [];
    document.addEventListener("keydown", ({ key, keyCode, shiftKey, target }) => window.keys.push([key, keyCode, shiftKey, target.localName]));
  });
  const send = (key, shift = false) => inside(page, 0, ({ key, shift }) => window.notify("key", { key, shift }), { key, shift });
  // Without the focus in its frame a figure passes on no key.
  await send("PageDown");
  // As a reader gives it the focus; from a script it would stay half in the page.
  await one(page).locator("iframe").click();
  await send("PageUp");
  for (const key of ["Enter", "a", "F5", "constructor"]) await send(key);
  await send("ArrowRight", true);
  await page.waitForFunction(() => window.keys.length === 2);
  await eventually(() => page.evaluate(() => window.keys), [["PageUp", 33, false, "leader-election"], ["ArrowRight", 39, true, "leader-election"]]);
  assert.deepEqual(bad, []);
});

test("print shows the poster, else the frame, else the author's text, and splits no figure", chromiumOnly("media cannot be emulated"), async () => {
  put("/own.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4H0z"/></svg>', { type: "image/svg+xml" });
  const far = '<p style="height:9000px"></p>';
  const { page, bad } = await open(
    figure('preset="start"') + figure("", "<pre>processes 3</pre>") + far + figure("", "<pre>processes 4</pre>") +
      '<pre class="leader-election"><code>processes 5</code></pre>' + figure('preset="start" start-at="1s"'),
  );
  await ready(page, 0);
  await ready(page, 1);
  // As a browser does it around printing; what is on the paper is what is visible then.
  const shown = () => page.evaluate(() =>
    [...document.querySelectorAll("leader-election")].map((element) => {
      const seen = (part) => Boolean(element.shadowRoot.querySelector(part)?.checkVisibility());
      const parts = [".poster", "iframe", ".text", ".script"].filter(seen);
      return [...parts, getComputedStyle(element).breakInside].join(" ");
    }));
  const block = page.locator("pre.leader-election");
  const screen = await shown();
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  await eventually(shown, [".poster avoid", "iframe avoid", ".text avoid", "avoid", ".poster avoid"]);
  await eventually(() => block.isVisible(), true);
  const text = page.locator("leader-election").nth(2);
  await eventually(() => text.boundingBox(), ({ height }) => height < 100, "as high as its text");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await eventually(shown, screen);
  await eventually(() => block.isVisible(), false);
  // The browser's own way tells the page of it too.
  await page.evaluate(() => {
    window.printed = [];
    addEventListener("beforeprint", () => window.printed.push(document.querySelectorAll("leader-election[data-print]").length));
  });
  await page.pdf();
  assert.deepEqual(await page.evaluate(() => [window.printed, document.querySelectorAll("leader-election[data-print]").length]), [[2], 0]);
  assert.deepEqual(bad, []);
});

test("a page opened from a file says what to do", async () => {
  const { page } = await open(figure('preset="start" player="file:///somewhere/hustings/"'));
  await eventually(() => one(page).locator(".note p").innerText(), "Browsers play no figures from files. Serve the folder and open it by http: python3 -m http.server.");
});
