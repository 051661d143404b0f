// The keyboard focus: after every press it is on the page, where a reader expects it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "./eventually.mjs";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const figure = "#preset/bully-figure";

// What has the focus, in words that a failure can name.
const focused = (page) =>
  page.evaluate(() => {
    const { tagName, className, ariaLabel, textContent } = document.activeElement;
    return `${tagName.toLowerCase()}.${className} ${ariaLabel ?? textContent.trim().slice(0, 40)}`.trim();
  });

const isOn = (page, selector) =>
  page.waitForFunction((selector) => document.activeElement.matches(selector), selector);

// The program has rendered what a key led to, and the browser has laid it out.
const rendered = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

const more = (entry) => async ({ page }) => {
  await page.locator(".menu summary").click();
  await page.locator(".menu-list").getByRole("menuitem", { name: entry, exact: true }).click();
};
const click = (...selectors) => async ({ page }) => {
  for (const selector of selectors) await page.locator(selector).first().click();
};
const keys = (...names) => (stage) => stage.press(...names);

// Each state of the page, how a reader gets there, and the part whose controls are pressed in it.
const states = [
  ["the start", desktop, "", null, "#app"],
  ["the start on a phone", phone, "", null, "#app"],
  ["the stage", desktop, figure, keys("ArrowRight", "ArrowRight", "]"), "#app"],
  ["the stage on a phone", phone, figure, keys("ArrowRight", "ArrowRight", "]"), "#app"],
  ["the diagram alone", desktop, `${figure}&view=spacetime`, null, ".main"],
  ["why", desktop, figure, keys("End", "w"), ".side"],
  ["something to undo and to redo", desktop, figure, keys("]", "x", "c", "Control+z"), ".head"],
  ["the menu", desktop, figure, click(".menu summary"), ".menu"],
  ["the menu on a phone", phone, figure, click(".menu summary"), ".menu"],
  ["the set-up", desktop, figure, click(".head-algorithm"), ".panel"],
  ["the set-up on a phone", phone, figure, more("Set-up"), ".panel"],
  ["the faults", desktop, figure, more("Faults and overrides"), ".panel"],
  ["a new fault", desktop, figure, async (stage) => {
    await more("Faults and overrides")(stage);
    await click(".faults-add button")(stage);
  }, ".panel"],
  ["the script", desktop, figure, click(".to-script"), ".panel"],
  ["a script with a mistake", desktop, figure, async (stage) => {
    await click(".to-script")(stage);
    await stage.page.waitForFunction(() => document.querySelector(".script-text")?.value);
    await stage.page.locator(".script-text").fill("procesess 3\nat 1s crsh 2\n");
    await stage.page.locator(".script-foot.problem").waitFor();
  }, ".panel"],
  ["the JSON", desktop, figure, click(".to-script", ".panel-head .button:nth-child(4)"), ".panel"],
  ["the comparison", desktop, figure, click(".to-compare"), ".compare"],
  ["the gallery", desktop, figure, click(".to-gallery"), ".gallery"],
  ["a lesson", desktop, "#lesson/the-leader-is-gone", null, ".lesson-panel"],
  ["a question of a lesson", desktop, "#lesson/bully-step-by-step&step=3", null, ".lesson-panel"],
  ["groups", desktop, "#preset/two-crowns", null, ".main > :first-child, .verdict"],
  ["the help", desktop, figure, keys("?"), "dialog"],
  ["the share dialog", desktop, figure, keys("l"), "dialog"],
  ["the embed dialog", desktop, figure, async (stage) => {
    await stage.press("l");
    await click(".share-foot .button")(stage);
  }, "dialog"],
  ["the import dialog", desktop, figure, keys("i"), "dialog"],
  ["the split dialog", desktop, figure, keys("n"), "dialog"],
];

