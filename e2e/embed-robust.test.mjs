// Invalid scripts, attributes and messages: embed.js throws nothing in the host page, and its posters stay small.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { figure, hosts, inside, ready } from "./host.mjs";
import { eventually } from "./eventually.mjs";

const { open } = hosts();
const one = (page) => page.locator("leader-election").first();
const run = (page, act, ...rest) => one(page).evaluate(act, ...rest);
const root = fileURLToPath(new URL("..", import.meta.url));
const filesIn = (folder) =>
  readdirSync(root + folder, { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => readFileSync(`${root}${folder}/${name}`, "utf8"));

// The same numbers on every machine.
const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

// Every text that the tests of the script try, valid or not, and some that an embedding file could fall over.
const NASTY = [
  "processes 100000000", "processes 5000000000", `processes ${"9".repeat(400)}`, "processes list", `processes list ${"7 ".repeat(30_000)}`,
  '{"processes": 5000000000}', '{"processes": ["a", {}]}', '{"title": {"toString": 1}}', "{", "{}", "[]", "null", `${"[".repeat(50_000)}`,
  `figure ${"height ".repeat(9_000)}`, `figure height ${"9".repeat(500)}`, "figure height 0", `title "${"W".repeat(100_000)}"`, `${" ".repeat(60_000)}title "x`,
  `${'title "'.repeat(9_000)}`, `${"\t".repeat(65_536)}`, "title \"\ud800\"", "\0", "</script><img src=x onerror=top.hacked=1>", "x".repeat(3_000_000),
];
const corpus = () => {
  const sources = ["tests/all/script", "tests/golden", "tests/transcripts"].flatMap(filesIn);
  const quoted = sources.flatMap((source) => [...source.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text.replace(/\\n\\?\s*/g, "\n")));
  const presets = filesIn("presets");
  const texts = [...NASTY, ...presets, ...quoted.filter((text) => /\s/.test(text))];
  const next = random(23);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const mutated = Array.from({ length: 1_500 }, () => {
    let text = pick(texts).slice(0, 4_000);
    for (let round = 0; round < 3; round += 1) {
      const at = Math.floor(next() * (text.length + 1));
      const more = pick(["9".repeat(20), "{", "\"", "\n", "processes ", "title ", "figure height ", "\u2028", "\ud83d", pick(texts).slice(0, 40)]);
      text = text.slice(0, at) + more + text.slice(at + Math.floor(next() * 4));
    }
    return text;
  });
  return [...texts, ...mutated];
};

test("no script throws in the page or makes a poster of many elements", async () => {
  const { page, bad } = await open('<p style="height:9000px"></p><div id="here"></div>');
  await page.waitForFunction(() => customElements.get("leader-election"));
  const texts = corpus();
  assert.ok(texts.length > 1_900, `${texts.length}`);
  for (let at = 0; at < texts.length; at += 250) {
    const some = texts.slice(at, at + 250);
    const most = await page.evaluate(async (texts) => {
      const here = document.getElementById("here");
      const made = texts.map((text, index) => {
        const element = document.createElement("leader-election");
        const content = document.createElement("pre");
        content.textContent = text;
        // As content, as bare text, and as a fenced block.
        if (index % 3 === 0) element.append(content);
        else if (index % 3 === 1) element.textContent = text;
        else content.className = "leader-election";
        const node = index % 3 === 2 ? content : element;
        here.append(node);
        return node;
      });
      await new Promise((done) => setTimeout(done));
      const figures = [...here.querySelectorAll("leader-election")];
      const counts = figures.map(({ shadowRoot }) => shadowRoot.querySelector(".poster").querySelectorAll("*").length);
      const heights = figures.map(({ offsetHeight }) => offsetHeight);
      for (const node of made) node.remove();
      here.replaceChildren();
      return [Math.max(...counts), Math.max(...heights), figures.length];
    }, some);
    assert.ok(most[0] <= 1 && most[1] <= 2_028 && most[2] > 0.4 * some.length, `${at}: ${most}`);
  }
  assert.deepEqual(bad, []);
});

test("no value of an attribute throws", async () => {
  const { page, bad } = await open(`<p style="height:9000px"></p>${figure()}`);
  await page.waitForFunction(() => customElements.get("leader-election"));
  await run(page, async (element) => {
    const names = ["src", "scenario", "preset", "autoplay", "start-at", "end-at", "speed", "loop", "skip-quiet", "view", "theme", "controls", "heading", "readonly", "poster", "poster-dark", "player", "aria-label"];
    const values = ["", " ", "\0", "http://", "http://[", "javascript:1", "%", "%ff", "\ud800", "#", "x".repeat(1e5), "__proto__", "9".repeat(400), "{}"];
    for (const name of names) {
      for (const value of values) {
        element.setAttribute(name, value);
        await null;
      }
      element.removeAttribute(name);
    }
  });
  assert.deepEqual(bad.filter((what) => what.startsWith("error") || /Uncaught/.test(what)), []);
});

test("a notification with an invalid field is ignored, and nothing throws in the page", async () => {
  const { page, bad } = await open(figure());
  await ready(page);
  const events = () => page.evaluate(() => {
    window.details ??= [];
    return window.details;
  });
  await page.evaluate(() => {
    window.details = [];
    for (const name of ["ready", "play", "pause", "timeupdate", "leaderchange", "splitbrain", "verdict", "changed", "ended", "error"]) {
      document.querySelector("leader-election").addEventListener(name, ({ type, detail }) => window.details.push({ type, ...detail }));
    }
  });
  const sent = await inside(page, 0, () => {
    const judged = { text: "t", holds: true, atUs: 1, reason: "r", line: 1 };
    const fine = {
      ready: { atUs: 1, endUs: 2, speedUs: 3, isPlaying: false, title: "T", algorithm: "bully" },
      play: { atUs: 1, speedUs: 1 },
      pause: { atUs: 1 },
      timeupdate: { atUs: 1 },
      leaderchange: { atUs: 1, group: "main", leaders: [5] },
      splitbrain: { atUs: 1, group: "main", leaders: [3, 5] },
      verdict: { holds: true, kept: 1, total: 1, expectations: [judged] },
      ended: { atUs: 1 },
      changed: { changed: true, endUs: 1 },
      error: { text: "E", line: 1 },
      key: { key: "PageDown", shift: false },
    };
    const circle = { toString: 1, valueOf: 1 };
    circle.circle = circle;
    const odd = [{ toString: 1 }, circle, [circle], [[]], new Map([[1, circle]]), new Date(NaN), 10n, -1, NaN, Infinity, 1.5, /x/, new Uint8Array(3), Array(3), [null], [judged, { ...judged, text: circle }]];
    let sent = 0;
    for (const [kind, fields] of Object.entries(fine)) {
      for (const name of Object.keys(fields)) {
        for (const value of odd) {
          // A text, a flag, a number or a list of another kind; what happens to be right is left out.
          const isTime = name.endsWith("Us") && value === 1.5;
          if (isTime) continue;
          window.tell({ notice: { kind, ...fields, [name]: value } });
          sent += 1;
        }
        const { [name]: _, ...rest } = fields;
        if (!(["play", "changed"].includes(kind) && ["speedUs", "endUs"].includes(name))) {
          window.tell({ notice: { kind, ...rest } });
          sent += 1;
        }
      }
    }
    for (const kind of odd) window.tell({ notice: { ...fine.ready, kind } });
    for (const notice of [...odd, null, "ready"]) window.tell({ notice });
    for (const message of odd) window.tell(message);
    for (const answer of odd) window.tell({ answer, value: 1 });
    for (const key of ["__proto__", "constructor", "a", "Enter", ""]) window.tell({ notice: { kind: "key", key, shift: false } });
    sent += odd.length * 4 + 2;
    // And one that is right, with more in it than is known.
    window.tell({ notice: { kind: "timeupdate", atUs: 7, more: circle } });
    return sent;
  });
  await page.waitForFunction(() => window.details.some(({ time }) => time === 7e-6));
  await eventually(events, [{ type: "timeupdate", time: 7e-6 }]);
  await eventually(() => run(page, ({ ignored }) => ignored), sent);
  await eventually(() => one(page).locator("iframe").getAttribute("title"), "Told by the player");
  assert.deepEqual(bad, []);
});

test("an answer of the wrong kind is a refusal with a sentence", async () => {
  const { page, bad } = await open(figure());
  await ready(page);
  const answers = [7, null, {}, [], true];
  for (const value of answers) {
    await inside(page, 0, (value) => {
      window.commands.link = () => value;
      window.commands.report = () => (value === null || typeof value !== "object" ? value : 7);
      window.commands.play = () => value;
    }, value);
    const answers = await run(page, (element) =>
      Promise.all([element.toLink(), element.report(), element.play()].map((promise) => promise.catch(({ message }) => message))));
    assert.deepEqual(answers, ["link: the player's answer cannot be read", "report: the player's answer cannot be read", undefined]);
  }
  assert.deepEqual(bad, []);
});
