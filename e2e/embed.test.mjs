// The element with the real player, from another origin and under a sub path.
import assert from "node:assert/strict";
import { test } from "node:test";
import { figure, hosts, ready, watchShifts, within } from "./host.mjs";
import { eventually, still } from "./eventually.mjs";
import { reportOf } from "./stage.mjs";

const { open, put, shared } = hosts({ built: true });
const one = (page) => page.locator("leader-election").first();
const run = (page, task, ...rest) => one(page).evaluate(task, ...rest);
const title = (page, index) => within(page, index).locator(".figure-head h1").textContent();
const clock = async (page) => (await within(page).locator(".clock").textContent()).replace(/\s+/g, " ").trim();

// Keeps every event of every figure, from the start on.
const NAMES = ["ready", "play", "pause", "timeupdate", "leaderchange", "splitbrain", "verdict", "ended", "changed", "error"];
const hearing = (page) =>
  page.addInitScript((names) => {
    window.heard = [];
    for (const name of names) {
      document.addEventListener(name, ({ type, detail, target }) => {
        if (target.localName === "leader-election") window.heard.push({ type, ...detail });
      }, name === "error");
    }
  }, NAMES);
const heard = (page, type) => page.evaluate((type) => window.heard.filter((one) => one.type === type), type);
const hears = (page, type, least = 1) =>
  page.waitForFunction(([type, least]) => window.heard.filter((one) => one.type === type).length >= least, [type, least]);

test("the player answers every method of the element, with times in seconds", async () => {
  const { page, bad } = await open(figure('preset="bully-figure"'), { ready: hearing });
  const result = await run(page, async (element) => {
    const at = [];
    const note = () => at.push([element.currentTime, element.paused]);
    await element.seek(0.268);
    note();
    await element.step(1);
    note();
    await element.step(-1);
    note();
    await element.step();
    await element.seek(1e6);
    note();
    element.currentTime = 0.1;
    const [report, link] = await Promise.all([element.report(), element.toLink()]);
    const { duration, speed } = element;
    element.speed = 0.02;
    await element.play();
    note();
    await element.pause();
    note();
    return { at, report, link, duration, speed, after: element.speed };
  });
  assert.deepEqual(result.report, reportOf("bully-figure"));
  assert.equal(result.duration, result.report.endUs / 1e6);
  assert.deepEqual([result.speed, result.after], [0.05, 0.02]);
  const [sought, stepped, back, end, playing, rested] = result.at;
  assert.deepEqual([sought, end], [[0.268, true], [result.duration, true]]);
  assert.ok(stepped[0] > 0.268 && stepped[0] < 0.3, `${stepped}`);
  assert.ok(back[0] <= 0.268, `${back}`);
  assert.equal(playing[1], false);
  assert.equal(rested[1], true);
  assert.ok(rested[0] >= 0.1 && rested[0] < 0.3, `${rested}`);
  assert.ok(result.link.startsWith(`${shared.player.url}#preset/bully-figure&t=100ms`), result.link);
  const [{ time: _at, ...first }] = await heard(page, "ready");
  assert.deepEqual(first, {
    type: "ready", title: "Bully: 3 notices that 6 is gone", algorithm: "bully", duration: result.duration, speed: 0.05, paused: true, height: null,
  });
  const [verdict] = await heard(page, "verdict");
  assert.deepEqual([verdict.holds, verdict.kept, verdict.total], [true, 8, 8]);
  for (const { text, holds, time, reason, line } of verdict.expectations) {
    assert.deepEqual([typeof text, holds, typeof reason, typeof line], ["string", true, "string", "number"]);
    assert.ok(time >= 0 && time <= result.duration, `${text}: ${time}`);
  }
  const link = await page.context().newPage();
  await link.goto(result.link);
  await link.locator(".transport .clock").waitFor();
  await eventually(() => link.locator(".transport .clock").textContent(), /^100\s*ms/);
  assert.deepEqual(bad, []);
});

