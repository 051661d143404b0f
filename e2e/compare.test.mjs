// A comparison: the same faults under another algorithm, on one clock.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "./eventually.mjs";
import { Stage, algorithmRows, fragmentOf } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();

const compare = async (page) => {
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  await page.locator(".to-compare").evaluate((button) => button.click());
  await page.locator(".compare-middle").waitFor();
  return stage;
};

const whole = (page) => page.locator(".whole-line").first().locator("b").allTextContents();

test("bully takes ten messages and next in line seven, and they part at 200 ms", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  const stage = await compare(page);
  await eventually(() => whole(page), ["10", "7"]);
  await eventually(() => page.locator(".same").textContent(), /6 crashes at 100 ms, 3 suspects its leader at 200 ms/);
  await page.getByRole("button", { name: "First difference at 200 ms" }).click();
  await eventually(() => stage.clock(), "200 ms");
  const words = () => page.getByRole("region", { name: "First difference" }).innerText();
  await eventually(words, /Next in line: 3 suspects that 6 is gone and asks 5, the next in line./);
  await eventually(words, /Both have the same cause: 3 suspects its leader, at 200 ms./);
  await eventually(words, /Bully and Next in line have different rules for this./);
  await stage.press("End");
  await eventually(() => page.locator(".totals b").allTextContents(), ["10", "7"]);
  await page.getByRole("button", { name: "Close the comparison" }).click();
  await page.locator('.page[data-screen="stage"]').waitFor();
  assert.deepEqual(bad, []);
});

test("stepping goes through the instants of both runs", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  const stage = await compare(page);
  await page.getByRole("button", { name: "First difference at 200 ms" }).click();
  const lines = () => page.locator(".compare-line").allTextContents();
  const events = [new Set(), new Set()];
  for (let steps = 0; steps < 60 && (await stage.clock()) !== "1.300 s"; steps += 1) {
    await stage.press("ArrowRight");
    await page.evaluate(() => new Promise(requestAnimationFrame));
    (await lines()).forEach((line, side) => events[side].add(line));
  }
  // Each side came to rest at every sentence of its own, not only at those that share an instant.
  await eventually(() => page.locator(".totals b").allTextContents(), ["10", "7"]);
  assert.ok(events[0].size > 8, `${[...events[0]]}`);
  assert.ok(events[1].size > 5, `${[...events[1]]}`);
  assert.deepEqual(bad, []);
});

test("another algorithm can be chosen to compare with", async () => {
  const { page } = await fresh();
  await compare(page);
  await page.getByLabel("Compare with").selectOption("bully-textbook");
  await page.locator(".totals small", { hasText: "Textbook bully" }).waitFor();
});

test("the lists show what is compared, also after choices that the address replaces", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  await compare(page);
  const other = page.getByLabel("Compare with");
  const alternates = page.getByLabel("Alternates");
  await other.selectOption("bully-textbook");
  await other.selectOption("next-in-line");
  await alternates.selectOption("3");
  // The page has written its own address before another one is asked for.
  await page.waitForFunction(() => location.hash.includes("&vs=next-in-line-3"));
  for (const [address, name, count] of [["bully-textbook", "bully-textbook"], ["next-in-line-4", "next-in-line", "4"]]) {
    await page.evaluate((address) => (location.hash = `#preset/bully-figure&vs=${address}`), address);
    await eventually(() => other.inputValue(), name);
    if (count) await eventually(() => alternates.inputValue(), count);
  }
  assert.deepEqual(bad, []);
});

// The table of all algorithms, once each of them is simulated.
const table = async (page) => {
  await page.getByLabel("Compare with").selectOption("all");
  await page.locator(".all-table table[aria-busy=false]").waitFor();
  return page.getByRole("table", { name: "What each algorithm does in this scenario. Each value opens its run." });
};

const cells = (rows) =>
  rows.evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)));

