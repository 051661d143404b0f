// The dialog that writes the lines for another page: its lines match its preview.
import AxeBuilder from "@axe-core/playwright";
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "./eventually.mjs";
import { Stage } from "./stage.mjs";
import { isGivenUp, visits } from "./visit.mjs";

const { fresh, url } = visits();

const opened = async (options = { viewport: { width: 1440, height: 900 } }, edit = async () => {}) => {
  const { page, bad } = await fresh({ permissions: ["clipboard-read", "clipboard-write"], ...options });
  const stage = await Stage.open(page, url("#preset/bully-figure&t=268ms"));
  await edit(stage);
  await page.getByRole("button", { name: /^Share/ }).first().click();
  await page.getByRole("button", { name: "Embed in a page…" }).click();
  const dialog = page.getByRole("dialog", { name: "Embed in a page" });
  await dialog.waitFor();
  const figure = page.frameLocator("iframe.embed-preview");
  const lines = () => dialog.getByLabel("Lines for your page").inputValue();
  // The tools write them.
  return { page, bad, dialog, figure, lines };
};

test("the lines say what is chosen, the preview shows it, and one button copies them", async () => {
  const { page, bad, dialog, figure, lines } = await opened();
  await eventually(async () => (await figure.locator(".clock").textContent()).trim(), "268 ms");
  await eventually(lines, /^<script src="http:.*\/sub\/dir\/v1\/embed.js" defer><\/script>\n<leader-election preset="bully-figure" start-at="268ms"/);
  await dialog.getByLabel("Starts at").fill("200ms");
  await dialog.getByLabel("Starts at").press("Enter");
  await dialog.getByLabel("Shows").selectOption("both");
  await dialog.getByLabel("Only for looking at").check();
  await dialog.getByLabel("Plain frame").check();
  await eventually(lines, /^<iframe src=".*\?embed=1&amp;start-at=200ms&amp;view=both&amp;readonly#preset\/bully-figure"/);
  await figure.locator(".figure[data-view=both] .spacetime").waitFor();
  await eventually(async () => (await figure.locator(".clock").textContent()).trim(), "200 ms");
  await dialog.getByRole("button", { name: "Copy" }).click();
  await dialog.getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await lines());
  // The way back does not lead through what was tried.
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await eventually(() => page.url(), /#preset\/bully-figure/);
  // A frame that another takes the place of may not have loaded yet.
  assert.deepEqual(bad.filter((line) => !isGivenUp(line)), []);
});

test("changes are in the lines, and an option that a block cannot have is reported", async () => {
  const { bad, dialog, lines } = await opened(undefined, (stage) => stage.doubleClick(2));
  await eventually(lines, /<svg class="hustings-poster"[\s\S]*at 269ms crash 2/);
  await dialog.getByLabel("With a picture until it plays").uncheck();
  await eventually(lines, (text) => !text.includes("<svg"));
  await dialog.getByLabel("Markdown block").check();
  await eventually(lines, /\n```leader-election\n[\s\S]*figure start 269ms\n```\n$/);
  await dialog.getByLabel("Plays by itself").check();
  await eventually(() => dialog.getByRole("alert").textContent(), /fenced block has no room for autoplay/);
  await dialog.getByLabel("Height").fill("12");
  await dialog.getByLabel("Height").press("Enter");
  await eventually(() => dialog.locator(".field-error").textContent(), /from 260 to 4000/);
  assert.deepEqual(bad, []);
});

test("it is accessible in both themes, on a screen and on a phone", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
      const { page, bad, figure } = await opened({ viewport, colorScheme });
      await figure.locator(".figure-bar").waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), []);
      await eventually(() => page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
      assert.deepEqual(bad, []);
    }
  }
});
