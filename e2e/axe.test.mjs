// axe finds no violation on any screen and in any state, in both themes and at three sizes.
import assert from "node:assert/strict";
import { test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const sizes = { desktop: [1440, 900], tablet: [1024, 768], phone: [390, 844] };

// What is wrong, as a reader of the test's failure wants to know it.
const complaints = async (page) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`),
  );
};

const more = async (page, entry) => {
  await page.locator(".menu summary").click();
  await page.locator(".menu-list").getByRole("menuitem", { name: entry, exact: true }).click();
};

// Each state is reached as a reader reaches it.
const states = {
  "the start": { at: "" },
  "an election": { at: "#preset/bully-figure", reach: (stage) => stage.press("End") },
  "a split brain": { at: "#preset/split-brain", reach: (stage) => stage.goToExpectation(0) },
  "sixty-four at work": { at: "#preset/thirty-two", reach: (stage) => stage.press("End") },
  "a selected process": {
    at: "#preset/bully-figure",
    reach: (stage) => stage.press("ArrowRight", "ArrowRight", "]"),
  },
  "why": {
    at: "#preset/bully-figure",
    reach: (stage) => stage.press("End", "w"),
  },
  "the script": {
    at: "#preset/bully-figure",
    reach: ({ page }) => (page.viewportSize().width < 1024 ? more(page, "Script") : page.locator(".to-script").click()),
  },
  "the set-up": {
    at: "#preset/bully-figure",
    reach: ({ page }) => (page.viewportSize().width < 1024 ? more(page, "Set-up") : page.locator(".head-algorithm").click()),
  },
  "faults and edits": {
    at: "#preset/bully-figure",
    reach: ({ page }) => more(page, "Faults and overrides"),
  },
  "the search": {
    at: "#preset/bully-figure",
    reach: async ({ page }) => {
      await (page.viewportSize().width < 1024 ? more(page, "Search") : page.locator(".to-search").click());
      await page.getByRole("button", { name: "Search", exact: true }).last().click();
      await page.getByRole("button", { name: "Explain" }).first().click();
      await page.locator(".answer-why").waitFor();
    },
  },
  "what if": {
    at: "#preset/bully-figure",
    reach: async ({ page }) => {
      await (page.viewportSize().width < 1024 ? more(page, "What if") : page.locator(".to-what-if").click());
      await page.locator(".what-if-effort", { hasText: "runs in" }).waitFor();
    },
  },
  "the table of what if": {
    at: "#preset/bully-figure",
    reach: async ({ page }) => {
      await (page.viewportSize().width < 1024 ? more(page, "What if") : page.locator(".to-what-if").click());
      await page.getByRole("button", { name: "Vary a second setting" }).click();
      await page.getByRole("button", { name: "Table", exact: true }).click();
      await page.locator(".what-if-table").waitFor();
    },
  },
  "the comparison": {
    at: "#preset/bully-figure",
    reach: ({ page }) => (page.viewportSize().width < 1024 ? more(page, "Compare") : page.locator(".to-compare").click()),
  },
  "all algorithms": {
    at: "#preset/bully-figure",
    reach: async ({ page }) => {
      await page.evaluate(() => (location.hash += "&vs=all"));
      await page.locator(".all-table table[aria-busy=false]").waitFor();
    },
  },
  "the gallery": {
    at: "#preset/bully-figure",
    reach: ({ page }) => (page.viewportSize().width < 1024 ? more(page, "Gallery and lessons") : page.locator(".to-gallery").click()),
  },
  "the help": { at: "#preset/bully-figure", reach: (stage) => stage.press("?") },
  "the share dialog": { at: "#preset/bully-figure", reach: (stage) => stage.press("l") },
  "the import dialog": { at: "#preset/bully-figure", reach: (stage) => stage.press("i") },
  "the JSON": {
    at: "#preset/bully-figure",
    reach: async ({ page }) => {
      await (page.viewportSize().width < 1024 ? more(page, "Script") : page.locator(".to-script").click());
      await page.locator(".panel-head").getByRole("button", { name: "JSON" }).click();
    },
  },
  "the split dialog": { at: "#preset/bully-figure", reach: (stage) => stage.press("n") },
  "the open menu": {
    at: "#preset/bully-figure",
    reach: ({ page }) => page.locator(".menu summary").click(),
  },
};

for (const [device, [width, height]] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`no complaint on a ${device}, ${colorScheme}`, async (context) => {
      for (const [state, { at, reach }] of Object.entries(states)) {
        await context.test(state, async () => {
          const { page, bad } = await fresh({ viewport: { width, height }, colorScheme });
          const stage = await Stage.open(page, url(at));
          await reach?.(stage);
          assert.deepEqual(await complaints(page), []);
          assert.deepEqual(bad, []);
          await page.context().close();
        });
      }
    });
  }
}