// Of controls that differ in a number alone, as the lines of a list do, two are pressed. They stay at hand
// for as long as the page is as it was.
const controlsOf = (page, part) =>
  page.evaluate((part) => {
    const found = [...document.querySelectorAll(part)].flatMap((part) => [
      ...part.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]"),
    ]);
    const seen = new Map();
    globalThis.controls = found.filter((control) => {
      if (!control.checkVisibility() || control.matches(":disabled, [type=file]")) return false;
      const words = (control.ariaLabel ?? control.textContent).replace(/\d+/g, "#");
      const kind = `${control.tagName} ${control.className} ${control.closest("[data-target]") ? "" : words}`;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      return seen.get(kind) <= 2;
    });
    return globalThis.controls.length;
  }, part);

// What is open, and what can be undone.
const condition = (page) =>
  page.evaluate(() => {
    const dialog = document.querySelector("dialog, .menu[open], .panel");
    const undo = document.querySelector(".head-steps button");
    return JSON.stringify([{ ...document.querySelector(".page").dataset }, dialog?.className, dialog?.ariaLabel, undo?.ariaLabel]);
  });

for (const [name, viewport, at, reach, part] of states) {
  test(`no control loses the focus: ${name}`, async () => {
    const { page } = await fresh({ viewport });
    await page.addInitScript(() => {
      globalThis.print = () => {};
      Element.prototype.requestFullscreen = async () => {};
    });
    const lost = [];
    let [count, before] = [1, null];
    for (let place = 0; place < count; place += 1) {
      const focuses = () => page.evaluate((place) => {
        globalThis.controls?.[place]?.focus();
        return globalThis.controls?.[place] === document.activeElement;
      }, place);
      if (before === null || (await condition(page)) !== before || !(await focuses())) {
        await page.goto("about:blank");
        await page.goto(url(at));
        await page.locator(".spacetime canvas, .strip canvas, .lesson-question").first().waitFor();
        await reach?.(new Stage(page));
        await rendered(page);
        count = await controlsOf(page, part);
        assert.ok(count > 0, "there is something to press");
        before = await condition(page);
        // What cannot have the focus cannot be pressed by key.
        if (!(await focuses())) continue;
      }
      const pressed = await focused(page);
      await page.keyboard.press("Enter");
      await rendered(page);
      if ((await focused(page)).startsWith("body")) lost.push(pressed);
    }
    assert.deepEqual(lost, []);
  });
}