test("events are sent once each, at their instant, and ended comes last", async () => {
  const { page, bad } = await open(figure('preset="split-brain" speed="2s"'), { ready: hearing });
  await run(page, async (element) => {
    await element.seek(0);
    window.heard.length = 0;
    await element.play();
  });
  await hears(page, "ended");
  const report = await run(page, (element) => element.report());
  const all = await page.evaluate(() => window.heard);
  assert.deepEqual(all.filter(({ type }) => ["play", "pause", "ended"].includes(type)).map(({ type }) => type), ["play", "pause", "ended"]);
  const spans = report.groups[0].leaders.slice(1).map(({ fromUs, leaders }) => ({ time: fromUs / 1e6, leaders }));
  const changes = all.filter(({ type }) => type === "leaderchange");
  assert.deepEqual(changes.map(({ time, leaders }) => ({ time, leaders })), spans);
  assert.ok(changes.every(({ group }) => group === report.groups[0].name));
  const splits = all.filter(({ type }) => type === "splitbrain").map(({ time, leaders }) => ({ time, leaders }));
  assert.deepEqual(splits, spans.filter(({ leaders }) => leaders.length > 1));
  assert.ok(splits.length > 0);
  const times = all.filter(({ type }) => type === "timeupdate").map(({ time }) => time);
  assert.deepEqual(times, [...times].sort((a, b) => a - b));
  assert.equal(all.at(-1).type, "ended");
  assert.equal(all.at(-1).time, report.endUs / 1e6);
  assert.deepEqual(bad, []);
});

test("a script, JSON and a link are loaded; an invalid one reports its line and changes nothing", async () => {
  const { page, bad } = await open(figure('preset="bully-figure" start-at="180ms"'), { ready: hearing });
  const load = (what) => run(page, (element, what) => element.load(what).then(() => null, ({ message }) => message), what);
  assert.equal(await load('title "From a script"\nat 100ms crash 6'), null);
  await eventually(() => title(page), "From a script");
  // Its attributes were about what its author wrote.
  await eventually(() => run(page, ({ currentTime }) => currentTime), 0);
  assert.equal(await load('title "Its own start"\nat 100ms crash 6\nfigure start 70ms'), null);
  await eventually(() => run(page, ({ currentTime }) => currentTime), 0.07);
  assert.equal(await load({ title: "From JSON", processes: [1, 2, 3] }), null);
  await eventually(() => within(page).locator(".accessible-list [data-rank]").count(), 3);
  assert.equal(await load("https://anywhere.example/#preset/two-crowns&t=90ms"), null);
  await eventually(() => run(page, ({ currentTime }) => currentTime), 0.09);
  const before = await title(page);
  assert.match(await load('title "No"\nat 100ms crsh 6'), /^read as a script, line 2, column 10: `crsh`/);
  assert.match(await load("{]"), /JSON/);
  assert.match(await load("#preset/nobody"), /no scenario named `nobody`/);
  assert.equal(await title(page), before);
  await eventually(() => within(page).locator(".notice-line").textContent(), /nobody/);
  await eventually(async () => (await heard(page, "error")).map(({ line }) => line), [2, null, null]);
  await eventually(async () => (await heard(page, "ready")).length, 5);
  // And the attributes are heeded again where they name another scenario.
  await run(page, (element) => element.setAttribute("preset", "two-leaders"));
  await hears(page, "ready", 6);
  await eventually(async () => (await heard(page, "ready"))[5].time, 0.18);
  assert.deepEqual(bad, []);
});

test("of several scenarios the first in their order is played", async () => {
  put("/a.hustings", 'title "By src"\nprocesses 3', { type: "text/plain" });
  const link = await (async () => {
    const { page } = await open(figure("", '<pre>title "By scenario"</pre>'));
    return run(page, (element) => element.toLink());
  })();
  const all = { src: "/a.hustings", scenario: link, preset: "bully-figure" };
  const wanted = ["By src", "By scenario", "3 notices that 6 is gone", "By text"];
  const names = Object.keys(all);
  const body = wanted
    .map((_, index) => names.slice(index).map((name) => `${name}="${all[name]}"`).join(" "))
    .map((attributes) => figure(attributes, '<script type="text/plain">title "By text"\nprocesses 4</script>'));
  const { page, bad } = await open(body.join(""));
  for (const [index, expected] of wanted.entries()) {
    await ready(page, index);
    await eventually(() => title(page, index), expected);
    const named = await page.locator("leader-election iframe").nth(index).getAttribute("title");
    assert.equal(named.replace("Bully: ", ""), expected);
  }
  assert.deepEqual(bad, []);
});

