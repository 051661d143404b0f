// Figures in the sites of mdBook, MkDocs with Material, Sphinx with MyST, Starlight and VitePress, by every way of
// embedding.
import AxeBuilder from "@axe-core/playwright";
import assert from "node:assert/strict";
import { test } from "node:test";
import { chromiumOnly } from "./browser.mjs";
import { watchShifts } from "./host.mjs";
import { eventually, still } from "./eventually.mjs";
import { MAKERS, sites } from "./sites.mjs";
import { reportOf, reportOfText } from "./stage.mjs";
import { isGivenUp } from "./visit.mjs";

const { fresh, url } = sites();

// By the maker's own switch, to dark if it is light.
const SWITCH = {
  mdbook: async (page, theme) => {
    if (!(await page.locator("#mdbook-theme-list").isVisible())) await page.locator("#mdbook-theme-toggle").click();
    await page.locator(theme === "dark" ? "#mdbook-theme-coal" : "#mdbook-theme-light").click();
  },
  mkdocs: (page, theme) => page.locator(`label[title="${theme === "dark" ? "Dark" : "Light"}"]:visible`).click(),
  sphinx: (page) => page.locator(".theme-toggle:visible").click(),
  starlight: (page, theme) => page.locator("starlight-theme-select select:visible").selectOption(theme),
  vitepress: (page) => page.locator(".VPSwitchAppearance:visible").click(),
};
// The generators that change pages by script.
const TURNS = ["mkdocs", "vitepress"];
const MORE = { mdbook: "more.html", mkdocs: "more/", sphinx: "more.html", starlight: "more/", vitepress: "more.html" };
const SCRIPT = 'title "By a block: 3 notices that 6 is gone"\nat 100ms crash 6\nat 200ms suspect 3\nexpect leader 5 by 500ms\n';
const THREE = {
  element: "leader-election:not([data-fence])",
  fence: "leader-election[data-fence]",
  frame: "iframe[loading=lazy]",
};
const figures = (page) => page.locator("leader-election");

// The frame of the first figure of its way, once it shows its first picture.
const inside = async (page, way) => {
  const place = page.locator(THREE[way]).first();
  await place.scrollIntoViewIfNeeded();
  const frame = way === "frame" ? place : place.locator("iframe:not(.coming)");
  await frame.waitFor();
  const inner = await (await frame.elementHandle()).contentFrame();
  await inner.locator(".figure-bar").waitFor();
  return inner;
};
const live = async (page, ways = Object.keys(THREE)) => {
  const frames = {};
  for (const way of ways) frames[way] = await inside(page, way);
  return frames;
};
const clock = async (frame) => (await frame.locator(".clock").textContent()).replace(/\s+/g, " ").trim();
const changes = (frame, before) =>
  frame.waitForFunction((before) => document.querySelector(".clock").textContent.replace(/\s+/g, " ").trim() !== before, before);
// Leaving a page while its figures load aborts their requests. Sphinx's theme logs its own changes.
const wrong = (bad) => bad.filter((line) => !isGivenUp(line) && !line.startsWith("console log: Changed to "));
const open = async (maker, { ready = () => {}, path = "", height = 700 } = {}) => {
  const { page, bad } = await fresh({ viewport: { width: 1300, height }, colorScheme: "light" });
  await ready(page);
  await page.goto(url(maker, path));
  return { page, bad };
};