test("the table of all algorithms has the numbers of the command line, and each opens its run", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  await Stage.open(page, url("#preset/unstable-rank"));
  await page.locator(".to-compare").click();
  await page.locator(".compare-middle").waitFor();
  const all = await table(page);
  await eventually(() => all.getByRole("columnheader").allTextContents(), ["algorithm", "messages",
    "messages until a leader", "leaderless", "split brain", "changes", "at the end"]);
  const expected = Object.values(algorithmRows("unstable-rank"));
  await eventually(() => cells(all.locator("tbody tr")), expected);
  await page.waitForURL(/#preset\/unstable-rank&vs=all$/);

  // A value of another algorithm opens the comparison with it, by a key, at the instant of the value.
  const value = all.getByRole("button", { name: /^Ring, leaderless: / });
  await value.focus();
  await page.keyboard.press("Enter");
  await page.locator(".compare-middle").waitFor();
  await eventually(() => page.getByLabel("Compare with").inputValue(), "ring");
  await eventually(() => new Stage(page).clock(), "1 s");
  await eventually(() => page.locator(".compare-side.right .compare-name small").first().textContent(), /^No leader/);

  // One of the scenario's own algorithm opens the scenario.
  await table(page);
  await all.getByRole("button", { name: "Bully, at the end: 6 leads", exact: true }).click();
  await page.locator('.page[data-screen="stage"]').waitFor();
  const stage = new Stage(page);
  await eventually(() => stage.verdict(), "6 leads");
  await page.waitForURL(/#preset\/unstable-rank&t=/);
  assert.deepEqual(bad, []);
});

test("the table is made one algorithm after the other, and again when the scenario changes", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  await compare(page);
  await page.evaluate(() => {
    window.missing = [];
    const count = () => {
      const missing = [...document.querySelectorAll(".all-words")].filter((cell) => cell.textContent === "Simulating…").length;
      if (document.querySelector(".all-table") && window.missing.at(-1) !== missing) window.missing.push(missing);
    };
    new MutationObserver(count).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  const all = await table(page);
  await eventually(() => page.evaluate(() => window.missing), [8, 7, 6, 5, 4, 3, 2, 1, 0]);
  const before = await cells(all.locator("tbody tr"));
  await page.evaluate((link) => (location.hash = link), `${fragmentOf("at 100ms crash 5 6\nat 200ms suspect 3")}&vs=all`);
  await all.getByRole("button", { name: "Bully, at the end: 4 leads", exact: true }).waitFor();
  assert.notDeepEqual(await cells(all.locator("tbody tr")), before);
  assert.deepEqual(bad, []);
});

test("an algorithm that does not allow a scenario says why, in the table and beside the scenario", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  const script = "processes list 1 2 300\nat 100ms crash 300\nat 200ms suspect 2";
  await Stage.open(page, url(fragmentOf(script)));
  await page.locator(".to-compare").click();
  await page.locator(".compare-middle").waitFor();
  const all = await table(page);
  const why = /the ranks of vrrp are priorities from 1 to 255/;
  const vrrp = all.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "VRRP" }) });
  await eventually(() => vrrp.textContent(), why);
  await page.getByLabel("Compare with").selectOption("vrrp");
  await page.getByRole("status").filter({ hasText: why }).waitFor();
  await table(page);
  assert.deepEqual(bad, []);
});

test("on a phone the values of the table scroll beside the names, and the page does not", async () => {
  const { page, bad } = await fresh({ viewport: { width: 390, height: 844 } });
  await compare(page);
  await page.locator(".compare-switch button").nth(1).click();
  const all = await table(page);
  const name = all.getByRole("rowheader", { name: "VRRP" });
  const last = all.getByRole("columnheader", { name: "at the end" });
  const before = await name.boundingBox();
  await all.getByRole("button", { name: /^VRRP, changes: / }).focus();
  await page.keyboard.press("Tab");
  await eventually(() => last.boundingBox(), ({ x, width }) => x + width <= 390);
  assert.equal((await name.boundingBox()).x, before.x);
  await eventually(() => page.evaluate(() => document.documentElement.scrollWidth), 390);
  assert.deepEqual(bad, []);
});

test("on a phone one side is shown at a time", async () => {
  const { page } = await fresh({ viewport: { width: 390, height: 844 } });
  await compare(page);
  await eventually(() => page.locator(".compare-side.right").isVisible(), false);
  await page.locator(".compare-switch button").nth(1).click();
  await eventually(() => page.locator(".compare-side.right").isVisible(), true);
  await eventually(() => page.locator(".compare-side.left").isVisible(), false);
});

