// Set-up, faults and edits, and the split dialog: by keyboard, each action one step of undo.
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

const open = async (panel) => {
  const { page, bad } = await fresh({ viewport: { width: 1440, height: 900 } });
  const stage = await Stage.open(page, url("#preset/bully-figure"));
  await page.locator(".head-algorithm").click();
  await page.locator(".panel-head button", { hasText: panel }).click();
  return { page, bad, stage };
};

const undoes = (page) => page.getByRole("button", { name: /^Undo/ });

// Types over what a field says.
const type = async (page, field, text) => {
  await field.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
};

test("algorithm, processes and seed are set up, each with undo", async () => {
  const { page, bad, stage } = await open("Set-up");
  await page.getByLabel("Election algorithm", { exact: true }).selectOption("next-in-line");
  await page.getByLabel("Alternates", { exact: true }).waitFor();
  await eventually(() => page.locator(".head-algorithm").innerText(), "Next in line");

  await page.getByRole("button", { name: "Add one process" }).press("Enter");
  await page.locator('.accessible-list button[data-rank="7"]').waitFor();
  await eventually(async () => Object.keys(await stage.processes()).length, 7);
  await eventually(() => page.getByLabel("Ranks", { exact: true }).inputValue(), "1 2 3 4 5 6 7");

  const seed = page.getByLabel("Seed", { exact: true });
  const before = await seed.inputValue();
  await page.getByRole("button", { name: "Try another" }).press("Enter");
  await eventually(() => seed.inputValue(), (value) => value !== before);
  await type(page, seed, "42");
  await eventually(() => undoes(page).getAttribute("aria-label"), "Undo another seed");

  for (let steps = 0; steps < 4; steps += 1) await undoes(page).click();
  await eventually(() => page.getByLabel("Election algorithm", { exact: true }).inputValue(), "bully");
  await eventually(() => seed.inputValue(), before);
  await eventually(() => undoes(page).isDisabled(), true);
  assert.deepEqual(bad, []);
});

test("a duration that cannot be read says why and changes nothing", async () => {
  const { page, bad } = await open("Set-up");
  const wait = page.getByLabel("For Alive", { exact: true });
  await type(page, wait, "soon");
  await eventually(() => wait.getAttribute("aria-invalid"), "true");
  const described = page.locator(`#${await wait.getAttribute("aria-describedby")}`);
  await eventually(() => described.textContent(), /^Expected a duration such as `250ms`, found `soon`\./);
  await eventually(() => undoes(page).isDisabled(), true);
  await type(page, wait, "75");
  await eventually(() => wait.inputValue(), "75ms");
  await eventually(() => wait.getAttribute("aria-invalid"), null);
  await eventually(() => undoes(page).getAttribute("aria-label"), "Undo change of the wait for Alive");
  assert.deepEqual(bad, []);
});

test("a fault is added, moved, disabled, enabled and removed by keyboard alone", async () => {
  const { page, bad } = await open("Faults and overrides");
  const rows = page.locator(".fault-list li");
  const texts = () => rows.locator(".fault-words").allTextContents();
  await eventually(texts, ["6 crashes", "3 suspects its leader"]);

  await page.getByRole("button", { name: "Add a fault or an override" }).press("Enter");
  // The form has the focus; its kind is a crash. No process is chosen yet, so it says why it cannot.
  await page.keyboard.press("Tab");
  await page.keyboard.type("150");
  await page.keyboard.press("Enter");
  await eventually(() => page.locator(".inner-form .problem").textContent(), "Choose at least one process.");
  // Past the field for what comes again and again.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Add", exact: true }).press("Enter");
  await page.locator(".inner-form").waitFor({ state: "detached" });
  await eventually(() => page.evaluate(() => document.activeElement.textContent), "Add a fault or an override");
  await eventually(texts, ["6 crashes", "1 crashes", "3 suspects its leader"]);

  const when = page.getByLabel("When: 1 crashes");
  await type(page, when, "250");
  await eventually(() => when.inputValue(), "250ms");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+ArrowUp");
  await eventually(() => when.inputValue(), "261ms");
  await eventually(() => when.evaluate((field) => field === document.activeElement), true);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Remove: 1 crashes" }).focus();
  await page.getByRole("button", { name: "Add a fault or an override" }).focus();
  await page.waitForFunction(() => document.querySelectorAll(".fault-words")[2].textContent === "1 crashes");

  await page.getByRole("button", { name: "Mute: 1 crashes" }).press("Enter");
  await page.getByRole("button", { name: "Unmute: 1 crashes" }).press("Enter");
  await page.getByRole("button", { name: "Mute: 1 crashes" }).waitFor();

  const row = page.locator(".fault-words", { hasText: "1 crashes" });
  await row.press("Enter");
  await eventually(() => row.getAttribute("aria-pressed"), "true");
  await row.press("Delete");
  await page.waitForFunction(() => document.querySelectorAll(".fault-list li").length === 2);
  await eventually(() => page.evaluate(() => document.activeElement.matches(".fault-words")), true);

  // Removed, unmuted, muted, stepped, typed, added.
  for (let steps = 0; steps < 6; steps += 1) await undoes(page).click();
  await eventually(texts, ["6 crashes", "3 suspects its leader"]);
  await eventually(() => undoes(page).isDisabled(), true);
  assert.deepEqual(bad, []);
});

