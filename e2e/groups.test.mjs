// Several groups: the group that the stage shows, and its texts.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { eventually } from "./eventually.mjs";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const shots = fileURLToPath(new URL("../target/shots/", import.meta.url));
mkdirSync(shots, { recursive: true });

const TEXT = `title "Three replica sets"
detector heartbeat every 100ms timeout 350ms
group orders on 1 2 3
group users on 2 3 4
group stock on 4 5 6
at 500ms crash 3
until 2s
`;

const open = async (options) => {
  const { page, bad } = await fresh(options);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  await page.locator(".to-script:visible, .to-panel:visible").first().click();
  await page.locator(".panel textarea").fill(TEXT);
  await page.locator(".groups").waitFor();
  await page.locator('.panel-head button[aria-label="Close"]').click();
  return { page, bad, stage };
};

const pick = (page, name) => page.locator(".groups").getByRole("button", { name, exact: true });
const verdicts = (page) =>
  page.locator(".group-verdicts li").evaluateAll((rows) =>
    rows.map((row) => `${row.querySelector("button").textContent}: ${row.querySelector(".verdict-title").textContent}`),
  );

test("all groups at first, then each alone by keyboard", async () => {
  const { page, bad, stage } = await open({ viewport: { width: 1440, height: 900 } });
  await stage.press("Shift+ArrowRight");
  await eventually(() => verdicts(page), ([orders, ...others]) =>
    orders?.startsWith("orders: No leader") && others.join() === "users: 4 leads,stock: 6 leads");
  await eventually(async () => (await stage.processes())[4], "leads one of its two groups");
  await eventually(() => pick(page, "All groups").getAttribute("aria-pressed"), "true");
  await page.screenshot({ path: `${shots}groups-all.png` });

  await pick(page, "users").focus();
  await stage.press("Enter");
  await eventually(() => stage.verdict(), "4 leads");
  await eventually(() => page.locator(".verdict-group").textContent(), "users");
  await eventually(async () => (await stage.processes())[4], /^leads/);
  // The inspector shows the role of a process in each group, for every shown group.
  await page.locator('.accessible-list [data-rank="4"]').focus();
  await page.locator(".inspector dd", { hasText: "not in orders; users: leads; stock: follows 6" }).waitFor();
  await stage.press("s");
  await page.locator(".stage-area .notice-line", { hasText: "4 leads, so it has no leader to suspect." }).waitFor();
  await page.screenshot({ path: `${shots}groups-users.png` });

  await pick(page, "All groups").click();
  await page.locator(".group-verdicts .link", { hasText: "stock" }).click();
  await eventually(() => stage.verdict(), "6 leads");
  assert.deepEqual(bad, []);
});

test("a link shows the same group, and its story, queue and rails alone", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  const stage = await Stage.open(page, url("#preset/two-crowns&t=990ms"));
  await eventually(() => verdicts(page), ["orders: 6 leads", "users: 6 leads"]);
  await eventually(async () => (await stage.processes())[6], /gets 300 requests a second, 59 queued/);
  await page.locator(".line", { hasText: "In orders: 2 has received no Heartbeat" }).waitFor();
  await pick(page, "users").click();
  await page.locator(".figures div", { hasText: "queued" }).getByText("20", { exact: true }).waitFor();
  await eventually(async () => (await stage.processes())[6], /gets 100 requests a second, 20 queued/);
  await page.locator(".line", { hasText: /^1\.265 s3 has received no Heartbeat/ }).waitFor();
  await eventually(() => page.locator(".line", { hasText: "orders" }).count(), 0);
  await eventually(() => page.url(), (address) => address.includes("&group=users"));
  const there = await Stage.open(page, url("#preset/two-crowns&t=990ms&group=users"));
  await eventually(() => there.verdict(), "6 leads");
  await eventually(() => pick(page, "users").getAttribute("aria-pressed"), "true");
  assert.deepEqual(bad, []);
});

test("an unknown group is reported, and all are shown", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  await Stage.open(page, url("#preset/two-crowns&group=user"));
  await page.locator(".stage-area .notice-line", { hasText: "did you mean `users`?" }).waitFor();
  await eventually(() => pick(page, "All groups").getAttribute("aria-pressed"), "true");
  assert.deepEqual(bad, []);
});

test("a scenario without groups has no switch", async () => {
  const { page } = await fresh();
  await Stage.open(page, url("#preset/bully-figure"));
  assert.equal(await page.locator(".groups").count(), 0);
});

for (const [name, width, height] of [["narrow", 1024, 768], ["tablet", 800, 1000], ["phone", 390, 844], ["small", 320, 640]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`groups are legible: ${name}, ${colorScheme}`, async () => {
      const touch = width < 700 ? { hasTouch: true, isMobile: true } : {};
      const { page, bad, stage } = await open({ viewport: { width, height }, colorScheme, ...touch });
      const timeline = page.locator(".to-timeline");
      if (await timeline.isVisible()) await timeline.click();
      await stage.press("Shift+ArrowRight");
      await eventually(() => page.evaluate(() => document.documentElement.scrollWidth), width);
      const boxes = () => Promise.all([".groups", "canvas.stage"].map((part) => page.locator(part).boundingBox()));
      await eventually(boxes, ([groups, room]) => groups.y + groups.height <= room.y + 1, "the switch is above the stage");
      await page.screenshot({ path: `${shots}groups-${name}-${colorScheme}.png` });
      assert.deepEqual(bad, []);
    });
  }
}
