// The printed page, as the browser itself lays it out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chromiumOnly } from "./browser.mjs";
import { eventually, still } from "./eventually.mjs";
import { A4, printedStory } from "./print.mjs";
import { Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();

test("a sheet of A4 has stage, verdict and story, from a window of any width", chromiumOnly("media cannot be emulated"), async () => {
  for (const viewport of [{ width: 1440, height: 900 }, { width: 800, height: 1000 }, { width: 390, height: 844 }]) {
    const { page, bad } = await fresh({ viewport });
    await Stage.open(page, url("#preset/bully-figure&t=268ms"));
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize(A4);
    const { lines, ...story } = await still(() => printedStory(page));
    assert.ok(lines > 5, `${lines} lines`);
    assert.deepEqual(story, { spilling: [], verdict: true, covered: false, controls: 0, wide: false }, `${viewport.width}`);
    await eventually(() => page.locator("canvas.stage").isVisible(), true);
    assert.ok((await page.pdf({ format: "A4" })).byteLength > 10_000);
    assert.deepEqual(bad, []);
  }
});
