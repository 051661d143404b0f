// The page plays elections: what it shows is what the report says, and actions can be undone.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromiumOnly } from "./browser.mjs";
import { eventually, still } from "./eventually.mjs";
import { fragmentOf, reportOf, reportOfText, Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const shots = fileURLToPath(new URL("../target/shots/", import.meta.url));
mkdirSync(shots, { recursive: true });

// As the page says an instant.
const spoken = (us) => {
  const ms = Math.round(us / 1000);
  if (ms < 1000) return `${ms} ms`;
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${(ms / 1000).toFixed(3)} s`;
};

const leadersAt = (report, us) =>
  report.groups[0].leaders.find((span) => span.fromUs <= us && us < span.toUs).leaders;

test("at five instants of an election the page shows what the report says", async () => {
  const report = reportOf("bully-figure");
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  const stage = await Stage.open(page, url("#preset/bully-figure"));

  // The scripted expectations name the instants: each decides a count, a leader or the agreement.
  const wanted = ["messages Election = 3", "messages Alive = 2", "messages Proceed = 1",
    "messages Elected = 4", "agreement by 500ms"];
  for (const text of wanted) {
    const { index, atUs, holds } = report.expectations.find((e) => e.text === `expect ${text}`);
    assert.ok(holds, text);
    await stage.goToExpectation(index);
    await eventually(() => stage.clock(), spoken(atUs));
    const leaders = leadersAt(report, atUs);
    await eventually(() => stage.verdict(), leaders.length ? /^5 leads$/ : /^No leader for /);
    const [, kind, count] = text.match(/messages (\w+) = (\d+)/) ?? [];
    if (kind) await eventually(async () => (await stage.counts())[kind], Number(count), text);
    const processes = await stage.processes();
    assert.match(processes[6], /^crashed at 100 ms/);
    for (const rank of leaders) assert.match(processes[rank], /^leads/);
    await page.screenshot({ path: `${shots}election-${spoken(atUs).replace(" ", "-")}.png` });
  }

  // At the agreement all processes believe in the leader that the report has at the end.
  const processes = await stage.processes();
  for (const [rank, leader] of Object.entries(report.groups[0].believed)) {
    if (leader === null) assert.match(processes[rank], /^crashed/);
    else if (String(leader) === rank) assert.match(processes[rank], /^leads/);
    else assert.match(processes[rank], new RegExp(`^follows ${leader}`));
  }
  assert.deepEqual(bad, []);
});

test("an election plays to its end by itself, and stops there", async () => {
  const report = reportOf("bully-figure");
  const { page, bad } = await fresh();
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const before = await stage.picture();
  await stage.press("+", "+", "+", "+", "Space");
  await page.locator('.play[aria-label="Pause"]').waitFor();
  await page.locator('.play[aria-label="Play"]').waitFor();
  await eventually(() => stage.clock(), spoken(report.endUs));
  await eventually(() => stage.verdict(), "5 leads");
  const sent = async () => {
    const { Heartbeat: _, ...counts } = await stage.counts();
    return counts;
  };
  await eventually(sent, report.groups[0].messages.byKind);
  await eventually(() => stage.picture(), (picture) => picture !== before);
  assert.deepEqual(bad, []);
});

test("of many splits the number, the longest and the total are shown, each with a link to its instant", async () => {
  const script = "detector heartbeat every 100ms timeout 350ms\nseed 7\nuntil 5s\nat 500ms cut 3--6\nexpect no split brain\n";
  const report = reportOfText(script);
  const splits = report.groups[0].leaders.filter(({ leaders }) => leaders.length > 1);
  const length = ({ fromUs, toUs }) => toUs - fromUs;
  const longest = splits.reduce((one, other) => (length(other) > length(one) ? other : one));
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  const stage = await Stage.open(page, url(fragmentOf(script)));
  const reason = page.locator(".expectations small");
  await eventually(() => reason.textContent(), `${report.expectations[0].reason.replace("two", "Two")}.`);

  await reason.getByRole("button", { name: `${splits.length} times` }).click();
  await eventually(() => stage.clock(), spoken(splits[0].fromUs));
  for (const us of [longest.fromUs, longest.toUs]) {
    await reason.getByRole("button", { name: spoken(us), exact: true }).click();
    await eventually(() => stage.clock(), spoken(us));
  }
  // The text in the head during it agrees with the two instants.
  await reason.getByRole("button", { name: spoken(longest.fromUs), exact: true }).click();
  const [ms, from, to] = [length(longest), longest.fromUs, longest.toUs].map((us) => Math.round(us / 1000));
  assert.ok(Math.abs(ms - (to - from)) <= 1);
  await eventually(() => stage.verdict(), `Two leaders, 5 and 6, for ${to - from} ms`);
  await reason.getByRole("button", { name: / in all$/ }).click();
  await page.locator(".figures div", { hasText: "round" }).waitFor();
  assert.deepEqual(bad, []);
});

test("elections that overlap are one round, and the number of those started stands beside it", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  const stage = await Stage.open(page, url("#preset/everyone-notices"));
  await stage.press("End");
  const rounds = page.locator(".figures div").first();
  await eventually(() => rounds.textContent(), "1round, 5 elections started");
  assert.deepEqual(bad, []);
});

test("keys step from event to event, jump from moment to moment, and go to both ends", async () => {
  const { page } = await fresh();
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  await stage.press("ArrowRight");
  await eventually(() => stage.clock(), "100 ms");
  await eventually(() => stage.sentence(), "6, the leader, crashes.");
  await stage.press("Shift+ArrowRight");
  await eventually(() => stage.clock(), "200 ms");
  await eventually(() => stage.sentence(), /^3 suspects that 6 is gone and asks every higher rank: 4, 5 and 6\./);
  await stage.press("ArrowLeft");
  await eventually(() => stage.clock(), "100 ms");
  await stage.press("End");
  await eventually(() => stage.clock(), "2 s");
  await stage.press("Home");
  await eventually(() => stage.clock(), "0 ms");
});

test("a double click crashes a process, x lets it recover, and both can be undone", async () => {
  const { page, bad } = await fresh();
  const stage = await Stage.open(page, url("#preset/next-in-line-figure"));
  await stage.doubleClick(2);
  await eventually(async () => (await stage.processes())[2], /^crashed at 1 ms/);
  await page.locator('button[aria-label="Undo crash of 2"]').waitFor();

  // The double click has also selected it, so the key is about it.
  await stage.press("x");
  await eventually(async () => (await stage.processes())[2], /^follows nobody/);
  await stage.press("Control+z");
  await eventually(async () => (await stage.processes())[2], /^crashed/);
  await stage.press("Control+z");
  await eventually(async () => (await stage.processes())[2], /^follows 6/);
  await stage.press("Control+Shift+Z");
  await eventually(async () => (await stage.processes())[2], /^crashed/);
  assert.deepEqual(bad, []);
});

test("a process can be reached, selected and crashed with the keyboard alone", async () => {
  const { page } = await fresh();
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const six = page.locator('.accessible-list button[data-rank="6"]');
  for (let tabs = 0; tabs < 20; tabs += 1) {
    await page.keyboard.press("Tab");
    if (await six.evaluate((button) => button === document.activeElement)) break;
  }
  await stage.press("Enter");
  await eventually(() => six.getAttribute("aria-pressed"), "true");
  await stage.press("x");
  await eventually(async () => (await stage.processes())[6], /^crashed at 1 ms/);
});

test("the diagram is dragged to scrub, and other scenarios are in the gallery", async () => {
  const { page, bad } = await fresh();
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const diagram = await page.locator(".spacetime").boundingBox();
  const y = diagram.y + 36;
  await page.mouse.move(diagram.x + 70, y);
  await page.mouse.down();
  await page.mouse.move(diagram.x + diagram.width - 17, y, { steps: 4 });
  await page.mouse.up();
  // The first window ends a little after the agreement.
  await eventually(() => stage.clock(), (clock) => /^\d+ ms$/.test(clock) && parseInt(clock) > 292 && parseInt(clock) < 330);
  await eventually(() => stage.verdict(), /^5 leads/);

  await page.locator(".to-gallery").click();
  await page.locator(".card", { hasText: "Two leaders for good" }).click();
  await page.locator("h1", { hasText: "Two leaders for good" }).waitFor();
  await page.waitForURL(/#preset\/two-leaders$/);
  await stage.press("End");
  await eventually(() => stage.verdict(), /^Two leaders, 2 and 3/);
  assert.deepEqual(bad, []);
});

test("arrows go through the menu, Escape, Tab and a press elsewhere close it", async () => {
  const { page } = await fresh();
  await Stage.open(page, url("#preset/bully-figure"));
  const menu = page.locator(".menu-list");
  const focused = () => page.evaluate(() => document.activeElement.textContent || document.activeElement.ariaLabel);
  await page.locator(".menu summary").focus();
  for (const [key, first] of [["Enter", "Faults and overrides"], ["ArrowDown", "Faults and overrides"]]) {
    await page.keyboard.press(key);
    await menu.waitFor({ state: "visible" });
    await page.waitForFunction((first) => document.activeElement.textContent.trim() === first, first);
    for (const [next, item] of [["ArrowUp", "Print"], ["ArrowDown", first], ["ArrowDown", "Stage alone"], ["End", "Print"], ["Home", first]]) {
      await page.keyboard.press(next);
      await eventually(async () => (await focused()).trim(), item);
    }
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
    await eventually(focused, "More");
  }
  await page.keyboard.press("Enter");
  await menu.waitFor({ state: "visible" });
  await page.keyboard.press("Tab");
  await menu.waitFor({ state: "hidden" });
  await page.locator(".menu summary").click();
  await menu.waitFor({ state: "visible" });
  await page.mouse.click(200, 400);
  await menu.waitFor({ state: "hidden" });
});

test("an unknown address keeps a page on the screen and says what is wrong", async () => {
  const { page, bad } = await fresh();
  await Stage.open(page, url("#preset/nobody"));
  await eventually(() => page.locator(".notice-line").textContent(), "There is no scenario named `nobody`. Here is the start instead.");
  assert.deepEqual(bad, []);
});

test("a link opens its scenario as it was looked at, and one that lost its end says so", async () => {
  const { page, bad } = await fresh();
  // `at 100ms crash 6` and `at 200ms suspect 3`, as tests/links/v1/shortest.hustings keeps it.
  const link = "#1/EAadI8YJAA";
  const stage = await Stage.open(page, url(`${link}&t=150ms&sel=3`));
  await eventually(() => stage.clock(), "150 ms");
  await eventually(async () => (await stage.processes())[6], /^crashed at 100 ms/);
  await Stage.open(page, url(link.slice(0, -2)));
  await eventually(() => page.locator(".notice-line").textContent(), "This link is cut short: its end is missing; copy it again, up to its end. What was open stays.");
  assert.deepEqual(bad, []);
});

test("with reduced motion nothing starts by itself, and playing goes by steps", async () => {
  const { page } = await fresh({ reducedMotion: "reduce" });
  const stage = await Stage.open(page, url());
  assert.equal(await stage.clock(), "0 ms");
  await stage.press("Space");
  await eventually(() => stage.clock(), "100 ms");
});

for (const [name, width, height] of [["wide", 1440, 900], ["narrow", 1024, 768], ["phone", 390, 844]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`nothing is clipped or scrolls sideways: ${name}, ${colorScheme}`, async () => {
      const { page, bad } = await fresh({ viewport: { width, height }, colorScheme });
      const stage = await Stage.open(page, url("#preset/split-brain"));
      await stage.goToExpectation(0);
      await eventually(() => page.evaluate(() => document.documentElement.scrollWidth), width);
      await page.screenshot({ path: `${shots}split-brain-${name}-${colorScheme}.png` });
      assert.deepEqual(bad, []);
    });
  }
}

test("a double tap crashes a process on a phone, and a tap selects it", chromiumOnly("two taps of a driver are no double click"), async () => {
  const { page, bad } = await fresh({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const { x, y } = await stage.place(2);
  await page.touchscreen.tap(x, y);
  await page.locator('.accessible-list button[data-rank="2"][aria-pressed="true"]').waitFor();
  await page.touchscreen.tap(x, y);
  await page.touchscreen.tap(x, y);
  await eventually(async () => (await stage.processes())[2], /^crashed/);
  assert.deepEqual(bad, []);
});

test("a still page asks for no frame and sets no timer", async () => {
  const { page } = await fresh();
  await page.addInitScript(() => {
    window.asked = 0;
    for (const name of ["requestAnimationFrame", "setInterval", "setTimeout"]) {
      const real = window[name];
      window[name] = (...args) => {
        window.asked += 1;
        return real.apply(window, args);
      };
    }
  });
  const stage = await Stage.open(page, url());
  await page.locator('.play[aria-label="Pause"]').waitFor();
  const asked = () => page.evaluate(() => window.asked);
  assert.ok((await asked()) > 0, "the start plays");
  await stage.press("Space");
  await page.locator('.play[aria-label="Play"]').waitFor();
  // Longer than any period of the page; the page itself is not asked to wait.
  await still(asked);
});

test("an edit is painted once, with the run that follows from it", async () => {
  const { page, bad } = await fresh();
  await page.addInitScript(() => {
    window.painted = 0;
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...area) {
      if (this.canvas.className === "stage") window.painted += 1;
      return clear.apply(this, area);
    };
  });
  const stage = await Stage.open(page, url("#preset/bully-figure&t=250ms&sel=2"));
  const before = await still(() => page.evaluate(() => window.painted));
  assert.ok(before > 0, "the stage is painted");
  await stage.press("x");
  // The address is written last, when everything else has come to rest.
  await page.waitForFunction(() => location.hash.startsWith("#1/"));
  await eventually(async () => (await stage.processes())[2], /crashed/);
  assert.equal(await page.evaluate(() => window.painted), before + 1);
  assert.deepEqual(bad, []);
});