for (const maker of MAKERS) {
  test(`${maker}: all three play and pause, and pause out of sight`, async () => {
    const { page, bad } = await open(maker);
    const frames = await live(page);
    const before = await page.evaluate(() => [location.href, history.length]);
    await page.evaluate(() => (document.body.style.paddingBottom = "3000px"));
    for (const [way, frame] of Object.entries(frames)) {
      await page.locator(THREE[way]).scrollIntoViewIfNeeded();
      // A preset shows the instant of its poster, and plays from its beginning.
      const shown = { element: "283 ms", frame: "1.320 s", fence: "0 ms" }[way];
      await eventually(() => clock(frame), shown, way);
      await frame.getByRole("button", { name: "Play" }).click();
      await changes(frame, shown);
      await page.evaluate(() => scrollTo(0, document.scrollingElement.scrollHeight));
      await frame.evaluate(countFrames);
      await still(() => frame.evaluate(() => window.framesAsked));
      const rested = await clock(frame);
      await page.locator(THREE[way]).scrollIntoViewIfNeeded();
      await changes(frame, rested);
      await frame.getByRole("button", { name: "Pause" }).click();
      await still(() => clock(frame));
    }
    assert.deepEqual(await page.evaluate(() => [location.href, history.length]), before);
    assert.deepEqual(wrong(bad), []);
  });

  test(`${maker}: an element and a block report what the command line reports`, async () => {
    const { page, bad } = await open(maker);
    const report = (way) => page.locator(THREE[way]).evaluate((element) => element.report());
    assert.deepEqual(await report("element"), reportOf("bully-figure"));
    assert.deepEqual(await report("fence"), reportOfText(SCRIPT));
    for (const way of ["element", "fence"]) {
      const times = await page.locator(THREE[way]).evaluate(async (element) => {
        await element.seek(0.15);
        await element.play();
        const isPlaying = !element.paused;
        await element.pause();
        return [isPlaying, element.paused, element.currentTime >= 0.15];
      });
      assert.deepEqual(times, [true, true, true], way);
    }
    assert.deepEqual(wrong(bad), []);
  });

  test(`${maker}: the switch of its theme is followed`, async () => {
    const { page, bad } = await open(maker);
    const { element, fence } = await live(page);
    for (const theme of ["dark", "light"]) {
      await SWITCH[maker](page, theme);
      for (const frame of [element, fence]) {
        // Asked by the clock: out of sight a frame is not painted.
        const has = (theme) => document.documentElement.dataset.theme === theme;
        await frame.waitForFunction(has, theme, { polling: 50 });
      }
    }
    assert.deepEqual(wrong(bad), []);
  });

  test(`${maker}: from page to page and back, each figure lives once`, async () => {
    const { page, bad } = await open(maker);
    await live(page);
    await page.evaluate(() => (window.isSame = true));
    const entries = () => page.evaluate(() => history.length);
    const before = await entries();
    for (let round = 0; round < (TURNS.includes(maker) ? 2 : 1); round += 1) {
      await page.getByRole("link", { name: "More", exact: true }).last().click();
      await page.getByRole("heading", { name: "More" }).waitFor();
      await live(page, ["element", "fence"]);
      await eventually(() => figures(page).count(), 2);
      assert.equal(page.frames().length, 3);
      assert.equal(await page.locator(THREE.element).evaluate(async (element) => (await element.report()).title), "Told inside");
      await eventually(() => page.locator(`${THREE.fence} + *`).isVisible(), false, "the block is hidden");
      // Playwright would wait for a load, which a page that Firefox has kept does not have. The answer to this call
      // leaves before the page does.
      await page.evaluate(() => void requestAnimationFrame(() => history.back()));
      await page.getByRole("heading", { name: "Three ways" }).waitFor();
      await live(page);
      await eventually(() => figures(page).count(), 2);
      assert.equal(page.frames().length, 4);
      assert.deepEqual(await page.locator(THREE.fence).evaluate((element) => element.report()), reportOfText(SCRIPT));
    }
    assert.equal(await entries(), before + 1);
    assert.equal(await page.evaluate(() => window.isSame ?? false), TURNS.includes(maker));
    assert.deepEqual(wrong(bad), []);
  });

  test(`${maker}: nothing moves while figures come to life, also with a late script`, async () => {
    for (const path of ["", MORE[maker]]) {
      const { page, bad } = await open(maker, {
        path,
        // What moves out of sight is not counted.
        height: 2000,
        ready: async (page) => {
          // Sphinx's theme and Starlight move parts of their own around it.
          await page.addInitScript(watchShifts, "main, [role=main]");
          await page.route("**/v1/embed.js", async (route) => {
            // When everything else was painted, unless that waits for it.
            if (maker !== "mdbook") await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
            await route.continue();
          });
        },
      });
      await live(page, path ? ["element", "fence"] : undefined);
      assert.deepEqual(await page.evaluate(() => window.shifts), [], path);
      if (TURNS.includes(maker) && !path) {
        // Not by the pointer: what moves right after that is not counted either.
        await page.getByRole("link", { name: "More", exact: true }).last().evaluate((link) => link.click());
        await page.getByRole("heading", { name: "More" }).waitFor();
        await live(page, ["element", "fence"]);
        assert.deepEqual(await page.evaluate(() => window.shifts), [], "on the next page");
      }
      assert.deepEqual(wrong(bad), []);
    }
  });

  test(`${maker}: axe finds nothing, and Tab goes in and out again`, async () => {
    const { page, bad } = await open(maker);
    await live(page);
    for (const way of Object.values(THREE)) {
      // It would fetch the player's style sheet from its other origin, which a page itself need not be let.
      const { violations } = await new AxeBuilder({ page }).options({ preload: false }).include(way).analyze();
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], way);
    }
    await page.evaluate(() => scrollTo(0, 0));
    // Where the focus is, after each press: in a figure, by its way, or on something of the page's.
    const focus = () =>
      page.evaluate((ways) => {
        const { activeElement } = document;
        return Object.keys(ways).find((way) => activeElement.matches(ways[way])) ?? activeElement.textContent.trim();
      }, THREE);
    const seen = [];
    while (seen.slice(-2).join() !== "frame,More" && seen.length < 20) {
      await page.keyboard.press("Tab");
      const at = await focus();
      if (seen.at(-1) !== at) seen.push(at);
    }
    assert.deepEqual(seen.slice(seen.indexOf("element")), ["element", "fence", "frame", "More"]);
    await page.keyboard.press("Shift+Tab");
    await eventually(focus, "frame");
    assert.deepEqual(wrong(bad), []);
  });
}

// In a frame: counts how often it asks for an animation frame from now on.
const countFrames = () => {
  if (window.framesAsked === undefined) {
    const real = window.requestAnimationFrame;
    window.requestAnimationFrame = (...call) => ((window.framesAsked += 1), real(...call));
  }
  window.framesAsked = 0;
};
