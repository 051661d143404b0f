// Colours and font that a page sets reach the live figure: its style sheet and its canvas.
import assert from "node:assert/strict";
import { test } from "node:test";
import { figure, hosts, ready, within } from "./host.mjs";
import { eventually } from "./eventually.mjs";

const { open, tag: tagOf } = hosts({ built: true });

const STYLE = `<style>
  :root { --leader-election-ground: #FFF4D6; --leader-election-ink: rgb(90 20 120); --leader-election-font: Courier, monospace;
    --leader-election-quiet-ink: oklch(0.4 0.1 150); --leader-election-line: color-mix(in srgb, red, white); }
  :root.dark { background: #001020; --leader-election-ground: #002B36; --leader-election-ink: #FDF6E3;
    --leader-election-quiet-ink: #93A1A1; --leader-election-line: #586E75; --leader-election-font: Georgia, serif; }
</style>`;

// The number of pixels of each colour on the canvas of the stage. A new canvas, as for another font, is blank until
// the next frame.
const countPixels = (frame, colours) =>
  frame.evaluate((colours) => {
    const canvas = document.querySelector("canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const found = Object.fromEntries(colours.map((colour) => [colour, 0]));
    for (let at = 0; at < data.length; at += 4) {
      const colour = data[at + 3] === 255 && [...data.slice(at, at + 3)].join(" ");
      if (colour in found) found[colour] += 1;
    }
    return found;
  }, colours);
const frameOf = async (page, index = 0) =>
  (await page.locator("leader-election").nth(index).locator("iframe").elementHandle()).contentFrame();
const styleOf = (frame) =>
  frame.evaluate(() => {
    const figure = getComputedStyle(document.querySelector(".figure"));
    const { theme } = document.documentElement.dataset;
    return [theme, figure.backgroundColor, figure.color, figure.borderTopColor, figure.fontFamily];
  });
const has = (frame, property, value) =>
  frame.waitForFunction(
    ([property, value]) => getComputedStyle(document.querySelector(".figure"))[property] === value,
    [property, value],
  );
const [LIGHT_INK, DARK_INK] = ["22 25 29", "236 238 240"];

test("colours and font of the page reach the frame and its canvas, and follow a switch of its theme", async () => {
  const { page, bad } = await open(figure('preset="bully-figure" start-at="100ms"'), { head: STYLE + tagOf() });
  await ready(page);
  const frame = await frameOf(page);
  await has(frame, "backgroundColor", "rgb(255, 244, 214)");
  const light = ["light", "rgb(255, 244, 214)", "rgb(90, 20, 120)", "rgb(255, 128, 128)", "Courier, monospace"];
  await eventually(() => styleOf(frame), light);
  const secondary = await within(page).locator(".figure-head p").evaluate((node) => getComputedStyle(node).color);
  assert.match(secondary, /^rgb\((\d+), (\d+), (\d+)\)$/);
  assert.notEqual(secondary, "rgb(97, 105, 114)", "the page's quiet ink");
  await eventually(
    () => countPixels(frame, ["90 20 120", "255 128 128"]),
    (found) => found["90 20 120"] > 20 && found["255 128 128"] > 0,
  );

  await page.evaluate(() => document.documentElement.classList.add("dark"));
  await has(frame, "backgroundColor", "rgb(0, 43, 54)");
  await frame.waitForFunction(() => getComputedStyle(document.querySelector("canvas")).fontFamily === "Georgia, serif");
  const dark = ["dark", "rgb(0, 43, 54)", "rgb(253, 246, 227)", "rgb(88, 110, 117)", "Georgia, serif"];
  await eventually(() => styleOf(frame), dark);
  await eventually(
    () => countPixels(frame, ["253 246 227", "90 20 120", DARK_INK]),
    (found) => found["253 246 227"] > 20 && found["90 20 120"] + found[DARK_INK] === 0,
  );

  // Without them the figure has its own colours again, in the same frame.
  await page.evaluate(() => {
    document.querySelector("style").remove();
    document.documentElement.classList.remove("dark");
  });
  await has(frame, "backgroundColor", "rgb(255, 255, 255)");
  await eventually(async () => (await styleOf(frame))[2], "rgb(22, 25, 29)");
  assert.deepEqual(bad, []);
});

test("styles of an element apply only to its figure", async () => {
  const own = figure('preset="start"').replace('style="', 'style="--leader-election-ink:#0000C0;');
  const { page, bad } = await open(own + figure('preset="start" id="other"'));
  await ready(page, 0);
  await ready(page, 1);
  await has(await frameOf(page, 0), "color", "rgb(0, 0, 192)");
  await has(await frameOf(page, 1), "color", "rgb(22, 25, 29)");
  // It is followed while the figure is live.
  await page.locator("#other").evaluate((element) => element.style.setProperty("--leader-election-ink", "darkgreen"));
  await has(await frameOf(page, 1), "color", "rgb(0, 100, 0)");
  assert.deepEqual(bad, []);
});

test("an invalid colour or font is ignored, and the console names it", async () => {
  const hostile = {
    ground: "url(https://evil.example/x)",
    ink: "red blue",
    "quiet-ink": "rgb(0 0 0 / 50%)",
    line: "{ } * { display: none }",
    font: "url(x), serif",
  };
  const values = Object.entries(hostile).map(([name, value]) => `--leader-election-${name}: ${value};`);
  const { page, bad } = await open(figure('preset="start"'), { head: `<style>:root { ${values.join("")} }</style>${tagOf()}` });
  await ready(page);
  const frame = await frameOf(page);
  await has(frame, "backgroundColor", "rgb(255, 255, 255)");
  assert.equal(await frame.evaluate(() => document.documentElement.getAttribute("style") ?? ""), "");
  await eventually(() => countPixels(frame, [LIGHT_INK]), (found) => found[LIGHT_INK] > 20);
  for (const [name, value] of Object.entries(hostile)) {
    const said = () => bad.filter((line) => line.includes(`--leader-election-${name} is ignored: "${value}"`)).length;
    await eventually(said, 1, `${name}: ${bad.join("\n")}`);
  }
  assert.equal(bad.length, Object.keys(hostile).length, bad.join("\n"));
});
