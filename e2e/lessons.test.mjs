// Gallery and lessons, used by pointer, one action at a time.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { eventually } from "./eventually.mjs";
import { scriptOf, Stage } from "./stage.mjs";
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

test("the first lesson is walked to its end by real actions, and is ticked off", async () => {
  const { page, bad, stage } = await gallery();
  const next = page.locator(".lesson-panel .button.primary");
  await page.getByRole("button", { name: "Begin" }).click();
  await eventually(() => progress(page), /^Step 1 of 5/);
  await next.click();

  // An action is awaited, and until it is done there is no next.
  await eventually(() => next.getAttribute("aria-disabled"), "true");
  const click = async (rank) => {
    const { x, y } = await stage.place(rank);
    await page.mouse.click(x, y);
  };
  await click(6);
  await outcome(page).filter({ hasText: "6 leads. To sell a seat, a process now asks 6 alone" }).waitFor();
  await next.click();
  await click(3);
  await outcome(page).filter({ hasText: "3 follows 6, and so do the others" }).waitFor();
  await next.click();
  await page.locator(".play").click();
  await outcome(page).filter({ hasText: "6 has sent 10 Heartbeats" }).waitFor();
  await eventually(async () => (await stage.counts()).Heartbeat, 10);
  await next.click();

  // A guess, and then the run answers.
  await page.getByRole("button", { name: "5", exact: true }).click();
  await outcome(page).filter({ hasText: "The highest rank that still runs leads" }).waitFor({ timeout: 20_000 });
  await eventually(() => stage.verdict(), "5 leads");
  await next.click();
  // The lesson is marked as read at the next visit.
  await page.reload();
  await page.locator(".to-gallery").click();
  await page.locator(".lesson-open", { hasText: "What a leader is for" }).filter({ hasText: "read" }).waitFor();
  assert.deepEqual(bad, []);
});