test("every fault and override is added, disabled, enabled and removed without script or pointer", async () => {
  const { page, bad } = await open("Faults and overrides");
  const form = page.locator(".inner-form");
  const group = (name) => form.getByRole("group", { name, exact: true });
  const pick = async (name, rank) => {
    await group(name).getByLabel(rank, { exact: true }).focus();
    await page.keyboard.press("Space");
  };
  const fill = async (name, text) => {
    await form.getByLabel(name, { exact: true }).focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type(text);
  };
  const both = async () => {
    await pick("From", "1");
    await pick("To", "2");
  };
  const cases = [
    ["A process crashes", () => pick("Whom", "5")],
    ["A process recovers", () => pick("Whom", "5")],
    ["A process suspects its leader", () => pick("Whom", "2")],
    ["A process freezes", async () => { await pick("Whom", "1"); await fill("For", "40"); }],
    ["A process wakes", () => pick("Whom", "1")],
    ["A process crashes and recovers, again and again", () => fill("Until", "1s")],
    ["The network splits", async () => {
      await pick("Side A", "1");
      await pick("Side B", "2");
      await form.getByRole("button", { name: "Another side" }).focus();
      await page.keyboard.press("Enter");
      await pick("Side C", "3");
      // A process is on one side: B loses its only process, and an empty side is none.
      await pick("Side C", "2");
    }],
    ["Links are cut", both],
    ["Links heal", async () => { await fill("Again every", "700ms"); await fill("Until", "1.9s"); }],
    ["Latency changes", () => fill("Latency", "5..9ms")],
    ["Loss changes", async () => { await both(); await fill("Loss", "1%"); }],
    ["A message is lost", () => fill("Number", "3")],
    ["A message arrives at an instant", () => fill("Arrives at", "400ms")],
    ["A message takes longer", async () => { await fill("Number", "2"); await fill("Longer by", "9ms"); }],
    ["A message arrives twice", async () => {}],
    ["A timer fires at an instant", () => fill("Ends at", "700ms")],
  ];
  const rows = page.locator(".fault-list li");
  const words = () => rows.locator(".fault-words").allTextContents();
  let count = await rows.count();
  for (const [kind, put] of cases) {
    await page.getByRole("button", { name: "Add a fault or an override" }).press("Enter");
    await form.getByLabel("What", { exact: true }).selectOption(kind);
    await put();
    if (kind === "The network splits") await page.screenshot({ path: `${shots}faults-sides.png` });
    await form.getByRole("button", { name: "Add", exact: true }).press("Enter");
    await form.waitFor({ state: "detached" });
    count += 1;
    await eventually(() => rows.count(), count, kind);
  }
  const all = await words();
  for (const wanted of [
    "again and again: the network heals",
    "the network splits: 1 on one side, 2 and 3 on the other",
    "1 crashes and recovers, again and again",
  ]) assert.ok(all.includes(wanted), `${wanted} in ${all}`);

  for (let place = 0; place < count; place += 1) {
    const row = rows.nth(place);
    await row.getByRole("button", { name: /^Mute/ }).press("Enter");
    await row.getByRole("button", { name: /^Unmute/ }).press("Enter");
    await row.getByRole("button", { name: /^Mute/ }).waitFor();
  }
  await eventually(() => undoes(page).getAttribute("aria-label"), /^Undo unmuting of the /);
  await rows.nth(0).getByRole("button", { name: /^Mute/ }).press("Enter");
  await rows.locator('[aria-label^="Remove"]').first().press("Enter");
  await eventually(() => undoes(page).getAttribute("aria-label"), /^Undo removal of the muted /);
  for (let left = count - 1; left > 0; left -= 1) {
    await rows.locator('[aria-label^="Remove"]').first().press("Enter");
    await page.waitForFunction((left) => document.querySelectorAll(".fault-list li").length === left, left - 1);
  }
  assert.deepEqual(bad, []);
});

test("the network is split by the dialog, and Escape gives the focus back", async () => {
  const { page, bad } = await open("Faults and overrides");
  const process = page.locator('.accessible-list button[data-rank="6"]');
  const dialog = page.getByRole("dialog", { name: "Split network" });
  await process.focus();
  await page.keyboard.press("n");
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await eventually(() => process.evaluate((button) => button === document.activeElement), true);

  await page.keyboard.press("n");
  await dialog.waitFor();
  // The focus has selected 6, so it stands alone at first. An arrow moves a process to another side,
  // Tab goes to the next process.
  await eventually(() => dialog.getByRole("status").textContent(), /^6 and \{1, 2, 3, 4, 5\} do not hear/);
  await page.keyboard.press("ArrowRight");
  await eventually(() => dialog.getByRole("status").textContent(), /^\{1, 6\} and \{2, 3, 4, 5\} do not hear/);
  await dialog.getByRole("button", { name: "Cut" }).press("Enter");
  await dialog.waitFor({ state: "detached" });
  await page.locator(".fault-words", { hasText: "the network splits: 1 and 6 on one side, 2, 3, 4 and 5 on the other" }).waitFor();
  await eventually(() => undoes(page).getAttribute("aria-label"), "Undo cut");
  assert.deepEqual(bad, []);
});
