// The side of the page: the story with its instants, the explanation, and the actions for the selection.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "./eventually.mjs";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();

const select = async (stage, rank) => {
  await stage.page.locator(`.accessible-list button[data-rank="${rank}"]`).focus();
  await stage.press("Enter");
};

test("a line of the story leads to its instant, and is the large one there", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  assert.equal(await page.locator(".line.now").count(), 0);
  await eventually(() => page.locator(".story-first").textContent(), /at 100 ms/);
  await page.locator(".line", { hasText: "3 has waited 60 ms" }).click();
  await page.locator(".line.now", { hasText: "3 has waited 60 ms" }).waitFor();
  await eventually(() => stage.clock(), "260 ms");
  await eventually(() => stage.sentence(), /^3 has waited 60 ms/);

  // The same by keys: up one line, and there.
  await page.locator(".line.now").focus();
  await stage.press("ArrowUp", "Enter");
  await page.locator(".line.now", { hasText: "3 hears that 5 is alive" }).waitFor();
  await eventually(() => stage.clock(), "233 ms");
  assert.deepEqual(bad, []);
});

test("one button scrolls the story back to the cursor", async () => {
  const { page } = await fresh({ viewport: { width: 1440, height: 900 } });
  const stage = await Stage.open(page, url("#preset/unstable-rank"));
  await stage.press("End");
  await page.locator(".line.now").waitFor();
  const first = page.locator(".line").first();
  const last = await first.textContent();
  await page.locator(".lines").hover();
  // Earlier lines are added while scrolling, and the number of lines in the page stays the same.
  const count = await page.locator(".line").count();
  for (let tries = 0; tries < 40 && (await first.textContent()) === last; tries += 1) {
    await page.mouse.wheel(0, -400);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  assert.notEqual(await first.textContent(), last);
  assert.ok((await page.locator(".line").count()) <= 48, `${count} lines at first`);
  await page.getByRole("button", { name: "Back to now" }).click();
  await page.locator(".line.now").waitFor();
  await eventually(() => page.getByRole("button", { name: "Back to now" }).count(), 0);
});

test("w asks why a process leads, and each step leads to its instant or to the script", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  await page.locator(".line", { hasText: "It takes the lead" }).click();
  await select(stage, 5);
  await stage.press("w");
  const why = page.getByRole("region", { name: "Why it happened" });
  await why.waitFor();
  await eventually(() => why.locator("h2").textContent(), "Why does 5 lead?");
  await eventually(() => why.locator("li p").first().textContent(), /^5 leads because 3 told it to proceed\./);
  await eventually(() => why.locator("li p").last().textContent(), /^6 really was gone/);
  await why.getByRole("button", { name: "260 ms" }).click();
  await eventually(() => stage.clock(), "260 ms");
  await why.getByRole("button", { name: /script says so, line/ }).first().click();
  await page.getByRole("region", { name: "Script", exact: true }).waitFor();
  await why.getByRole("button", { name: "Close" }).click();
  await page.locator(".line.now").waitFor();
  await eventually(() => why.count(), 0);
  assert.deepEqual(bad, []);
});

test("the selected process can be crashed by its button, and undo names the change", async () => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  const inspector = page.getByRole("region", { name: "Selected" });
  await eventually(() => inspector.textContent(), /^Select a process/);
  await select(stage, 2);
  await eventually(() => inspector.locator("h3").textContent(), "Process 2");
  await inspector.getByRole("button", { name: /^Crash/ }).click();
  await page.locator('button[aria-label="Undo crash of 2"]').waitFor();
  await eventually(async () => (await stage.processes())[2], /^crashed/);
  await inspector.getByRole("button", { name: /^Recover/ }).waitFor();
  await page.locator('button[aria-label="Undo crash of 2"]').click();
  await inspector.getByRole("button", { name: /^Crash/ }).waitFor();

  // A message is reached from the process that sent it, and dropped.
  await page.locator(".line", { hasText: "3 has waited 60 ms" }).click();
  await select(stage, 3);
  await inspector.getByRole("button", { name: /^Proceed to 5/ }).click();
  await eventually(() => inspector.locator("h3").textContent(), "Proceed from 3 to 5");
  await inspector.getByRole("button", { name: /^Drop/ }).click();
  await inspector.getByRole("button", { name: /^Leave to chance/ }).waitFor();
  await eventually(() => inspector.textContent(), /Fixed bymessage Proceed 3->5 #1 lost/);
  assert.deepEqual(bad, []);
});

test("the walk-through is copied as text, and a refusing browser is reported", async () => {
  const options = { viewport: { width: 1440, height: 900 } };
  const allowed = await fresh({ ...options, permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = allowed;
  await Stage.open(page, url("#preset/bully-figure"));
  await page.getByRole("button", { name: "Copy as text" }).click();
  await page.locator(".notice-line", { hasText: "is copied as text" }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /100\.000 ms {2}6, the leader, crashes\./);
  assert.match(text, /The end\. 5 leads\.\n$/);

  const refused = (await fresh(options)).page;
  await refused.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
  });
  await Stage.open(refused, url("#preset/bully-figure"));
  await refused.getByRole("button", { name: "Copy as text" }).click();
  await refused.locator(".notice-line", { hasText: "does not let the page copy" }).waitFor();
});

test("on a phone each part of the side has its tab", async () => {
  const { page, bad } = await fresh({ viewport: { width: 390, height: 844 } });
  await page.goto(url("#preset/bully-figure"));
  await page.getByRole("button", { name: "Story", exact: true }).click();
  await page.locator(".line").first().waitFor();
  await page.getByRole("button", { name: "Verdicts", exact: true }).click();
  await page.locator(".expectations").waitFor();
  await page.getByRole("button", { name: "Process", exact: true }).click();
  await page.locator(".inspector-none").waitFor();
  assert.deepEqual(bad, []);
});

for (const [width, height] of [[1440, 900], [1024, 768], [844, 390]]) {
  test(`why has room and says because: ${width} by ${height}`, async () => {
    const { page, bad } = await fresh({ viewport: { width, height } });
    const stage = await Stage.open(page, url("#preset/slow-link&t=1.34s"));
    await select(stage, 5);
    const before = await stage.picture();
    await stage.press("w");
    const why = page.getByRole("region", { name: "Why it happened" });
    await why.waitFor();
    await eventually(() => why.innerText(), /because/);
    await eventually(() => why.boundingBox(), (box) => box.height > 0.4 * height);
    const title = why.getByRole("heading").first();
    await eventually(() => title.boundingBox(), ({ y, height: high }) => y >= 0 && y + high <= height);
    await eventually(() => stage.picture(), (after) => after !== before, "the stage shows what it is about");
    await eventually(() => why.innerText(), /6's Alive would have arrived at .*, after the timeout, because the link 6->3 took 500 ms\./);
    assert.deepEqual(bad, []);
  });
}
