// The search panel: the question whether two processes can lead at once, its answer, and the answer's explanation.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, until } from "./eventually.mjs";
import { scriptOf, Stage, writeScript } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const wide = { viewport: { width: 1440, height: 900 } };
const START = "#preset/bully-figure";

// As the start scenario, but shorter.
const script = `title "Six processes"
processes 6
leader 6
detector heartbeat every 100ms timeout 350ms
latency 10..20ms
until 3s

expect no split brain
`;

const opened = async (options = wide, text = script) => {
  const { page, bad } = await fresh(options);
  const stage = await Stage.open(page, url(START));
  await writeScript(page, text);
  return { page, bad, stage };
};

const panel = (page) => page.getByRole("region", { name: "Search" });
const kind = (page, name) => panel(page).getByRole("checkbox", { name: new RegExp(`^${name}( \\d+)?$`) });
const band = (page) => page.locator(".preview-band");
const ends = (page) => until(async () => /has ended/.test(await panel(page).getByRole("status").textContent()));
const titleOf = (page) => page.locator(".verdict-title").textContent();
// Only cuts of one direction, one at a time.
const choose = async (page, most = "1") => {
  for (const name of ["Crash", "Pause", "Lose"]) await kind(page, name).uncheck();
  await panel(page).getByRole("button", { name: most, exact: true }).click();
};

test("one cut makes two leaders: the answer is found, opened, explained and undone", async () => {
  const { page, bad } = await opened();
  await page.locator(".to-search").click();
  await panel(page).waitFor();
  assert.equal(await panel(page).getByRole("combobox", { name: "Question" }).locator("option:checked").textContent(),
    "Can two processes lead at once?");
  assert.match(await panel(page).locator(".search-question p").textContent(),
    /^Looks for runs that violate “expect no split brain”, line 8\.$/);
  // The panel says it all: the verdict is not shown beside it.
  assert.ok(!(await page.locator(".verdict").isVisible()));
  // Each kind says how many faults it makes.
  await until(async () => (await panel(page).locator(".search-kind b").count()) === 10);
  await choose(page);
  await until(async () => /^\d+ faults on$/.test(await panel(page).locator(".search-most small").textContent()));
  await panel(page).getByRole("button", { name: "Search", exact: true }).click();
  await ends(page);
  const answer = panel(page).locator(".answer").first();
  assert.match(await answer.locator(".answer-move").textContent(), /^The link from \d to \d is cut for .*, at .*/);
  assert.match(await answer.locator(".answer-violation").textContent(), /lead/);
  assert.match(await answer.locator(".answer-danger small").textContent(), /not with shorter/);
  await answer.getByRole("button", { name: "Explain" }).click();
  assert.ok((await answer.locator(".answer-why li").count()) > 0);
  await answer.getByRole("button", { name: "Open" }).click();
  await until(async () => (await answer.getAttribute("aria-current")) === "true");
  const [, from, to] = (await answer.locator(".answer-move").textContent()).match(/from (\d) to (\d)/);
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "detached" });
  await until(async () => /split brain|lead/i.test(await titleOf(page)));
  await page.locator(".verdict").waitFor();
  await page.locator(".to-script").click();
  const text = () => page.locator(".script-text").inputValue();
  await until(async () => new RegExp(`^at .* cut ${from}->${to}$`, "m").test(await text()));
  await page.getByRole("button", { name: "Undo opening the answer" }).click();
  await until(async () => (await text()) === script);
  assert.deepEqual(bad, []);
});

test("other durations of faults are tried, and what cannot be read is said", async () => {
  const { page, bad } = await opened();
  await page.locator(".to-search").click();
  await choose(page);
  const field = panel(page).getByRole("textbox", { name: "Durations of faults" });
  assert.equal(await field.inputValue(), "175ms, 525ms, 1.75s");
  await field.fill("soon");
  await field.press("Enter");
  await panel(page).getByRole("alert").filter({ hasText: "soon" }).waitFor();
  assert.ok(await panel(page).getByRole("button", { name: "Search", exact: true }).isDisabled());
  // A pause that is too short to be noticed; a cut may last for good.
  await kind(page, "Cut one way").uncheck();
  await kind(page, "Pause").check();
  await field.fill("50ms");
  await field.press("Enter");
  await panel(page).getByRole("button", { name: "Search", exact: true }).click();
  await until(async () => /with durations of 50 ms/.test(await panel(page).locator(".search-promise p").textContent()));
  assert.deepEqual(bad, []);
});

test("an answer is shown on the stage, where nothing is changed until it is opened", async () => {
  const { page, bad, stage } = await opened();
  await page.locator(".to-search").click();
  await choose(page);
  await panel(page).getByRole("button", { name: "Search", exact: true }).click();
  await ends(page);
  const answer = panel(page).locator(".answer").first();
  const before = [await stage.clock(), page.url()];
  // The whole row is the button.
  const { x, y } = await answer.locator(".answer-picture").boundingBox();
  await page.mouse.click(x + 20, y + 20);
  await until(async () => (await band(page).textContent()).startsWith("Answer 1Your scenario with one fault added. Nothing is changed"));
  assert.equal(await answer.getAttribute("aria-current"), "true");
  await until(async () => (await stage.clock()) !== before[0]);
  assert.equal(await page.getByRole("button", { name: /^Undo opening/ }).count(), 0);
  // What would change it says so.
  await stage.press("h");
  await page.locator(".notice-line", { hasText: "Open it to change it" }).waitFor();
  await stage.press("Escape");
  await band(page).waitFor({ state: "detached" });
  await eventually(async () => [await stage.clock(), page.url()], before);
  await answer.locator(".answer-show").focus();
  await page.keyboard.press("Enter");
  await band(page).getByRole("button", { name: "Back to mine" }).click();
  await band(page).waitFor({ state: "detached" });
  assert.equal(await scriptOf(page), script);
  assert.deepEqual(bad, []);
});