test("the other algorithm may have other alternates, and the address says how many", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  await compare(page);
  const alternates = page.getByLabel("Alternates");
  await eventually(() => alternates.inputValue(), "2");
  await alternates.selectOption("4");
  await page.waitForFunction(() => location.hash.includes("&vs=next-in-line-4"));
  const address = page.url();
  await page.goto("about:blank");
  await Stage.open(page, address);
  await page.locator(".compare-middle").waitFor();
  await eventually(() => alternates.inputValue(), "4");
  // The form of old links, and a list, which the page offers nowhere.
  await Stage.open(page, url("#preset/bully-figure&vs=next-in-line-list-3-4"));
  await page.locator(".compare-middle").waitFor();
  await eventually(() => alternates.locator("option:checked").textContent(), "alternates 3 and 4");
  await page.getByLabel("Compare with").selectOption("bully-textbook");
  await alternates.waitFor({ state: "detached" });
  assert.deepEqual(bad, []);
});

for (const [width, height] of [[1440, 900], [1280, 720], [1024, 768], [768, 1024], [390, 844]]) {
  test(`no part of a comparison lies over another: ${width} by ${height}`, async () => {
    const { page, bad } = await fresh({ viewport: { width, height } });
    const stage = await compare(page);
    // The longest sentence of this run, and all of the counts.
    await page.getByRole("button", { name: "First difference at 200 ms" }).click();
    await stage.press("ArrowRight", "ArrowRight", "ArrowRight");
    const measured = () => page.evaluate(() => {
      const box = (node) => node.getBoundingClientRect();
      const names = [".same", ".compare-switch", ".compare-head", ".compare-stage", ".compare-middle",
        ".compare > .transport", ".first-difference", ".compare-diagram", ".compare-line"];
      const parts = names.flatMap((name) =>
        [...document.querySelectorAll(name)].map((node) => ({ name, node, box: box(node) })));
      const seen = parts.filter(({ node, box }) =>
        box.height > 0 && getComputedStyle(node).position !== "fixed");
      const over = [];
      for (const [place, a] of seen.entries()) {
        for (const b of seen.slice(place + 1)) {
          const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
          const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
          if (high > 1 && wide > 1) over.push(`${a.name} and ${b.name} by ${high}`);
        }
      }
      const all = document.querySelector(".compare");
      const least = Math.min(...seen.filter(({ name }) => name === ".compare-stage")
        .map(({ box }) => box.height));
      return { over, hidden: all.scrollHeight - all.clientHeight, least };
    });
    // No part of it is hidden: all is in sight, or the page scrolls.
    await eventually(measured, ({ over, hidden, least }) => over.length === 0 && hidden === 0 && least >= 260);
    await eventually(() => page.evaluate(() => document.documentElement.scrollWidth), width);
    assert.deepEqual(bad, []);
  });
}

for (const [width, height] of [[1440, 900], [1280, 720], [1024, 768]]) {
  test(`every count of a comparison with two leaders is in sight: ${width} by ${height}`, async () => {
    const { page, bad } = await fresh({ viewport: { width, height } });
    await Stage.open(page, url("#preset/split-brain&vs=next-in-line&t=1.6s"));
    const middle = page.locator(".compare-middle");
    await middle.locator(".whole-line", { hasText: "split brain" }).waitFor();
    await eventually(() => middle.evaluate((table) => table.scrollHeight - table.clientHeight), 0);
    assert.deepEqual(bad, []);
  });
}

for (const width of [1440, 1280, 1024, 768, 390, 320]) {
  test(`counts of a comparison do not touch: ${width} wide`, async () => {
    const { page } = await fresh({ viewport: { width, height: 900 } });
    // Thousands of messages, and lengths in minutes.
    const script = "processes 6\ndetector heartbeat every 20ms timeout 60ms\nloss 30%\nuntil 60s\nat 100ms crash 6";
    const stage = await Stage.open(page, url(fragmentOf(script)));
    await page.locator(".to-compare").evaluate((button) => button.click());
    await page.locator(".compare-middle .whole-line").first().waitFor();
    await stage.press("End");
    const touching = () => page.evaluate(() => {
      const rows = [...document.querySelectorAll(".bars, .whole-line, .totals")];
      const over = [];
      for (const row of rows) {
        const parts = [...row.children].map((node) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          const box = node.textContent ? range.getBoundingClientRect() : node.getBoundingClientRect();
          return { words: node.textContent, left: box.left, right: box.right, width: box.width };
        }).filter((part) => part.width > 0);
        for (const [place, part] of parts.slice(1).entries()) {
          if (part.left < parts[place].right + 1) over.push(`${parts[place].words}|${part.words}`);
        }
      }
      const room = document.querySelector(".compare-middle");
      return { over, spills: room.scrollWidth > room.clientWidth, heartbeats: room.innerText.includes("heartbeats") };
    });
    await eventually(touching, { over: [], spills: false, heartbeats: true });
  });
}
