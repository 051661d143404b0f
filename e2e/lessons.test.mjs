// Gallery and lessons as a newcomer uses them: by pointer, one deed at a time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();

const gallery = async (options) => {
  const { page, bad } = await fresh(options);
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  await page.locator(".to-gallery").click();
  return { page, bad, stage };
};

const progress = (page) => page.locator(".lesson-progress").innerText();
const outcome = (page) => page.locator(".lesson-outcome");

test("the first lesson is walked to its end by real deeds, and is ticked off", async () => {
  const { page, bad, stage } = await gallery();
  const next = page.locator(".lesson-panel .button.primary");
  await page.getByRole("button", { name: "Begin" }).click();
  assert.match(await progress(page), /^Step 1 of 5/);
  await next.click();

  // A deed is awaited, and until it is done there is no next.
  assert.equal(await next.getAttribute("aria-disabled"), "true");
  const click = async (rank) => {
    const { x, y } = await stage.place(rank);
    await page.mouse.click(x, y);
  };
  await click(6);
  await outcome(page).filter({ hasText: "6 leads. A seat is sold when 6 says so" }).waitFor();
  await next.click();
  await click(3);
  await outcome(page).filter({ hasText: "3 follows 6, and so do the others" }).waitFor();
  await next.click();
  await page.locator(".play").click();
  await outcome(page).filter({ hasText: "6 has sent 10 Heartbeats" }).waitFor();
  assert.equal((await stage.counts()).Heartbeat, 10);
  await next.click();

  // A guess, and then the run answers.
  await page.getByRole("button", { name: "5", exact: true }).click();
  await outcome(page).filter({ hasText: "The highest rank that still runs is 5" }).waitFor({ timeout: 20_000 });
  await stage.settled(() => stage.verdict(), (said) => said === "5 leads");
  assert.equal(await stage.verdict(), "5 leads");
  await next.click();
  // Whoever comes back finds it read.
  await page.reload();
  await page.locator(".to-gallery").click();
  await page.locator(".lesson-open", { hasText: "What a leader is for" }).filter({ hasText: "read" }).waitFor();
  assert.deepEqual(bad, []);
});

test("a scenario is found by a word, and opened by a press", async () => {
  const { page, bad } = await gallery();
  await page.getByPlaceholder("Find").fill("partition");
  await page.getByPlaceholder("Find").fill("freezes");
  const cards = page.locator(".card");
  await page.waitForFunction(() => document.querySelectorAll(".card").length < 17);
  const before = await cards.count();
  assert.ok(before < 17, `${before}`);
  await page.getByPlaceholder("Find").fill("");
  await page.getByRole("button", { name: "Failures" }).click();
  await page.locator(".card", { hasText: "Two leaders for good" }).click();
  await page.locator("h1", { hasText: "Two leaders for good" }).waitFor();
  assert.ok(page.url().endsWith("#preset/two-leaders"));
  assert.deepEqual(bad, []);
});
