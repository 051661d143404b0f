// Exports in the programs that read them: pictures in the browser, a sequence diagram in Mermaid, a log with
// ShiViz's own expression.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { still } from "./eventually.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const preset = (name) => `presets/${name}.hustings`;
const hustings = (...args) => run(args);
const run = (args, input) =>
  execFileSync("cargo", ["run", "--locked", "--quiet", "--bin", "hustings", "--", ...args], {
    cwd: root,
    input,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });

let browser;
// A blank page, where pictures are compared: an SVG document has no canvas.
let judge;
before(async () => {
  browser = await launch();
  judge = await browser.newPage();
});
after(() => browser?.close());

const fresh = async (options = {}) => {
  const context = await browser.newContext({ viewport: { width: 720, height: 500 }, ...options });
  const page = await context.newPage();
  const bad = [];
  page.on("pageerror", (error) => bad.push(`${error}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("data:") && request.url() !== "about:blank") bad.push(request.url());
  });
  return { page, bad };
};

const data = (svg) => `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;

// The share of pixels in which two pictures differ to the eye, down to `height`.
const difference = (one, other, height) =>
  judge.evaluate(
    async ([one, other, height]) => {
      const pixels = async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [image.width, height];
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, image.width, height).data;
      };
      const [a, b] = [await pixels(one), await pixels(other)];
      let differing = 0;
      for (let at = 0; at < a.length; at += 4) {
        const far = Math.max(...[0, 1, 2].map((channel) => Math.abs(a[at + channel] - b[at + channel])));
        if (far > 48) differing += 1;
      }
      return differing / (a.length / 4);
    },
    [one, other, height],
  );

// Trails that have just begun are drawn a little simpler where they move.
const alike = 0.002;

const shot = async (page) => `data:image/png;base64,${(await page.screenshot()).toString("base64")}`;

test("an animation shows at an instant what a picture of that instant shows", async () => {
  const still = { from: 190, to: 310 };
  const animation = hustings(
    ...["render", preset("bully-figure"), "--animate", "--theme", "light"],
    ...["--from", `${still.from}ms`, "--to", `${still.to}ms`, "--speed", "20ms"],
  );
  const { page } = await fresh();
  const { page: other } = await fresh();
  await page.goto(data(animation));
  let before;
  for (const at of [195, 206, 215, 228, 245, 268, 284, 289, 300]) {
    await page.evaluate((time) => {
      for (const each of document.getAnimations()) {
        each.pause();
        each.currentTime = time;
      }
    }, ((at - still.from) / 20) * 1000);
    const moved = await shot(page);
    const args = ["render", preset("bully-figure"), "--theme", "light", "--at", `${at}ms`];
    await other.goto(data(hustings(...args)));
    const picture = await shot(other);
    const share = await difference(moved, picture, 405);
    assert.ok(share < alike, `at ${at} ms ${(100 * share).toFixed(2)} % of the pixels differ`);
    // Other instants look otherwise, or the comparison would prove nothing.
    if (before) assert.ok((await difference(moved, before, 405)) > alike, `${at} ms is as before`);
    before = picture;
  }
});

test("the README's picture moves as an image, without a script and without a request", async () => {
  const picture = readFileSync(`${root}docs/bully-figure.svg`, "utf8");
  assert.doesNotMatch(picture, /<script|on[a-z]+=/);
  const { page, bad } = await fresh();
  await page.setContent(`<body style="margin:0"><img src="${data(picture)}">`);
  await page.evaluate(() => document.querySelector("img").decode());
  const seen = new Set();
  // It is a picture of seconds; frames are taken until three differ.
  while (seen.size < 3) seen.add(await shot(page));
  assert.deepEqual(bad, []);
});

test("with reduced motion an animation shows one instant", async () => {
  const picture = readFileSync(`${root}docs/bully-figure.svg`, "utf8");
  const { page } = await fresh({ reducedMotion: "reduce" });
  await page.goto(data(picture));
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  const { page: other } = await fresh();
  await other.goto(data(hustings("render", preset("bully-figure"), "--at", "314ms")));
  const share = await difference(await shot(page), await shot(other), 405);
  assert.ok(share < alike, `${(100 * share).toFixed(2)} % of the pixels differ from the end`);
});

// Asked for by the browser itself: what a test pretends for a page does not reach its images.
test("as an image it does not move either if the system asks for reduced motion", async () => {
  const picture = readFileSync(`${root}docs/bully-figure.svg`, "utf8");
  const own = await launch({ isStill: true });
  try {
    const page = await (await own.newContext({ reducedMotion: null })).newPage();
    await page.setContent(`<body style="margin:0"><img src="${data(picture)}">`);
    await page.evaluate(() => document.querySelector("img").decode());
    assert.ok(await page.evaluate(() => matchMedia("(prefers-reduced-motion: reduce)").matches));
    const first = await shot(page);
    for (let looks = 0; looks < 3; looks += 1) assert.equal(await still(() => shot(page)), first);
  } finally {
    await own.close();
  }
});

test("a picture follows the reader's theme, in an image too", async () => {
  const auto = hustings("render", preset("split-brain"), "--view", "spacetime");
  const corner = async (svg, colorScheme) => {
    const { page } = await fresh({ colorScheme });
    await page.setContent(`<meta name="color-scheme" content="light dark"><img src="${data(svg)}">`);
    return page.evaluate(async () => {
      const image = document.querySelector("img");
      await image.decode();
      const context = document.createElement("canvas").getContext("2d");
      context.drawImage(image, 0, 0);
      return [...context.getImageData(1, 1, 1, 1).data.slice(0, 3)];
    });
  };
  assert.deepEqual(await corner(auto, "light"), [255, 255, 255]);
  assert.deepEqual(await corner(auto, "dark"), [0x15, 0x18, 0x1b]);
  const fixed = hustings("render", preset("split-brain"), "--theme", "dark");
  assert.deepEqual(await corner(fixed, "light"), [0x15, 0x18, 0x1b]);
});

const odd = `title "<b>; #1 %% \\\\ & end: {x} \`y\`"
processes 4
group a-b on 1 2 3
group end on 2 3 4
duplicate 30%
at 10ms cut 1->2
at 20ms crash 4
at 30ms suspect 2 in end
at 40ms pause 3 for 50ms
at 60ms heal
`;

// Titles that a scenario may have, each as it is written in a script.
const titles = ["#", ";", "title", "end", ":", "--", "]]> & &#10;", "`'`", "{{x}} $y$", "%%{init: {}}%%", "=1", "שלום"];
const blank = ["", " ", "\u00a0", "\u200b", "\u202ea", "a\u2066b"];

test("Mermaid reads and draws the sequence diagrams", async () => {
  const names = ["bully-figure", "start", "split-brain", "unstable-rank", "thirty-two", "one-cut-link"];
  const diagrams = names.map((name) => hustings("log", preset(name), "--format", "mermaid"));
  for (const title of titles) {
    diagrams.push(run(["log", "-", "--format", "mermaid"], `title "${title}"\nat 10ms crash 6\n`));
  }
  diagrams.push(run(["log", "-", "--format", "mermaid"], odd));
  const { page, bad } = await fresh();
  await page.setContent("<div id=here></div>");
  const program = new URL("node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js", import.meta.url);
  await page.addScriptTag({ path: fileURLToPath(program) });
  for (const diagram of diagrams) {
    const drawn = await page.evaluate(async (diagram) => {
      mermaid.initialize({ startOnLoad: false });
      await mermaid.parse(diagram);
      const { svg } = await mermaid.render("drawn", diagram);
      document.querySelector("#here").innerHTML = svg;
      const words = (name) =>
        [...document.querySelectorAll(`#here .${name}`)].map((each) => each.textContent);
      return { messages: words("messageText"), notes: words("noteText"), all: svg };
    }, diagram);
    const arrows = diagram.split("\n").filter((line) => /^  p\d+(->>|-x)p\d+:/.test(line));
    assert.ok(drawn.messages.length >= arrows.length && drawn.notes.length > 0, diagram.slice(0, 200));
    assert.doesNotMatch(drawn.all, /Syntax error/);
  }
  assert.match(await page.locator("#here").textContent(), /<b>; #1 %% \\+ & end: \{x\} `y`/);
  assert.deepEqual(bad, []);
});

test("a title that Mermaid cannot read is none that a scenario may have", () => {
  for (const title of blank) {
    assert.throws(() => run(["log", "-", "--format", "mermaid"], `title "${title}"\nat 10ms crash 6\n`));
  }
});

test("ShiViz's own expression reads every step of a log", () => {
  for (const name of ["bully-figure", "long-pause", "split-brain"]) {
    const log = hustings("log", preset(name), "--format", "shiviz");
    // As js/shiviz.js of ShiViz has it.
    const parser = new RegExp("(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})", "g");
    const own = {};
    let count = 0;
    for (const { groups } of log.matchAll(parser)) {
      const clock = JSON.parse(groups.clock);
      own[groups.host] = (own[groups.host] ?? 0) + 1;
      assert.equal(clock[groups.host], own[groups.host], `${groups.host}: ${groups.event}`);
      assert.match(groups.event, /^\d+\.\d{3} ms  \S/);
      count += 1;
    }
    assert.equal(count, log.trimEnd().split("\n").length / 2);
  }
});
