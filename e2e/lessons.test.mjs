// Gallery and lessons as a newcomer uses them: by pointer, one deed at a time.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const shots = fileURLToPath(new URL("../target/shots/", import.meta.url));
mkdirSync(shots, { recursive: true });

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

test("while a lesson asks, no key, button or panel shows what comes, and each says why", async () => {
  const { page, bad, stage } = await gallery({ viewport: { width: 1440, height: 900 } });
  await page.locator(".lesson-open", { hasText: "What a leader is for" }).click();
  const next = page.locator(".lesson-panel .button.primary");
  for (let steps = 0; steps < 4; steps += 1) {
    const byItself = page.getByRole("button", { name: "Do it for me" });
    if (await byItself.isVisible()) await byItself.click();
    await page.locator('.lesson-panel .button.primary[aria-disabled="false"]').waitFor();
    await next.click();
  }
  await page.locator(".lesson-question").waitFor();
  const notice = page.locator(".stage-area .notice-line");
  const clock = await stage.clock();
  const unmoved = async (what) => {
    assert.match(await notice.textContent(), /until you have chosen|Choose an answer first/, what);
    assert.equal(await stage.clock(), clock, what);
    await page.keyboard.press("Escape");
  };
  await page.locator(".stage-area canvas").click({ position: { x: 5, y: 60 } });
  for (const key of ["End", "ArrowRight", "Shift+ArrowRight", "Space", "."]) {
    await page.locator("h1").click();
    await page.keyboard.press(key);
    await unmoved(key);
  }
  for (const name of ["Play", "Next event (→)", "Next moment (Shift+→)", "Script", "Compare"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await unmoved(name);
  }
  assert.equal(await page.locator(".panel textarea").count(), 0);
  assert.equal(await page.locator(".spacetime, .strip, .expectations").count(), 0);
  assert.equal(await page.locator(".verdict-detail").textContent(), "");
  await page.screenshot({ path: `${shots}lesson-asks.png` });
  // With an answer the run goes on, and everything is there again.
  await page.locator(".lesson-answer").first().click();
  await outcome(page).waitFor({ timeout: 20_000 });
  await page.locator(".spacetime").waitFor();
  await page.getByRole("button", { name: "Script", exact: true }).click();
  await page.locator(".panel textarea").waitFor();
  assert.deepEqual(bad, []);
});

test("a scenario is found by a word, and opened by a press", async () => {
  const { page, bad } = await gallery();
  await page.getByPlaceholder("Find").fill("partition");
  await page.getByPlaceholder("Find").fill("freezes");
  const cards = page.locator(".card");
  await page.waitForFunction(() => document.querySelectorAll(".card").length < 20);
  const before = await cards.count();
  assert.ok(before < 20, `${before}`);
  await page.getByPlaceholder("Find").fill("");
  await page.getByRole("button", { name: "Failures" }).click();
  await page.locator(".card", { hasText: "Two leaders for good" }).click();
  await page.locator("h1", { hasText: "Two leaders for good" }).waitFor();
  assert.ok(page.url().endsWith("#preset/two-leaders"));
  assert.deepEqual(bad, []);
});