test("a search can be stopped, and the next one starts anew and says what it tried", async () => {
  // A quorum withstands all of it, so that the search takes long.
  const { page, bad } = await opened(wide, script.replace("until 3s", "until 3s\nquorum majority"));
  await page.locator(".to-search").click();
  await panel(page).getByRole("button", { name: "3", exact: true }).click();
  await panel(page).getByRole("button", { name: "Search", exact: true }).click();
  await panel(page).getByRole("button", { name: "Stop" }).click();
  await until(async () => /^Stopped\. /.test(await panel(page).locator(".search-words p").textContent()));
  assert.equal(await panel(page).getByRole("status").textContent(), "The search is stopped.");
  for (const name of ["Pause", "Cut one way", "Lose"]) await kind(page, name).uncheck();
  await panel(page).getByRole("button", { name: "1", exact: true }).click();
  await panel(page).getByRole("button", { name: "Search", exact: true }).click();
  await ends(page);
  assert.equal(await panel(page).getByRole("status").textContent(), "The search has ended and found nothing.");
  assert.match(await panel(page).locator(".search-words p").textContent(), /^All \d+ single faults tried\.$/);
  assert.match(await panel(page).locator(".search-promise p").textContent(), /^No single fault violates it within 3 s .* Tried: crash;/);
  assert.deepEqual(bad, []);
});

test("from the start the keyboard alone opens the panel, searches, opens the answer and closes the panel", async () => {
  const { page, bad } = await fresh(wide);
  await Stage.open(page, url());
  await page.locator("body").press("q");
  await panel(page).waitFor();
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.className);
  await until(() => page.evaluate(() => document.activeElement.className === "search"));
  const tabTo = async (name) => {
    for (let tries = 0; tries < 40; tries += 1) {
      await page.keyboard.press("Tab");
      if ((await focused()) === name) return;
    }
    assert.fail(`${name} is not reached`);
  };
  await tabTo("1");
  await page.keyboard.press("Space");
  await tabTo("Search");
  await page.keyboard.press("Enter");
  await ends(page);
  assert.equal(await focused(), "Search");
  await tabTo("Open");
  await page.keyboard.press("Enter");
  await until(async () => (await panel(page).locator(".answer[aria-current]").count()) === 1);
  await tabTo("Explain");
  await page.keyboard.press("Enter");
  await panel(page).locator(".answer-why").waitFor();
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "detached" });
  assert.deepEqual(bad, []);
});

test("a line below the verdict follows the edits, and its action opens the answer or the panel", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url(START));
  const line = page.locator(".side .quiet-search");
  // What is only read is not searched.
  await stage.press("]");
  assert.equal(await line.count(), 0);
  await writeScript(page, script);
  await until(async () => /^One \w+ at the right instant makes two leaders\.$/.test(await line.locator("span").textContent()));
  await line.getByRole("button", { name: "Show" }).click();
  await until(async () => /^Two leaders/.test(await titleOf(page)));
  await band(page).getByRole("button", { name: "Open" }).click();
  // It is said by the verdict then.
  await line.waitFor({ state: "detached" });
  await until(async () => /lead/i.test(await titleOf(page)));
  await page.getByRole("button", { name: "Undo opening the answer" }).click();
  await line.getByRole("button", { name: "Show" }).waitFor();
  await writeScript(page, `${script}quorum majority\n`);
  await until(async () => /^None of [\d,]+ faults makes two leaders\.$/.test(await line.locator("span").textContent()));
  await line.getByRole("button", { name: "Search pairs" }).click();
  await panel(page).waitFor();
  assert.deepEqual(bad, []);
});

test("without the tools a sentence says so, and everything else works", async () => {
  const { page } = await opened();
  const failures = [];
  page.on("pageerror", (error) => failures.push(String(error)));
  await page.route("**/tools-*", (route) => route.abort());
  await page.locator(".to-search").click();
  await panel(page).getByRole("button", { name: "Search", exact: true }).click();
  await until(async () => /^The part of Hustings that does this could not be loaded; .* try again\.$/
    .test(await panel(page).getByRole("alert").textContent()));
  await page.unroute("**/tools-*");
  await choose(page);
  await panel(page).getByRole("button", { name: "Search", exact: true }).click();
  await ends(page);
  await page.keyboard.press("Escape");
  await page.locator("body").press("End");
  await page.locator(".verdict").waitFor();
  assert.deepEqual(failures, []);
});

test("on a phone the search is a tab", async () => {
  const { page, bad } = await opened({ viewport: { width: 390, height: 844 }, hasTouch: true });
  await page.locator(".menu summary").click();
  await page.getByRole("menuitem", { name: "Search" }).click();
  await panel(page).waitFor();
  assert.equal(await page.locator(".to-panel").textContent(), "Search");
  await choose(page);
  await panel(page).getByRole("button", { name: "Search", exact: true }).click();
  await ends(page);
  // An answer is shown on the stage, and the way back leads to the panel.
  await panel(page).locator(".answer-show").first().tap();
  await band(page).waitFor();
  assert.ok(await page.locator(".stage-area .stage").isVisible());
  await band(page).getByRole("button", { name: "Back to mine" }).tap();
  await panel(page).getByRole("button", { name: "Open" }).first().click();
  await page.locator(".to-verdicts").click();
  await until(async () => /lead/i.test(await titleOf(page)));
  assert.deepEqual(bad, []);
});
