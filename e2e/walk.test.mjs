// Rare states of the page: one process, a long title, forced colours.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromiumOnly } from "./browser.mjs";
import { eventually } from "./eventually.mjs";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const shots = fileURLToPath(new URL("../target/shots/", import.meta.url));
mkdirSync(shots, { recursive: true });

const open = async (options, text) => {
  const { page, bad } = await fresh(options);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  if (text) {
    await page.locator(".to-script:visible, .to-panel:visible").first().click();
    await page.locator(".panel textarea").fill(text);
    await page.locator('.panel-head button[aria-label="Close"]').click();
  }
  return { page, bad, stage };
};

test("one process alone: no hint offers an impossible action", async () => {
  const { page, bad } = await open({ viewport: { width: 1440, height: 900 } }, "processes 1\n");
  await page.locator(".story-first", { hasText: /^Nothing happens in this run\.$/ }).waitFor();
  await eventually(() => page.locator(".stage-hint").textContent(), "Double-click a process to crash it");
  await page.screenshot({ path: `${shots}walk-one.png` });
  assert.deepEqual(bad, []);
});

test("a window has the title of its scenario, and a long title has a tooltip", async () => {
  const long = "What happens when the leader of a cluster is lost and found and lost again ".repeat(2).trim();
  const { page, bad } = await open({ viewport: { width: 1024, height: 768 } }, `title "${long}"\n`);
  await page.waitForFunction((long) => document.title === `${long} – Hustings`, long);
  await eventually(() => page.locator(".head-name").getAttribute("title"), `${long}: press to edit the title`);
  await eventually(() => page.evaluate(() => document.documentElement.scrollWidth), 1024);
  assert.deepEqual(bad, []);
  const { page: start } = await fresh();
  await Stage.open(start, url());
  await eventually(() => start.title(), "Hustings: a leader-election playground");
});

test("the speed can be set with a panel open, and every button of the transport has a name", async () => {
  const { page } = await open({ viewport: { width: 1440, height: 900 } });
  await page.locator(".to-script").click();
  const speed = page.getByRole("slider", { name: "Speed" });
  await speed.waitFor();
  await page.getByRole("button", { name: "Skip quiet time" }).click();
  const boxes = () => Promise.all([".transport", ".transport .loop"].map((part) => page.locator(part).boundingBox()));
  await eventually(boxes, ([transport, loop]) => loop.x + loop.width <= transport.x + transport.width, "nothing is pushed out");
});

test("on a tablet the tab that is shown is the one that is pressed", async () => {
  const { page } = await open({ viewport: { width: 800, height: 1100 } });
  const pressed = () => page.locator('.tab[aria-pressed="true"]').allTextContents();
  await eventually(pressed, ["Verdicts"]);
  await page.locator(".verdict").waitFor();
  await page.locator(".to-story").click();
  await eventually(pressed, ["Story"]);
});

test("with forced colours the slider and the timers are visible", chromiumOnly("media cannot be emulated"), async () => {
  const { page, stage } = await open({ viewport: { width: 1440, height: 900 }, forcedColors: "active" });
  await stage.press("Shift+ArrowRight", "Shift+ArrowRight", "ArrowRight");
  await page.locator('.accessible-list [data-rank="3"]').focus();
  const paints = await page.locator(".inspector .bar i").first().evaluate((bar) => ({
    bar: getComputedStyle(bar).backgroundColor,
    ground: getComputedStyle(document.body).backgroundColor,
  }));
  assert.notEqual(paints.bar, paints.ground);
  await page.screenshot({ path: `${shots}walk-forced.png` });
});