test("every attribute does what it says", async () => {
  const script = (line) => `<script type="text/plain">at 100ms crash 6\n${line}</script>`;
  const { page, bad } = await open(
    figure('preset="start" start-at="180ms" end-at="220ms" speed="1s" loop autoplay view="both" theme="dark" readonly') +
      figure('preset="start" controls="none"') + figure("", script("figure start 70ms end 90ms speed 20ms view spacetime")) +
      figure('start-at="80ms" view="stage"', script("figure start 70ms end 90ms speed 20ms view spacetime")),
    { viewport: { width: 900, height: 1800 }, ready: hearing },
  );
  for (const index of [0, 1, 2, 3]) await ready(page, index);
  const of = (index) =>
    page.locator("leader-election").nth(index).evaluate(({ duration, speed, paused }) => ({ duration, speed, paused }));
  await page.waitForFunction(() => !document.querySelector("leader-election").paused);
  await eventually(() => of(0), { duration: 0.22, speed: 1, paused: false });
  // Round and round between the two.
  await page.waitForFunction(() => {
    const times = window.heard.filter(({ type, time }) => type === "timeupdate" && time >= 0.18).map(({ time }) => time);
    return times.some((time, index) => index > 0 && time < times[index - 1]);
  });
  const outside = (await heard(page, "timeupdate")).filter(({ time }) => time > 0.22);
  assert.deepEqual(outside, []);
  const view = (index) => within(page, index).locator(".figure").getAttribute("data-view");
  await eventually(() => Promise.all([view(0), view(1), view(2), view(3)]), ["both", "stage", "spacetime", "stage"]);
  await eventually(() => within(page, 0).locator("html").getAttribute("data-theme"), "dark");
  await within(page, 0).locator('.accessible-list [data-rank="2"]').focus();
  await page.keyboard.press("x");
  await eventually(() => within(page, 0).locator(".notice-line").textContent(), /for looking at/);
  assert.equal(await within(page, 1).locator(".figure-bar").count(), 0);
  await eventually(() => of(2), { duration: 0.09, speed: 0.02, paused: true });
  const starts = async () => (await heard(page, "ready")).map(({ time }) => time).sort();
  await eventually(async () => (await starts()).slice(0, 2), [0.07, 0.08]);
  assert.deepEqual(bad, []);
});

test("with reduced motion autoplay does not start, and an invalid attribute is reported", async () => {
  const { page, bad } = await open(figure('preset="bully-figure" autoplay start-at="soon"'), { reducedMotion: "reduce", ready: hearing });
  await hears(page, "error");
  assert.equal(await run(page, ({ paused }) => paused), true);
  assert.equal((await heard(page, "play")).length, 0);
  await eventually(async () => (await heard(page, "error"))[0].text, /^start-at is `soon`; it has to be a duration/);
  await eventually(() => within(page).locator(".notice-line").textContent(), /start-at is `soon`/);
  await within(page).getByRole("button", { name: "Play" }).click();
  await hears(page, "play");
  await eventually(() => bad.join("\n"), /^console error: <leader-election>: start-at is `soon`; it has to be a duration.*$/);
});

test("ready is followed by the leaders, and by play if the figure plays by itself", async () => {
  const groups = '<pre>processes 4\ngroup a on 1 2\ngroup b on 3 4\n</pre>';
  const { page, bad } = await open(figure("autoplay", groups), { ready: hearing });
  await hears(page, "play");
  const events = (await page.evaluate(() => window.heard)).map(({ type, group, leaders }) => [type, group, leaders].filter(Boolean).join(" "));
  assert.deepEqual(events.slice(0, 5), ["ready", "verdict", "leaderchange a 2", "leaderchange b 4", "play"]);
  await eventually(() => run(page, ({ leaders }) => leaders), [2]);
  await run(page, (element) => element.load("leader none\nat 0ms crash 6"));
  await eventually(() => run(page, ({ leaders, ended }) => [leaders, ended]), [[], false]);
  await run(page, async (element) => {
    await element.pause();
    await element.seek(1e6);
  });
  await eventually(() => run(page, ({ ended }) => ended), true);
  assert.deepEqual(bad, []);
});

test("an error is shown in the figure with the author's text until it is corrected", async () => {
  const { page, bad } = await open(figure("", '<pre>title "Mine"\nat 100ms chrash 6</pre>'), { ready: hearing });
  await ready(page);
  await eventually(() => within(page).getByRole("alert").textContent(), /Line 2, column 10: `chrash`/);
  await eventually(() => within(page).locator(".figure-script li").allTextContents(), ['title "Mine"', "at 100ms chrash 6"]);
  await eventually(async () => (await heard(page, "error")).map(({ line }) => line), [2]);
  await eventually(() => bad.join("; "), /^console error: <leader-election>: read as a script, line 2, column 10: `chrash`[^;]*; did you mean/);
  bad.length = 0;
  await run(page, (element) => (element.querySelector("pre").textContent = 'title "Mine"\nat 100ms crash 6'));
  await hears(page, "ready");
  await eventually(() => title(page), "Mine");
  assert.deepEqual(bad, []);
});

