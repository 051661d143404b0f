// The panel What if: a stranger asks what another timeout would bring, reads values off, and opens one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, until } from "./eventually.mjs";
import { nameOf, scriptOf, Stage, writeScript } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const wide = { viewport: { width: 1440, height: 900 } };
const START = "#preset/bully-figure";

const script = `title "Six processes"
processes 6
leader 6
detector heartbeat every 100ms timeout 350ms
latency 10..80ms
loss 2%
until 3s

at 1s crash 6

expect leaderless <= 500ms
`;

const opened = async (options = wide, text = script) => {
  const { page, bad } = await fresh(options);
  const stage = await Stage.open(page, url(START));
  await writeScript(page, text);
  return { page, bad, stage };
};

const panel = (page) => page.getByRole("region", { name: "What if", exact: true });
const chart = (page) => panel(page).getByRole("group", { name: "Chart" });
const field = (page, name) => panel(page).getByRole("textbox", { name, exact: true });
const button = (page, name) => panel(page).getByRole("button", { name, exact: true });
const status = (page) => panel(page).locator(".what-if > [role=status]").textContent();
const effort = (page) => panel(page).locator(".what-if-effort p").first().textContent();
const sentence = (page) => panel(page).locator(".what-if-sentence").textContent();
const ends = (page, values = "18 values") => until(async () =>
  new RegExp(`^${values}, [\\d,]+ seeds each: [\\d,]+ runs in \\d`).test(await effort(page)));
const titleOf = (page) => panel(page).getByRole("heading").textContent();
// The x of a value: the chart is as wide as its plot and the words at both sides.
const at = async (page, share) => {
  const box = await chart(page).locator("canvas").boundingBox();
  const [left, right] = [53 + 8, box.width - 98 - 8];
  return [box.x + left + share * (right - left), box.y + 200];
};

test("the first answer needs no typing; a value is read off, opened with its worst seed and undone", async () => {
  const { page, bad } = await opened();
  await page.locator(".to-what-if").click();
  await panel(page).waitFor();
  assert.equal(await titleOf(page), "What if the heartbeat timeout were different?");
  await ends(page);
  const hints = panel(page).getByRole("complementary", { name: "Hints of the script" });
  assert.match(await hints.locator("p").first().textContent(), /^Line 5: wait alive is 60ms, but /);
  await hints.getByText("1 more").click();
  await hints.getByText(/^Line 5: wait elected is 90ms, but /).waitFor();
  assert.match(await sentence(page), /^350 ms: (99|all|\d+) .* have a leader again within \d+ ms; .* without need \([\d.]+ % to [\d.]+ %\)\. /);
  assert.match(await status(page), /^All values have run\. 350 ms: /);
  // The third of eighteen values.
  await page.mouse.move(...(await at(page, 2 / 17)));
  await until(async () => /^250 ms: .* Worst: .* with seed \d+\. “leaderless for 500 ms at most” holds in /.test(await status(page)));
  assert.match(await sentence(page), / 250 ms would be /);
  const seed = (await status(page)).match(/with seed (\d+)/)[1];
  await page.mouse.click(...(await at(page, 2 / 17)));
  await page.getByRole("button", { name: "Undo opening the value" }).waitFor();
  assert.match(await effort(page), /^18 values/);
  assert.equal(await button(page, "Run again").count(), 0);
  const now = await scriptOf(page);
  assert.match(now, /timeout 250ms/);
  assert.match(now, new RegExp(`^seed ${seed}$`, "m"));
  await page.getByRole("button", { name: "Undo opening the value" }).click();
  await eventually(() => scriptOf(page), script);
  assert.deepEqual(bad, []);
});

test("the keyboard alone opens the panel, walks the values and opens one", async () => {
  const { page, bad } = await opened();
  await page.locator("body").press("r");
  await panel(page).waitFor();
  await until(() => page.evaluate(() => document.activeElement.className === "what-if"));
  await ends(page);
  const isChart = () => page.evaluate(() => document.activeElement.classList.contains("what-if-chart"));
  for (let tries = 0; tries < 20 && !(await isChart()); tries += 1) await page.keyboard.press("Tab");
  assert.ok(await isChart(), "the chart is reached");
  await page.keyboard.press("ArrowRight");
  await until(async () => (await status(page)).startsWith("350 ms: "));
  await page.keyboard.press("ArrowLeft");
  await until(async () => (await status(page)).startsWith("300 ms: "));
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Undo opening the value" }).waitFor();
  await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: "Undo opening the value" }).waitFor({ state: "detached" });
  // Also from within a field.
  await field(page, "From").focus();
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "detached" });
  assert.deepEqual(bad, []);
});