test("while a lesson asks, no key, button or panel shows the future, and each says why", async () => {
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
    await eventually(() => notice.textContent(), /until you have chosen|Choose an answer first/, what);
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
  await page.waitForURL(/#preset\/two-leaders$/);
  assert.deepEqual(bad, []);
});

// A lesson at one of its steps, from 1.
const lesson = async (name, step, options) => {
  const { page, bad } = await fresh(options);
  await page.goto(url(`#lesson/${name}&step=${step}`));
  await page.locator(".lesson-panel").waitFor();
  await page.locator(".accessible-list button").first().waitFor();
  return { page, bad, stage: new Stage(page) };
};

const button = (page, name) => page.locator(".lesson-panel").getByRole("button", { name, exact: true });
const clockIs = (page, clock) =>
  page.waitForFunction((clock) => document.querySelector(".clock").textContent.replace(/\s+/g, " ").startsWith(clock), clock);

test("letter keys act while a button has the focus, and not where text is typed or a dialog is open", async () => {
  const { page, bad, stage } = await lesson("the-leader-is-gone", 1);
  const down = async (rank) => /crashed/.test((await stage.processes())[rank]);
  await page.getByRole("button", { name: "Script", exact: true }).click();
  await page.locator(".panel textarea").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# x");
  await eventually(() => page.locator(".panel textarea").inputValue(), /# x$/);
  await page.locator(".to-script").click();
  await page.getByRole("button", { name: "Help", exact: true }).click();
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("x");
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  await eventually(() => down(6), false);

  await button(page, "Do it for me").focus();
  await page.keyboard.press("x");
  await outcome(page).filter({ hasText: "6 is down" }).waitFor();
  await eventually(() => down(6), true);
  // A slider has keys of its own, and letters are none of them.
  await page.locator(".speed input").focus();
  await page.keyboard.press("x");
  await eventually(() => down(6), false);
  assert.deepEqual(bad, []);
});

test("a wrong action and a late one are reported, and the step is restored, or restored and done", async () => {
  const { page, bad, stage } = await lesson("the-leader-is-gone", 1);
  const deviation = page.locator(".lesson-deviation");
  await stage.doubleClick(2);
  await deviation.filter({ hasText: "You chose 2, but this step asks for 6." }).waitFor();
  await stage.doubleClick(6);
  assert.equal(await outcome(page).count(), 0, "2 is down as well");
  await page.screenshot({ path: `${shots}lesson-deviation.png` });
  await button(page, "Restore this step").click();
  await deviation.waitFor({ state: "detached" });
  await eventually(() => stage.clock(), "950 ms");
  assert.doesNotMatch((await stage.processes())[2], /crashed/);

  // Playing on misses the instant of the step.
  await page.keyboard.press("Space");
  await deviation.filter({ hasText: "This step acts at 950 ms." }).waitFor();
  await button(page, "Do it for me").click();
  await outcome(page).filter({ hasText: "6 is down" }).waitFor();
  await eventually(() => stage.clock(), "951 ms");

  // A jump beyond the end of a step stops there.
  await button(page, "Next").click();
  await page.keyboard.press("End");
  await outcome(page).filter({ hasText: "For a quarter of a second" }).waitFor();
  await eventually(() => stage.clock(), "1.200 s");
  assert.deepEqual(bad, []);
});

test("reload and the way back lead to the lesson and its step", async () => {
  const { page, bad, stage } = await lesson("the-leader-is-gone", 1);
  await button(page, "Do it for me").click();
  await outcome(page).waitFor();
  await button(page, "Next").click();
  await page.waitForURL(/#lesson\/the-leader-is-gone&step=2$/);
  await page.reload();
  await page.locator(".lesson-progress", { hasText: "Step 2 of 6" }).waitFor();
  await eventually(() => stage.clock(), "951 ms");
  await eventually(async () => (await stage.processes())[6], /crashed/);
  await page.locator(".to-gallery").click();
  await page.locator(".card", { hasText: "Two leaders for good" }).click();
  await page.waitForURL(/#preset\/two-leaders$/);
  await page.goBack();
  await page.locator(".lesson-progress", { hasText: "Step 2 of 6" }).waitFor();
  await clockIs(page, "951 ms");
  await page.waitForURL(/#lesson\/the-leader-is-gone&step=2$/);
  assert.deepEqual(bad, []);
});

test("before a question is answered nothing on the page tells its answer", async () => {
  const { page, bad, stage } = await lesson("when-the-network-splits", 1);
  await button(page, "Do it for me").click();
  await outcome(page).waitFor();
  // The run ends where the question comes.
  await page.keyboard.press("End");
  await clockIs(page, "957 ms");
  await eventually(() => stage.verdict(), "6 leads");
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.locator(".stage-area .notice-line", { hasText: "until you have answered" }).waitFor();
  await button(page, "Next").click();
  await page.locator(".lesson-question").waitFor();
  await eventually(() => stage.clock(), "951 ms");
  await page.locator(".lesson-answer").first().click();
  await outcome(page).waitFor({ timeout: 20_000 });
  await eventually(() => stage.verdict(), /Two leaders, 3 and 6/);

  // Nor does the title of a scene.
  await page.goto(url("#lesson/when-the-network-splits&step=5"));
  await page.locator(".lesson-progress", { hasText: "Step 5 of 7" }).waitFor();
  await eventually(() => page.locator(".head-title h1").textContent(), "When the network splits");
  await eventually(() => page.title(), /^When the network splits/);
  assert.doesNotMatch(await page.locator("body").innerText(), /nobody tells/);
  assert.deepEqual(bad, []);
});

test("a lesson asks for an addition of the algorithm, which the set-up switches on", async () => {
  const { page, bad } = await lesson("votes-instead-of-ranks", 6, { viewport: { width: 1440, height: 900 } });
  await page.locator(".lesson-panel", { hasText: "Open Set-up and change the algorithm to raft pre-vote." }).waitFor();
  await page.locator(".head-algorithm").click();
  // Timeouts that raft does not have are not offered.
  await eventually(() => page.getByRole("heading", { name: "Timeouts" }).count(), 0);
  await page.getByLabel("check-quorum").click();
  await page.locator(".lesson-deviation").waitFor();
  await button(page, "Restore this step").click();
  await page.getByLabel("pre-vote").focus();
  await page.keyboard.press("Space");
  await outcome(page).filter({ hasText: "Now 3 leads all the time." }).waitFor();
  assert.deepEqual(bad, []);
});

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test("a reader breaks a configuration, and the search breaks it with one fault", async () => {
  const { page, bad, stage } = await lesson("find-the-failure-yourself", 2, { viewport: { width: 1440, height: 900 } });
  const script = await scriptOf(page);
  // Any fault will do: the leader freezes for a while.
  await page.locator(".to-script").click();
  await page.locator(".script-text").fill(`${script}\nat 200ms pause 3 for 500ms\n`);
  await page.locator(".to-script").click();
  await stage.press("End");
  await clockIs(page, "700 ms");
  await page.locator(".lesson-outcome", { hasText: "Two processes lead at the same instant." }).waitFor();
  await button(page, "Next").click();
  // The next step is about the configuration without that fault.
  await page.locator(".lesson-progress", { hasText: "Step 3 of 4" }).waitFor();
  await stage.press("q");
  const search = page.getByRole("region", { name: "Search", exact: true });
  await search.getByRole("button", { name: "Search", exact: true }).click();
  await search.locator(".answer").first().waitFor();
  await search.getByRole("button", { name: "Close" }).click();
  await page.locator(".lesson-outcome", { hasText: "One fault is enough." }).waitFor();
  await button(page, "Next").click();
  await button(page, "Do it for me").click();
  await search.getByRole("button", { name: "Search", exact: true }).click();
  await search.getByRole("status").filter({ hasText: "The search has ended and found nothing." }).waitFor({ state: "attached" });
  assert.equal(await search.locator(".answer").count(), 0);
  await page.keyboard.press("Escape");
  await page.locator(".lesson-outcome", { hasText: "Nothing is found." }).waitFor();
  assert.deepEqual(bad, []);
});

test("on a phone a lesson is done by fingers, and its stage and its words are in sight", async () => {
  const { page, bad, stage } = await lesson("bully-step-by-step", 1, phone);
  const inSight = async (what) => {
    const boxes = () => Promise.all([".stage-area", ".lesson-panel h3", ".transport"].map((part) => page.locator(part).boundingBox()));
    await eventually(boxes, ([area, title, transport]) => area.y > -1 && title.y + title.height < transport.y, what);
  };
  const panel = await page.locator(".lesson-panel").innerText();
  assert.match(panel, /hold it and choose Suspect/);
  assert.doesNotMatch(panel, /click|press/);
  await inSight("at first");
  const inspector = page.locator(".inspector");
  await inspector.getByRole("button", { name: /^Suspect/ }).tap();
  await outcome(page).filter({ hasText: "3 forgets 6" }).waitFor();
  await page.goto(url("#lesson/bully-step-by-step&step=5"));
  await page.locator(".lesson-progress", { hasText: "Step 5 of 7" }).waitFor();
  await inspector.getByRole("button", { name: /^Why/ }).tap();
  await outcome(page).filter({ hasText: "5 leads because 3 told it to proceed" }).waitFor();
  await inSight("with an explanation");
  await page.screenshot({ path: `${shots}lesson-why-phone.png` });
  await eventually(() => page.locator(".why").boundingBox(), ({ y }) => y < 600);
  await page.goto(url("#lesson/when-the-network-splits&step=3"));
  await page.locator(".lesson-progress", { hasText: "Step 3 of 7" }).waitFor();
  await inspector.getByRole("button", { name: /^Heal/ }).tap();
  await outcome(page).filter({ hasText: "The cut is gone" }).waitFor();
  await inSight("healed");
  await page.screenshot({ path: `${shots}lesson-heal-phone.png` });
  assert.deepEqual(bad, []);
});

test("every lesson is walked to its end, on a wide screen and on a phone", async () => {
  for (const options of [{ viewport: { width: 1440, height: 900 } }, phone]) {
    const { page, bad } = await lesson("what-a-leader-is-for", 1, options);
    let steps = 0;
    for (let is_over = false; !is_over; steps += 1) {
      const byItself = button(page, "Do it for me");
      const answer = page.locator(".lesson-answer");
      if (await answer.count()) await answer.first().click();
      else if (await byItself.isVisible()) await byItself.click();
      // A search that a step asks for stands where the lesson is read.
      const search = page.getByRole("region", { name: "Search", exact: true });
      if (await search.isVisible()) await search.getByRole("button", { name: "Close" }).click();
      // What plays to its stop need not be waited for.
      await page.keyboard.press("End");
      const next = page.locator('.lesson-panel .button.primary[aria-disabled="false"]');
      await next.waitFor({ timeout: 60_000 });
      is_over = (await next.textContent()) === "Finish";
      const [title, step] = [await page.locator(".lesson-panel h3").textContent(), await progress(page)];
      await next.click();
      if (is_over) break;
      await page.waitForFunction(
        ([title, step]) => document.querySelector(".lesson-panel h3")?.textContent !== title ||
          document.querySelector(".lesson-progress")?.innerText !== step,
        [title, step],
      );
    }
    await page.locator(".lessons").waitFor();
    assert.ok(steps >= 60, `${steps}`);
    assert.deepEqual(bad, []);
  }
});
