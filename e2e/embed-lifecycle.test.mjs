// What a figure costs its page: posters, frames, theme, listeners, focus and layout.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "./browser.mjs";
import { figure, hosts, inside, ready, events, watchShifts } from "./host.mjs";
import { eventually, still } from "./eventually.mjs";

const { open, put, tag, shared } = hosts();
const one = (page) => page.locator("leader-election").first();
const run = (page, task, ...rest) => one(page).evaluate(task, ...rest);
const frames = (page) => page.locator("leader-election iframe");
const theme = (page) => run(page, ({ shadowRoot }) => (shadowRoot.querySelector(".all").matches(".dark") ? "dark" : "light"));
const becomes = async (page, wanted) => {
  const all = wanted === "dark" ? ".all.dark" : ".all:not(.dark)";
  await one(page).locator(all).waitFor();
};

// Everything that a page has and would notice if it grew.
const counting = (page) =>
  page.addInitScript(() => {
    window.held = { listeners: 0, observers: new Set(), ports: 0 };
    const { held } = window;
    const outer = { add: EventTarget.prototype.addEventListener, remove: EventTarget.prototype.removeEventListener };
    const isOfPage = (target) => target === window || target === document || target instanceof MediaQueryList;
    EventTarget.prototype.addEventListener = function (...args) {
      if (isOfPage(this ?? window)) held.listeners += 1;
      return outer.add.apply(this, args);
    };
    EventTarget.prototype.removeEventListener = function (...args) {
      if (isOfPage(this ?? window)) held.listeners -= 1;
      return outer.remove.apply(this, args);
    };
    for (const name of ["MutationObserver", "IntersectionObserver", "ResizeObserver"]) {
      const { observe, disconnect } = window[name].prototype;
      window[name].prototype.observe = function (...args) {
        held.observers.add(this);
        return observe.apply(this, args);
      };
      window[name].prototype.disconnect = function () {
        held.observers.delete(this);
        return disconnect.call(this);
      };
    }
    const Channel = window.MessageChannel;
    window.MessageChannel = class extends Channel {
      constructor() {
        super();
        held.ports += 1;
        const { close } = this.port1;
        this.port1.close = () => {
          held.ports -= 1;
          close.call(this.port1);
        };
      }
    };
  });

test("a poster is shown at once, by the documented order", async () => {
  put("/own.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4H0z"/></svg>', { type: "image/svg+xml" });
  const far = '<p style="height:9000px"></p>';
  const picture = '<svg id="drawn" viewBox="0 0 8 8"><circle r="4"/></svg>';
  const { page } = await open(
    far +
      figure('preset="start" poster="/own.svg"', picture) + figure('preset="start"', picture) + figure('preset="start"') +
      figure('preset="nobody"') + figure('title="A crash"', "<pre>leader none</pre>") + figure('aria-label="Named" title="Other"', "<pre>processes 40</pre>") +
      figure("", "<figcaption>A caption</figcaption><pre>processes 7</pre>") + figure("", '<pre>title "For the player"</pre>'),
  );
  const shown = (index) =>
    page.locator("leader-election").nth(index).evaluate(({ shadowRoot }) => {
      const [shown] = shadowRoot.querySelector(".poster").children;
      if (shown.localName === "slot") return shown.assignedElements()[0].id;
      return shown.getAttribute("src") ?? shown.textContent;
    });
  await page.locator("leader-election").nth(3).locator(".calm").waitFor();
  // Without a picture there is a name, and no leader is mentioned.
  await eventually(() => Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(shown)), [
    "/own.svg", "drawn", `${shared.player.url}v1/posters/start.svg`, "Leader election: nobody", "A crash", "Named", "A caption",
    "Leader election",
  ]);
  assert.equal(await frames(page).count(), 0);
  const drawn = () => page.locator("#drawn").last().boundingBox();
  await eventually(drawn, ({ width, height }) => width > 100 && height > 200, "it fills the figure");
});