test("closing gives the focus back to the opener, and a panel takes it when it opens", async () => {
  const { page } = await fresh({ viewport: desktop });
  const stage = await Stage.open(page, url(figure));
  for (const [opener, first] of [[".head-algorithm", "select"], [".to-script", ".script-text"]]) {
    for (const close of [
      async () => {
        await page.locator('.panel-head [aria-label="Close"]').focus();
        await stage.press("Enter");
      },
      () => stage.press("Escape"),
    ]) {
      await page.locator(opener).focus();
      await stage.press("Enter");
      await isOn(page, ".panel > :last-child");
      await stage.press("Tab");
      await isOn(page, `.panel ${first}`);
      await stage.press("Shift+Tab");
      await close();
      await isOn(page, opener);
    }
  }
  for (const [key, opener] of [["?", ".head-help"], ["l", ".head-share"]]) {
    await page.locator(opener).focus();
    await stage.press("Enter", "Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await isOn(page, opener);
    assert.ok(key);
  }
  await page.locator(".menu summary").focus();
  await stage.press("Enter");
  await isOn(page, ".menu-item");
  await page.getByRole("menuitem", { name: "Import" }).focus();
  await stage.press("Enter", "Escape");
  await isOn(page, ".menu summary");
});

test("another screen puts the focus into its main region", async () => {
  const { page } = await fresh({ viewport: desktop });
  const stage = await Stage.open(page, url());
  await page.locator(".crash").focus();
  await stage.press("Enter");
  await isOn(page, "main.main");
  await stage.press("Tab");
  await isOn(page, ".accessible-list button");
  await page.locator(".to-gallery").focus();
  await stage.press("Enter");
  await page.locator(".card").first().focus();
  await stage.press("Enter");
  await isOn(page, "main.main");
  await page.locator(".to-compare").focus();
  await stage.press("Enter");
  await page.locator('[aria-label="Close the comparison"]').focus();
  await stage.press("Enter");
  await isOn(page, "main.main");
});

test("a control that becomes disabled passes the focus to its neighbour", async () => {
  const { page } = await fresh({ viewport: desktop });
  const stage = await Stage.open(page, url(figure));
  await stage.press("]", "x");
  const [undo, redo] = [page.locator(".head-steps button").first(), page.locator(".head-steps button").last()];
  await undo.focus();
  await stage.press("Enter");
  await isOn(page, '.head-steps [aria-label^="Redo crash"]');
  await stage.press("Enter");
  await isOn(page, '.head-steps [aria-label^="Undo crash"]');
  await eventually(() => redo.isDisabled(), true);
});

test("the diagram and the stage can be folded away under the focus", async () => {
  const { page } = await fresh({ viewport: desktop });
  const stage = await Stage.open(page, url(figure));
  await page.locator(".spacetime").focus();
  for (const view of ["stage", "spacetime", null]) {
    await stage.press("v");
    await page.waitForFunction((view) => document.querySelector(".page").getAttribute("data-view") === view, view);
    await rendered(page);
    assert.doesNotMatch(await focused(page), /^body/, `${view}`);
  }
});

test("Escape in the help on a phone gives the focus back", async () => {
  const { page } = await fresh({ viewport: phone, hasTouch: true, isMobile: true });
  const stage = await Stage.open(page, url(figure));
  await page.locator(".menu summary").focus();
  await stage.press("Enter");
  await page.getByRole("menuitem", { name: "Help" }).focus();
  await stage.press("Enter");
  await page.locator("dialog.help").waitFor();
  await stage.press("Escape");
  await page.locator("dialog.help").waitFor({ state: "detached" });
  await isOn(page, ".menu summary");
});

test("a press outside every control leaves no control focused", async () => {
  const { page } = await fresh({ viewport: desktop });
  const stage = await Stage.open(page, url(figure));
  await page.locator(".to-script").click();
  await page.locator(".to-script").click();
  await page.mouse.click(700, 24);
  await stage.press("End", "Home");
  assert.match(await focused(page), /^body/);
});

// The levels of the headings in the order of the page, without the hidden ones.
const levels = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("h1, h2, h3, h4")]
      .filter((heading) => heading.checkVisibility())
      .map((heading) => [Number(heading.tagName[1]), heading.textContent]));

test("no heading skips a level", async () => {
  const open = [null, click(".head-algorithm"), more("Faults and overrides"), async (stage) => {
    await click(".to-script")(stage);
    await stage.page.locator(".script-words summary").click();
  }, keys("?"), keys("]"), keys("End", "w"), click(".to-compare"), click(".to-gallery")];
  for (const reach of open) {
    const { page } = await fresh({ viewport: desktop });
    const stage = await Stage.open(page, url(figure));
    await reach?.(stage);
    await rendered(page);
    const found = await levels(page);
    assert.equal(found[0]?.[0], 1);
    for (const [place, [level, words]] of found.entries()) {
      assert.ok(place === 0 || level <= found[place - 1][0] + 1, `${words} is an h${level} in ${JSON.stringify(found)}`);
    }
    await page.context().close();
  }
});

test("the legend says what a press does, and the end of playing is announced", async () => {
  const { page } = await fresh({ viewport: desktop });
  const stage = await Stage.open(page, url(figure));
  await stage.press("End", "Home");
  const kind = page.getByRole("button", { name: "Election 0: show these messages" });
  await eventually(() => kind.getAttribute("aria-pressed"), "true");
  await eventually(() => kind.getAttribute("title"), /^Hide Election messages/);
  await kind.click();
  await eventually(() => kind.getAttribute("aria-pressed"), "false");
  await eventually(() => kind.getAttribute("title"), /^Show Election messages/);
  const announced = page.locator('[data-of="playback"]');
  assert.equal(await announced.textContent(), "");
  await stage.press("+", "+", "+", "+", "+", "+");
  await page.locator(".play").click();
  await page.waitForFunction(() => document.querySelector('[data-of="playback"]').textContent === "The run has ended, at 2 s.");
  await eventually(() => announced.getAttribute("role"), "status");
});