test("other ranges run by themselves, and what cannot be asked is said", async () => {
  const { page, bad } = await opened();
  await page.locator(".to-what-if").click();
  await ends(page);
  await field(page, "Step").fill("0");
  await field(page, "Step").press("Enter");
  assert.match(await panel(page).getByRole("alert").textContent(), /the step is nothing\.$/);
  await field(page, "Step").fill("200ms");
  await field(page, "Seeds").fill("20");
  await field(page, "Seeds").press("Enter");
  await ends(page, "5 values");
  assert.equal(await panel(page).getByRole("alert").count(), 0);
  await panel(page).getByRole("combobox", { name: "Setting" }).selectOption("algorithm");
  assert.equal(await titleOf(page), "What if the election algorithm were different?");
  await field(page, "Values").fill("bully, ring");
  await field(page, "Values").press("Enter");
  await ends(page, "2 values");
  assert.deepEqual(bad, []);
});

test("two settings make a map, in which the arrows go four ways", async () => {
  const { page, bad } = await opened();
  await page.locator(".to-what-if").click();
  await button(page, "Vary a second setting").click();
  assert.equal(await titleOf(page), "What if the heartbeat timeout and the highest latency were different?");
  await field(page, "Seeds").fill("4");
  await field(page, "Seeds").press("Enter");
  await ends(page, "18 × \\d+ values");
  await chart(page).focus();
  await page.keyboard.press("ArrowUp");
  await until(async () => (await status(page)).startsWith("Heartbeat timeout 350 ms, highest latency 80 ms: "));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowLeft");
  await until(async () => /^Heartbeat timeout 300 ms, highest latency 9\d ms: /.test(await status(page)));
  await button(page, "Vary one setting").click();
  assert.equal(await titleOf(page), "What if the heartbeat timeout were different?");
  assert.deepEqual(bad, []);
});

test("from a comparison both algorithms run over the same range, with a band for each", async () => {
  const { page, bad } = await opened();
  await page.locator(".to-compare").click();
  await page.getByRole("combobox", { name: "Compare with" }).selectOption("vrrp");
  await page.getByRole("button", { name: "What if, for both" }).click();
  await panel(page).waitFor();
  assert.equal(await titleOf(page), "What if the heartbeat timeout and the election algorithm were different?");
  assert.equal(await field(page, "Values").inputValue(), "bully, vrrp");
  await ends(page, "18 × 2 values");
  assert.match(await sentence(page), /^Heartbeat timeout 350 ms, election algorithm bully: /);
  await chart(page).focus();
  // Up and down go from one band to the other, to the sides along a band.
  const walk = [["ArrowRight", "350 ms, election algorithm bully"], ["ArrowDown", "350 ms, election algorithm vrrp"],
    ["ArrowRight", "400 ms, election algorithm vrrp"], ["ArrowUp", "400 ms, election algorithm bully"]];
  for (const [key, words] of walk) {
    await page.keyboard.press(key);
    await until(async () => (await status(page)).startsWith(`Heartbeat timeout ${words}: `));
  }
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Undo opening the value" }).waitFor();
  assert.match(await scriptOf(page), /^algorithm vrrp$/m);
  // Without a comparison the panel, which the script has replaced, is about one algorithm.
  await page.locator(".to-what-if").click();
  await ends(page);
  assert.deepEqual(bad, []);
});