test("a reader's change is reported and undone, and Open shows the same at the same instant", async () => {
  const { page, bad } = await open(figure('preset="bully-figure" start-at="50ms"'), { ready: hearing });
  await ready(page);
  await within(page).locator('.accessible-list [data-rank="5"]').focus();
  await page.keyboard.press("x");
  await within(page).getByText("changed").waitFor();
  const changes = async () => (await heard(page, "changed")).map(({ changed }) => changed);
  await eventually(changes, [true]);
  const [opened] = await Promise.all([
    page.context().waitForEvent("page"),
    within(page).getByRole("link", { name: "Open" }).click(),
  ]);
  await opened.locator(".transport .clock").waitFor();
  await eventually(() => opened.locator(".transport .clock").textContent(), /^51\s*ms/); // where the crash has happened
  assert.match(new URL(opened.url()).hash, /^#1\/.*&t=51ms/);
  assert.equal(new URL(opened.url()).search, "");
  assert.equal(await opened.evaluate(() => window.opener), null);
  await opened.close();
  await within(page).getByRole("button", { name: "Reset" }).click();
  await eventually(changes, [true, false]);
  await within(page).getByText("8 of 8 as expected").waitFor();
  assert.deepEqual(bad, []);
});

test("an older and a newer embed.js work with this player", async () => {
  const source = await (await fetch(`${shared.player.url}v1/embed.js`)).text();
  const variants = {
    // One that knows fewer notices.
    older: (text) => text.replace(/^ *(changed|splitbrain|verdict): .*\n/gm, ""),
    // One that can say more, and asks for it.
    newer: (text) => text.replace("const PROTOCOL = 1;", "const PROTOCOL = 9;").replace("report() {", 'rewind() {\n      return this.#figure.call({ kind: "rewind" });\n    }\n\n    report() {'),
  };
  for (const [name, change] of Object.entries(variants)) {
    assert.notEqual(change(source), source);
    put(`/${name}/embed.js`, change(source), { type: "text/javascript" });
    const head = `<script src="/${name}/embed.js" defer></script>`;
    const { page, bad } = await open(figure(`preset="split-brain" player="${shared.player.url}"`), { head, ready: hearing });
    await ready(page);
    const { digest } = await run(page, (element) => element.report());
    assert.equal(digest, reportOf("split-brain").digest);
    await run(page, (element) => element.seek(element.duration));
    assert.equal(await run(page, ({ ignored }) => ignored), 0, name);
    if (name === "newer") {
      const result = await run(page, (element) => element.rewind().catch(({ message }) => message));
      assert.match(result, /^unsupported: this player speaks protocol 1 and does not know `rewind`/);
    }
    assert.deepEqual(bad, []);
  }
});

test("Tab goes in and out again, and keys go to the focused document", async () => {
  const { page, bad } = await open(`<button id="before">Before</button>${figure('preset="bully-figure" start-at="268ms"')}<button id="after">After</button>`);
  await ready(page);
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.localName);
  await page.locator("#before").focus();
  for (const key of ["x", "ArrowRight", "Home"]) await page.keyboard.press(key);
  assert.equal(await clock(page), "268 ms");
  await page.keyboard.press("Tab");
  await eventually(focused, "leader-election");
  await page.keyboard.press("ArrowLeft");
  await page.waitForFunction(() => document.querySelector("leader-election").currentTime < 0.268);
  let presses = 0;
  while ((await focused()) === "leader-election" && presses < 40) {
    presses += 1;
    await page.keyboard.press("Tab");
  }
  await eventually(focused, "after");
  assert.ok(presses > 4 && presses < 20, `${presses}`);
  await page.keyboard.press("Shift+Tab");
  await eventually(focused, "leader-election");
  assert.deepEqual(bad, []);
});

test("the page around keeps its layout, address, history, focus and place", async () => {
  const body = `<input autofocus><p style="height:1200px"></p>${figure('preset="bully-figure" autoplay')}<p id="after">After</p>`;
  const { page, bad } = await open(body, { ready: (page) => page.addInitScript(watchShifts) });
  const held = () =>
    page.evaluate(() => ({
      address: location.href, entries: history.length, focus: document.activeElement.localName, title: document.title,
      at: scrollY, after: document.getElementById("after").offsetTop,
    }));
  const before = await held();
  await ready(page);
  await run(page, async (element) => {
    await element.load('title "Another"\nat 100ms crash 6');
    await element.play();
    element.setAttribute("view", "both");
  });
  await ready(page);
  assert.deepEqual(await still(held), before);
  assert.deepEqual(await page.evaluate(() => window.shifts), []);
  assert.deepEqual(bad, []);
});