test("the poster follows the theme, from a preset and from an author", async () => {
  for (const name of ["a", "b"]) put(`/${name}.svg`, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>', { type: "image/svg+xml" });
  const { page, bad } = await open(
    `<p style="height:9000px"></p>${figure()}${figure('preset="start" poster="/a.svg" poster-dark="/b.svg"')}${figure('preset="start" poster="/a.svg"')}`,
    { head: `<style>html { background: #fff } html.dark { background: #111 }</style>${tag()}` },
  );
  const shown = () => page.evaluate(() =>
    [...document.querySelectorAll("leader-election")].map(({ shadowRoot }) => shadowRoot.querySelector("img").getAttribute("src").split("/").pop()));
  await page.locator("leader-election").nth(2).locator("img").waitFor({ state: "attached" });
  await eventually(shown, ["start.svg", "a.svg", "a.svg"]);
  await page.evaluate(() => (document.documentElement.className = "dark"));
  await becomes(page, "dark");
  await eventually(shown, ["start-dark.svg", "b.svg", "a.svg"]);
  await page.evaluate(() => (document.documentElement.className = ""));
  await becomes(page, "light");
  await eventually(shown, ["start.svg", "a.svg", "a.svg"]);
  assert.deepEqual(bad, []);
});

test("nothing moves when a figure becomes live, or fails to", async () => {
  const body = `<p>Before</p>${figure()}<p id="after">After</p>${figure("", "<pre>processes 3</pre>")}${figure('src="/gone"')}<p>End</p>`;
  const { page } = await open(body, {
    ready: (page) => page.addInitScript(watchShifts),
  });
  const before = await page.locator("#after").boundingBox();
  await ready(page, 0);
  await page.locator("#after").scrollIntoViewIfNeeded();
  await ready(page, 1);
  await page.locator("leader-election").nth(2).locator(".note").waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  assert.deepEqual(await page.locator("#after").boundingBox(), before);
  assert.deepEqual(await page.evaluate(() => window.shifts), []);
  assert.equal((await one(page).boundingBox()).height, 420);
});

test("a figure far away loads nothing, and touches neither focus nor history", async () => {
  const { page, bad } = await open(`<input autofocus><p style="height:9000px"></p>${figure()}`);
  assert.equal(await frames(page).count(), 0);
  const before = await page.evaluate(() => [history.length, location.href]);
  await page.evaluate(() => scrollTo(0, 8200));
  await ready(page);
  await run(page, (element) => element.setAttribute("view", "both"));
  await ready(page);
  await inside(page);
  assert.deepEqual(await page.evaluate(() => [history.length, location.href]), before);
  assert.equal(await page.evaluate(() => document.activeElement.localName), "input");
  assert.deepEqual(bad, []);
});

test("six of ten are live, and a replaced figure continues at its instant", async () => {
  const ten = Array.from({ length: 10 }, () => figure() + '<p style="height:200px"></p>').join("");
  const { page, bad } = await open(ten, { viewport: { width: 900, height: 600 } });
  await ready(page, 0);
  await run(page, (element) => element.seek(0.7));
  await inside(page, 0, () => window.notify("play", { atUs: 700_000 }));
  await page.waitForFunction(() => !document.querySelector("leader-election").paused);
  for (let index = 1; index < 10; index += 1) {
    await page.locator("leader-election").nth(index).scrollIntoViewIfNeeded();
    await ready(page, index);
    assert.ok((await frames(page).count()) <= 6, `at ${index}`);
  }
  await eventually(() => frames(page).count(), 6);
  await eventually(() => one(page).locator("iframe").count(), 0);
  await eventually(() => one(page).locator(".poster").isVisible(), true);
  const there = await run(page, ({ currentTime }) => currentTime);
  assert.ok(there >= 0.7, there);

  await page.evaluate(() => scrollTo(0, 0));
  await ready(page, 0);
  await (await inside(page)).waitForFunction(() => window.player.commands.some(({ kind }) => kind === "play"));
  const commands = await events(page, 0);
  assert.deepEqual(commands, [{ kind: "seek", atUs: Math.round(there * 1e6) }, { kind: "play" }]);
  assert.deepEqual(bad, []);
});

test("close figures become live one after the other, about a screen ahead", async () => {
  const { page } = await open(figure().repeat(8), { viewport: { width: 900, height: 600 } });
  await ready(page, 0);
  assert.ok((await still(() => frames(page).count())) <= 3, "two screens");
  for (let index = 1; index < 8; index += 1) {
    await page.locator("leader-election").nth(index).scrollIntoViewIfNeeded();
    await ready(page, index);
  }
  // All at once, and back.
  await page.evaluate(() => scrollTo(0, 0));
  await ready(page, 0);
  assert.ok((await frames(page).count()) <= 6);
  // A figure that was near without a frame gets one when it is visible.
  const small = '<leader-election preset="start" style="display:block;height:200px"></leader-election>';
  const close = await open(small.repeat(9), { viewport: { width: 900, height: 700 } });
  for (let index = 0; index < 9; index += 1) {
    await close.page.locator("leader-election").nth(index).scrollIntoViewIfNeeded();
    await ready(close.page, index);
  }
});

test("with more than six in sight, a press makes another one live", async () => {
  const small = '<leader-election preset="start" style="display:block;height:80px"></leader-election>';
  const { page } = await open(small.repeat(8), { viewport: { width: 900, height: 900 } });
  for (let index = 0; index < 6; index += 1) await ready(page, index);
  const button = page.locator("leader-election").nth(7).getByRole("button", { name: "Show this figure" });
  await button.press("Enter");
  await ready(page, 7);
  await eventually(() => frames(page).count(), 6);
});

test("its theme follows the page behind it, for every way to switch", async () => {
  const style = `<style>
    html { background: #fff; } .dark { background: #111; } [data-theme=dark] { background: oklch(0.2 0.02 260); }
    @media (prefers-color-scheme: dark) { .auto { background: rgb(20 20 20); } }
    .card { background: color(srgb 0.05 0.05 0.1); } .glass { background: rgb(0 0 0 / 0.2); }
  </style>`;
  const { page, bad } = await open(`<div id="box">${figure('preset="start" poster="none.svg"')}</div>`, {
    head: style + tag(), colorScheme: "light",
    ready: (page) => page.route("**/none.svg", (route) => route.fulfill({ contentType: "image/svg+xml", path: "fixtures/poster.svg" })),
  });
  await ready(page);
  assert.equal(await theme(page), "light");
  const html = (action) => page.evaluate(new Function(`const html = document.documentElement; const box = document.getElementById("box"); ${action}`));
  const switches = [
    ['html.className = "dark"', "dark"], ['html.className = ""', "light"],
    ['html.dataset.theme = "dark"', "dark"], ["delete html.dataset.theme", "light"],
    ['document.body.style.background = "#222"', "dark"], ['document.body.style.background = ""', "light"],
    ['box.className = "card"', "dark"], ['box.className = "glass"', "light"],
    ['html.className = "auto"', "light"],
  ];
  for (const [action, wanted] of switches) {
    await html(action);
    await becomes(page, wanted);
  }
  // No other driver can change what the system prefers.
  await (engine === "chromium" ? page.emulateMedia({ colorScheme: "dark" }) : html('html.className = "dark"'));
  await becomes(page, "dark");
  const frame = await inside(page);
  await frame.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  const schemes = () => run(page, ({ shadowRoot }) =>
    ["img", "iframe"].map((name) => getComputedStyle(shadowRoot.querySelector(name)).colorScheme));
  await eventually(schemes, ["dark", "dark"]);
  // What its author says beats what is behind it.
  await run(page, (element) => element.setAttribute("theme", "light"));
  await becomes(page, "light");
  await frame.waitForFunction(() => document.documentElement.dataset.theme === "light");
  await eventually(schemes, ["light", "light"]);
  assert.deepEqual(bad, []);
});

test("a page that fades to dark is followed to the end, and a page without a background too", async () => {
  const style = "<style>body { background: #fff; transition: background-color 60ms } .dark { background: #111 }</style>";
  const { page } = await open(figure(), { head: style + tag() });
  await becomes(page, "light");
  await page.evaluate(() => document.body.classList.add("dark"));
  await becomes(page, "dark");

  const plain = await open(figure(), { head: `<meta name="color-scheme" content="light dark">${tag()}`, colorScheme: "dark" });
  await becomes(plain.page, "dark");
});

test("a moved figure continues at its instant, and its commands are answered", async () => {
  const { page, bad } = await open(`<div id="a">${figure()}</div><div id="b"></div>`);
  await ready(page);
  await run(page, (element) => element.seek(1.25));
  const text = await run(page, async (element) => {
    const report = element.report();
    document.getElementById("b").append(element);
    return report;
  });
  assert.equal(text.algorithm, "bully");
  await ready(page);
  await eventually(() => events(page), [{ kind: "seek", atUs: 1_250_000 }, { kind: "report" }]);
  await eventually(() => run(page, ({ currentTime }) => currentTime), 1.25);
  // A reloaded frame sends hello again.
  await (await inside(page)).evaluate(() => location.reload()).catch(() => {});
  await page.frames()[1].waitForFunction(() => {
    const kinds = window.player?.commands.map(({ kind }) => kind) ?? [];
    return kinds.includes("seek") && !kinds.includes("report");
  });
  await eventually(() => events(page), [{ kind: "seek", atUs: 1_250_000 }]);
  assert.deepEqual(bad, []);
});

test("two hundred figures that are added, moved and removed leave nothing behind", async () => {
  const { page, bad } = await open("<div id=a></div><div id=b></div>", { ready: counting });
  await page.waitForFunction(() => customElements.get("leader-election"));
  const held = () =>
    page.evaluate(() => ({
      listeners: window.held.listeners, observers: window.held.observers.size, ports: window.held.ports,
      // A window does not count the frames of shadow trees.
      frames: [...document.querySelectorAll("leader-election")].filter(({ shadowRoot }) => shadowRoot.querySelector("iframe")).length,
    }));
  // One that lives through all of it keeps what it has.
  await page.evaluate(() => (document.getElementById("a").innerHTML = '<leader-election preset="start"></leader-election>'));
  await ready(page);
  const before = await held();
  assert.equal(before.ports, 1);
  await page.evaluate(async () => {
    const [a, b] = ["a", "b"].map((id) => document.getElementById(id));
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    for (let round = 0; round < 200; round += 1) {
      const element = document.createElement("leader-election");
      element.setAttribute("preset", "start");
      a.append(element);
      if (round % 3 === 0) await frame();
      b.append(element);
      if (round % 20 === 0) await element.report();
      element.remove();
    }
  });
  assert.deepEqual(await still(held), before);
  assert.deepEqual(bad, []);
});