test("the table has the numbers, and the picture can be copied and saved", async () => {
  const { page, bad } = await opened({ ...wide, permissions: ["clipboard-read", "clipboard-write"] });
  await page.locator(".to-what-if").click();
  await ends(page);
  await button(page, "Copy SVG").click();
  await until(async () => /^Copied\.$/.test(await panel(page).locator(".what-if-effort [role=status]").textContent()));
  const svg = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(svg, /^<svg xmlns/);
  assert.match(svg, />99 of 100 runs</);
  const [file] = await Promise.all([page.waitForEvent("download"), button(page, "PNG").click()]);
  assert.equal(nameOf(file), "what-if.png");
  const [table] = await Promise.all([page.waitForEvent("download"), button(page, "CSV").click()]);
  assert.equal(nameOf(table), "what-if.csv");
  await button(page, "Table").click();
  const rows = panel(page).getByRole("table").getByRole("row");
  assert.equal(await rows.count(), 19);
  const own = panel(page).locator("tr[aria-current=true]");
  assert.match(await own.textContent(), /^350 ms\d+ ms/);
  await own.getByRole("button").click();
  await page.getByRole("button", { name: "Undo opening the value" }).waitFor();
  assert.deepEqual(bad, []);
});

test("from the set-up each setting leads to its question", async () => {
  const { page, bad } = await opened();
  await page.locator(".head-algorithm").click();
  await page.getByRole("button", { name: "What if the loss were different?" }).click();
  await panel(page).waitFor();
  assert.equal(await titleOf(page), "What if the loss were different?");
  await ends(page);
  assert.deepEqual(bad, []);
});

test("another scenario is noticed, and a sweep can be stopped and run again", async () => {
  const { page, bad } = await opened();
  await page.locator(".to-what-if").click();
  await field(page, "Seeds").fill("10000");
  await field(page, "Seeds").press("Enter");
  // Before that the button stops the sweep with which the panel opened.
  await until(async () => / of 180,000 runs$/.test(await effort(page)));
  await button(page, "Stop").click();
  await until(async () => /^Stopped after [\d,]+ of 180,000 runs$/.test(await effort(page)));
  await field(page, "Seeds").fill("20");
  await field(page, "Seeds").press("Enter");
  await ends(page);
  assert.equal(await button(page, "Run again").count(), 0);
  // Back to the scenario before.
  await page.getByRole("button", { name: /^Undo / }).click();
  await until(async () => /changed since/.test(await panel(page).locator(".what-if-effort").textContent()));
  // That one has no heartbeats: it is said, and the chart stays.
  await button(page, "Run again").click();
  await until(async () => /timeout/.test(await panel(page).getByRole("alert").textContent()));
  await page.getByRole("button", { name: /^Redo / }).click();
  await until(async () => !/changed since/.test(await panel(page).locator(".what-if-effort").textContent()));
  await ends(page);
  assert.deepEqual(bad, []);
});

test("without the tools a sentence says so, and everything else works", async () => {
  const { page } = await opened();
  const failures = [];
  page.on("pageerror", (error) => failures.push(String(error)));
  await page.route("**/tools-*", (route) => route.abort());
  await page.locator(".to-what-if").click();
  await until(async () => /^The part of Hustings that does this could not be loaded; .* try again\.$/
    .test(await panel(page).getByRole("alert").textContent()));
  await page.unroute("**/tools-*");
  await button(page, "Run again").click();
  await ends(page);
  await page.keyboard.press("Escape");
  await page.locator(".verdict").waitFor();
  assert.deepEqual(failures, []);
});

test("on a phone it is a tab, where the first tap reads off and the second opens", async () => {
  const { page, bad } = await opened({ viewport: { width: 390, height: 844 }, hasTouch: true });
  await page.locator(".menu summary").click();
  await page.getByRole("menuitem", { name: "What if" }).click();
  await panel(page).waitFor();
  assert.equal(await page.locator(".to-panel").textContent(), "What if");
  await ends(page);
  await chart(page).scrollIntoViewIfNeeded();
  await page.touchscreen.tap(...(await at(page, 2 / 17)));
  await until(async () => (await status(page)).startsWith("250 ms: "));
  await page.touchscreen.tap(...(await at(page, 2 / 17)));
  await page.locator(".menu summary").click();
  await page.getByRole("menuitem", { name: "Script", exact: true }).click();
  await until(async () => /timeout 250ms/.test(await page.locator(".script-text").inputValue()));
  assert.deepEqual(bad, []);
});
