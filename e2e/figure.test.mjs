// The frame of a figure without the element: picture, playback and protocol. The host page has another origin and
// speaks the protocol directly.
import AxeBuilder from "@axe-core/playwright";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { eventually, still } from "./eventually.mjs";
import { pixels, reportOf, Stage } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits({ "access-control-allow-origin": "*" });

// A page of another origin, with whatever body a test asks for.
let host;
before(async () => {
  host = createServer((request, response) => {
    const body = decodeURIComponent(new URL(request.url, "http://host").searchParams.get("body") ?? "");
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><html lang="en"><title>A page</title><main>${body}</main></html>`);
  });
  await new Promise((done) => host.listen(0, "127.0.0.1", done));
});
after(() => {
  host.close();
  host.closeAllConnections();
});

const frame = (src, more = 'style="width: 720px; height: 420px; border: 0"') =>
  `<iframe src="${src.replaceAll("&", "&amp;")}" title="A figure" ${more}></iframe>`;

const embed = async (src, { more, before = "", after = "", ...options } = {}) => {
  const { page, bad } = await fresh({ viewport: { width: 900, height: 700 }, ...options });
  const body = before + frame(url(src), more) + after;
  const { port } = host.address();
  await page.goto(`http://127.0.0.1:${port}/?body=${encodeURIComponent(body)}`);
  const figure = page.frameLocator("iframe");
  return { page, bad, figure };
};

// Sends requests to the first frame as a host page does; `ask` resolves with the answer.
const talk = (page) =>
  page.evaluate(async () => {
    const { contentWindow } = document.querySelector("iframe");
    const { port1, port2 } = new MessageChannel();
    const talk = { notices: [], answers: [], waiting: new Map(), id: 0 };
    talk.ask = (command, id = (talk.id += 1)) => {
      port1.postMessage({ id, command });
      return new Promise((done) => talk.waiting.set(id, done));
    };
    port1.onmessage = ({ data }) => {
      if (data.notice) return void talk.notices.push(data.notice);
      talk.answers.push(data.answer);
      talk.waiting.get(data.answer)?.(data);
    };
    globalThis.talk = talk;
    await globalThis.hello;
    contentWindow.postMessage({ hustings: "hello", protocol: 1 }, "*", [port2]);
  });

// Hears the frame's greeting, which comes once: so it stands before the frame.
const LISTEN = `<script>globalThis.hello = new Promise((done) => addEventListener("message", ({ data }) =>
  data?.hustings === "hello" && done(data)));</script>`;

const ask = (page, command) => page.evaluate((command) => globalThis.talk.ask(command), command);
const notices = (page, kind) =>
  page.evaluate((kind) => globalThis.talk.notices.filter((notice) => notice.kind === kind), kind);

const clock = async (figure) =>
  (await figure.locator(".clock").textContent()).replace(/\s+/g, " ").trim();

test("a plain frame shows an instant, its sentence and whether it goes as expected", async () => {
  const { page, bad, figure } = await embed("?embed=1#preset/bully-figure&t=282ms");
  await eventually(() => figure.locator(".figure-head h1").textContent(), "3 notices that 6 is gone");
  await eventually(() => clock(figure), "282 ms");
  await eventually(() => figure.locator(".figure-moment").textContent(), /^276 ms5 .*takes the lead/);
  await eventually(() => figure.locator(".badge").textContent(), "8 of 8 as expected");
  await eventually(() => figure.locator(".accessible-list [data-rank]").count(), 6);
  const found = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), []);
  assert.deepEqual(bad, []);
});

test("a frame loads the program of a figure, and not that of the page", async () => {
  const asked = [];
  const { page } = await fresh();
  page.on("request", (request) => asked.push(new URL(request.url()).pathname.split("/").pop()));
  await page.goto(url("?embed=1#preset/bully-figure"));
  await page.locator(".figure-bar").waitFor();
  assert.deepEqual(asked.filter((name) => name.startsWith("app")), []);
  assert.equal(asked.filter((name) => /^figure.*_bg\.wasm$/.test(name)).length, 1);
});

test("it plays, steps and pauses by its bar and by its keys", async () => {
  const { page, bad, figure } = await embed("?embed=1&speed=500ms#preset/bully-figure&t=100ms");
  await figure.getByRole("button", { name: "Next event" }).click();
  await eventually(() => clock(figure), "200 ms");
  // The arrows are the page's until the reader has pressed into the picture.
  await page.keyboard.press("ArrowLeft");
  assert.equal(await clock(figure), "200 ms");
  await figure.locator("canvas.stage").click({ position: { x: 4, y: 4 } });
  await page.keyboard.press("ArrowLeft");
  await eventually(() => clock(figure), "100 ms");
  await figure.getByRole("button", { name: "Play" }).click();
  await eventually(() => clock(figure), (shown) => parseInt(shown, 10) > 150);
  await figure.getByRole("button", { name: "Pause" }).click();
  await still(() => clock(figure));
  await figure.locator("canvas.stage").click({ position: { x: 4, y: 4 } });
  await page.keyboard.press("Home");
  await eventually(() => clock(figure), "0 ms");
  assert.deepEqual(bad, []);
});

test("the keys that turn slides are passed to the page, and arrows are until the picture is pressed", async () => {
  const { page, bad, figure } = await embed("?embed=1#preset/bully-figure&t=200ms", { before: LISTEN });
  await talk(page);
  const left = async () => (await notices(page, "key")).map(({ key }) => key);
  await figure.getByRole("button", { name: "Next event" }).focus();
  const keys = ["PageDown", "PageUp", "Escape", "ArrowRight", "ArrowLeft", "Home", "End"];
  for (const key of keys) await page.keyboard.press(key);
  await ask(page, { kind: "link" });
  await eventually(left, keys);
  assert.equal(await clock(figure), "200 ms");
  await figure.locator("canvas.stage").click({ position: { x: 4, y: 4 } });
  for (const key of ["PageDown", "ArrowLeft", "Escape"]) await page.keyboard.press(key);
  await eventually(() => clock(figure), "100 ms");
  // A process that has the focus by Tab is in the picture too; the strip moves by the arrows itself.
  await figure.locator('.accessible-list [data-rank="3"]').focus();
  await page.keyboard.press("ArrowRight");
  await eventually(() => clock(figure), "200 ms");
  await figure.getByRole("slider").focus();
  await page.keyboard.press("Home");
  await ask(page, { kind: "link" });
  await eventually(left, [...keys, "PageDown", "Escape"]);
  // The host page does not get letters and keys with Control.
  await page.keyboard.press("Control+ArrowRight");
  await page.keyboard.press("q");
  await ask(page, { kind: "link" });
  assert.equal((await left()).length, keys.length + 2);
  assert.deepEqual(bad, []);
});

test("requests are answered in order, after the notifications that they cause", async () => {
  const { page, bad } = await embed("?embed=1#preset/bully-figure", { before: LISTEN });
  await talk(page);
  assert.deepEqual(await page.evaluate(() => globalThis.hello), { hustings: "hello", protocol: 1 });
  const all = await page.evaluate(async () => {
    const { ask, notices } = globalThis.talk;
    const at = [];
    const note = (answer) => {
      at.push([answer, notices.length]);
      return answer;
    };
    const commands = [
      { kind: "seek", atUs: 268_000 },
      { kind: "step", by: 1 },
      { kind: "speed", speedUs: 25_000 },
      { kind: "rewind" },
      { kind: "seek" },
      { kind: "theme", theme: "dark" },
      { kind: "link" },
      { kind: "report" },
    ];
    await Promise.all(commands.map((command) => ask(command).then(note)));
    return { at, notices };
  });
  const answers = all.at.map(([answer]) => answer);
  assert.deepEqual(answers.map(({ answer }) => answer), [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(answers.slice(0, 3).map(({ value }) => value), [null, null, null]);
  assert.match(answers[3].error, /^unsupported: this player speaks protocol 1 and does not know `rewind`/);
  assert.match(answers[4].error, /^malformed: `seek`/);
  assert.match(answers[6].value, /^preset\/bully-figure&t=\d/);
  assert.deepEqual(answers[7].value, reportOf("bully-figure"));
  // The notification of the seek comes before its answer.
  const seek = all.notices.findIndex(({ kind, atUs }) => kind === "timeupdate" && atUs === 268_000);
  assert.ok(seek >= 0 && seek < all.at[0][1]);
  assert.equal(all.notices[0].kind, "ready");
  assert.equal(all.notices[1].kind, "verdict");
  assert.ok(all.notices[1].holds);
  const theme = page.frames()[1].evaluate(() => document.documentElement.dataset.theme);
  assert.equal(await theme, "dark");
  assert.deepEqual(bad, []);
});

test("a host page can load a scenario, and commands wait for it", async () => {
  const { page, bad, figure } = await embed("?embed=1&host=1", { before: LISTEN });
  await talk(page);
  const refused = await ask(page, { kind: "play" });
  assert.equal(refused.error, "nothing is loaded yet");
  const text = 'title "Mine"\nat 100ms crash 6\nat 200ms suspect 3\nfigure start 180ms speed 1s';
  const played = await page.evaluate(async (text) => {
    const { ask } = globalThis.talk;
    return Promise.all([ask({ kind: "load", text }), ask({ kind: "play" })]);
  }, text);
  assert.deepEqual(played, [{ answer: 2, value: null }, { answer: 3, value: null }]);
  await eventually(() => figure.locator(".figure-head h1").textContent(), "Mine");
  await eventually(() => notices(page, "ended"), ({ length }) => length > 0);
  const [ready] = await notices(page, "ready");
  assert.deepEqual([ready.title, ready.atUs, ready.speedUs], ["Mine", 180_000, 1_000_000]);
  // The leaders are reported with the scenario, and after each change.
  const changes = await notices(page, "leaderchange");
  assert.deepEqual(changes.map(({ leaders }) => leaders), [[], [5]]);
  const [{ atUs }] = await notices(page, "ended");
  assert.equal(atUs, ready.endUs);
  assert.deepEqual(bad, []);
});

test("a script that cannot be read is shown with its lines, and the next one replaces it", async () => {
  const { page, bad, figure } = await embed("?embed=1&host=1", { before: LISTEN });
  await talk(page);
  const text = 'title "Mine"\nat 100ms chrash 6';
  const refused = await ask(page, { kind: "load", text });
  assert.match(refused.error, /line 2, column 10/);
  await eventually(() => figure.getByRole("alert").textContent(), /Line 2, column 10: `chrash`/);
  await eventually(() => figure.locator(".figure-script li").allTextContents(), text.split("\n"));
  await eventually(async () => (await notices(page, "error"))[0].line, 2);
  const found = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(found.violations.map(({ id }) => id), []);
  await ask(page, { kind: "load", text: "at 100ms crash 6" });
  await figure.locator(".figure-bar").waitFor();
  // From here on what is shown stays.
  const again = await ask(page, { kind: "load", text });
  assert.match(again.error, /line 2/);
  await eventually(() => figure.locator(".notice-line").textContent(), /line 2, column 10/);
  await eventually(() => figure.locator(".accessible-list [data-rank]").count(), 6);
  assert.deepEqual(bad, []);
});

test("an unknown address and an unknown option are reported in the figure", async () => {
  const nobody = await embed("?embed=1#preset/nobody");
  await eventually(() => nobody.figure.getByRole("alert").textContent(), /no scenario named `nobody`/);
  const odd = await embed("?embed=1&start-at=soon&view=side#preset/bully-figure", { before: LISTEN });
  await eventually(() => odd.figure.locator(".notice-line").textContent(), /start-at is `soon`.*; view is `side`/);
  await talk(odd.page);
  await eventually(() => notices(odd.page, "error"), ({ length }) => length === 2);
  // Likewise where the scenario comes from the page around.
  const hosted = await embed("?embed=1&host=1&start-at=soon", { before: LISTEN });
  await talk(hosted.page);
  await ask(hosted.page, { kind: "load", text: "at 100ms crash 6" });
  await eventually(() => hosted.figure.locator(".notice-line").textContent(), /start-at is `soon`/);
  await ask(hosted.page, { kind: "load", text: "at 100ms crash 6", alone: true });
  await eventually(() => hosted.figure.locator("main").textContent(), (words) => !words.includes("start-at"));
  assert.deepEqual([...nobody.bad, ...odd.bad], []);
});

test("messages from elsewhere, and invalid ones, are ignored and counted", async () => {
  const { page, bad, figure } = await embed("?embed=1#preset/bully-figure", { before: LISTEN });
  await figure.locator(".figure-bar").waitFor();
  await talk(page);
  const ignored = await page.evaluate(async () => {
    const { contentWindow } = document.querySelector("iframe");
    const { port1, port2 } = new MessageChannel();
    for (const data of [null, 7, "hello", {}, { hustings: "hello" }, { hustings: "hello", protocol: -1 }]) {
      contentWindow.postMessage(data, "*");
    }
    // A second channel is not taken.
    contentWindow.postMessage({ hustings: "hello", protocol: 1 }, "*", [port2]);
    port1.postMessage({ id: 1, command: { kind: "play" } });
    let heard = 0;
    port1.onmessage = () => (heard += 1);
    await globalThis.talk.ask({ kind: "link" });
    return heard;
  });
  assert.equal(ignored, 0);
  const count = () => page.frames()[1].evaluate(() => document.documentElement.dataset.ignored);
  await eventually(count, "7");
  assert.deepEqual(bad, []);
});

test("a visitor may change it, sees that, and takes it back; a figure for looking at says why not", async () => {
  const { page, bad, figure } = await embed("?embed=1#preset/bully-figure&t=50ms", { before: LISTEN });
  await talk(page);
  const of5 = figure.locator('.accessible-list [data-rank="5"]');
  const box = await of5.boundingBox();
  await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2);
  await figure.locator(".badge").getByText("changed").waitFor();
  await eventually(() => of5.getAttribute("aria-label"), /crashed/);
  await eventually(async () => (await notices(page, "changed")).map(({ changed }) => changed), [true]);
  await figure.getByRole("button", { name: "Reset" }).click();
  await figure.locator(".badge").getByText("8 of 8").waitFor();

  const still = await embed("?embed=1&readonly#preset/bully-figure&t=50ms");
  await still.figure.locator('.accessible-list [data-rank="5"]').focus();
  await still.page.keyboard.press("x");
  await eventually(() => still.figure.locator(".notice-line").textContent(), /for looking at/);
  assert.doesNotMatch(await still.figure.locator('.accessible-list [data-rank="5"]').getAttribute("aria-label"), /crashed/);
  assert.deepEqual([...bad, ...still.bad], []);
});

test("out of sight it pauses, and continues at its instant", async () => {
  const tall = '<div style="height: 3000px">below</div>';
  const { page, bad, figure } = await embed("?embed=1&autoplay&loop&speed=20ms#preset/bully-figure&t=100ms", { after: tall });
  await eventually(() => clock(figure), (shown) => parseInt(shown, 10) > 105);
  await page.evaluate(() => scrollTo(0, 2500));
  const inside = page.frames()[1];
  // Not one frame is asked for.
  await inside.evaluate(() => {
    window.asked = 0;
    const real = window.requestAnimationFrame;
    window.requestAnimationFrame = (...call) => ((window.asked += 1), real(...call));
  });
  await still(() => inside.evaluate(() => window.asked));
  const rested = await clock(figure);
  await page.evaluate(() => scrollTo(0, 0));
  await eventually(() => clock(figure), (shown) => shown !== rested);
  assert.deepEqual(bad, []);
});

test("it leaves focus, address and history of the page around alone, and Open leads to the same instant", async () => {
  const { page, bad, figure } = await embed("?embed=1&view=both#preset/bully-figure&t=268ms");
  await figure.locator(".figure-bar").waitFor();
  const before = await page.evaluate(() => [location.href, history.length, document.activeElement.tagName]);
  assert.equal(before[2], "BODY");
  await figure.getByRole("button", { name: "Next event" }).click();
  const after = await still(() => page.evaluate(() => [location.href, history.length]));
  assert.deepEqual(after, before.slice(0, 2));
  const shown = await clock(figure);
  const [opened] = await Promise.all([
    page.context().waitForEvent("page"),
    figure.getByRole("link", { name: "Open" }).click(),
  ]);
  await opened.locator(".transport .clock").waitFor();
  await eventually(() => new Stage(opened).clock(), shown);
  assert.match(new URL(opened.url()).hash, /^#preset\/bully-figure&t=/);
  assert.equal(new URL(opened.url()).search, "");
  assert.deepEqual(bad, []);
});

test("the wheel scrolls the page around, and zooms the diagram with Ctrl alone", async () => {
  const tall = '<div style="height: 3000px">below</div>';
  const { page, bad, figure } = await embed("?embed=1&view=spacetime#preset/bully-figure&t=268ms", { after: tall });
  const ground = figure.locator(".spacetime canvas").first();
  await ground.waitFor();
  const picture = () => pixels(page.frames()[1], ".spacetime canvas");
  const before = await still(picture);
  await page.mouse.move(300, 200);
  await page.mouse.wheel(0, 200);
  await eventually(() => page.evaluate(() => scrollY), (top) => top > 0);
  await page.evaluate(() => scrollTo(0, 0));
  assert.equal(await picture(), before);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -200);
  await page.keyboard.up("Control");
  await eventually(picture, (now) => now !== before);
  assert.deepEqual(bad, []);
});

test("a sandboxed frame needs to run scripts and nothing else", async () => {
  const more = 'sandbox="allow-scripts" style="width: 720px; height: 420px; border: 0"';
  const { page, bad, figure } = await embed("?embed=1#preset/bully-figure&t=268ms", { more, before: LISTEN });
  await eventually(() => clock(figure), "268 ms");
  await talk(page);
  assert.deepEqual(await ask(page, { kind: "seek", atUs: 100_000 }), { answer: 1, value: null });
  await figure.getByRole("button", { name: "Next event" }).click();
  await eventually(() => clock(figure), "200 ms");
  // Another program reads JSON, and a sandbox lets no worker start.
  const load = (text) => ask(page, { kind: "load", text });
  assert.match((await load('{"processes": [1, 2, 3')).error, /^read as JSON, line 1, column 22: the text ends before/);
  assert.equal((await load('{"title": "From JSON", "processes": [1, 2, 3]}')).value, null);
  await eventually(() => figure.locator(".figure-head h1").textContent(), "From JSON");
  assert.deepEqual(bad, []);
});

test("after dispose it pauses and sends nothing", async () => {
  const { page, bad, figure } = await embed("?embed=1&autoplay&loop#preset/bully-figure", { before: LISTEN });
  await talk(page);
  await eventually(() => notices(page, "timeupdate"), ({ length }) => length > 2);
  const { value } = await ask(page, { kind: "dispose" });
  assert.equal(value, null);
  const events = await page.evaluate(() => globalThis.talk.notices.length);
  assert.equal(await still(() => page.evaluate(() => globalThis.talk.notices.length)), events);
  await eventually(() => figure.getByRole("button", { name: "Play" }).count(), 1);
  assert.deepEqual(bad, []);
});

test("title and badge cover nothing, and the parts keep their order at every size", async () => {
  const { page, bad, figure } = await embed("?embed=1&host=1", { before: LISTEN });
  await talk(page);
  const title = "A title that says at great length which of the six processes crashes, and who notices that";
  await ask(page, { kind: "load", text: `title "${title}"\nat 100ms crash 6\nexpect leader 6\nfigure view both` });
  const sizes = [[1100, 500], [720, 420], [560, 400], [390, 420], [320, 320]];
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width: 1200, height: 700 });
    await page.locator("iframe").evaluate((frame, [width, height]) => {
      Object.assign(frame.style, { width: `${width}px`, height: `${height}px` });
    }, [width, height]);
    const box = (part) => figure.locator(part).first().boundingBox();
    const boxes = () => Promise.all([".figure-head", ".badge", ".stage-area", ".diagram", ".figure-bar"].map(box));
    await eventually(boxes, ([head, badge, stage, diagram, bar]) => {
      // A label may stand anywhere on the stage, so nothing of the head does.
      const isHeadAbove = head.y + head.height <= stage.y + 0.5;
      const isBadgeInHead = badge.y >= head.y && badge.y + badge.height <= stage.y + 0.5 && badge.x + badge.width <= head.x + head.width;
      const isInOrder = stage.y + stage.height <= diagram.y + 1 && diagram.y + diagram.height <= bar.y + 1;
      return isHeadAbove && isBadgeInHead && isInOrder && stage.height > 80;
    }, `${width}`);
  }
  await eventually(() => figure.locator(".figure-head h1").getAttribute("title"), title);
  assert.deepEqual(bad, []);
});

test("a scenario without a title is named by its algorithm, and a heading can be left out", async () => {
  const { page, bad, figure } = await embed("?embed=1&host=1", { before: LISTEN });
  await talk(page);
  await ask(page, { kind: "load", text: "algorithm bully-textbook\nat 100ms crash 6" });
  const head = figure.locator(".figure-head");
  await eventually(async () => (await head.textContent()).trim(), "Textbook bully");
  await eventually(() => figure.locator("main").getAttribute("aria-label"), "Textbook bully");

  const bare = await embed("?embed=1&controls=none&heading=none#preset/bully-figure&t=50ms");
  await bare.figure.locator(".figure-moment").waitFor();
  assert.equal(await bare.figure.locator(".figure-head, .figure-bar").count(), 0);
  await eventually(() => bare.figure.locator("main").getAttribute("aria-label"), "3 notices that 6 is gone");
  // That a reader has changed it is never left out.
  await bare.figure.locator('.accessible-list [data-rank="5"]').focus();
  await bare.page.keyboard.press("x");
  await bare.figure.locator(".badge").getByText("changed").waitFor();
  await bare.figure.getByRole("button", { name: "Reset" }).click();
  await bare.figure.locator(".figure-head").waitFor({ state: "detached" });
  assert.deepEqual([...bad, ...bare.bad], []);
});

test("a plain frame that plays by itself begins when it is seen", async () => {
  const { page, bad, figure } = await embed("?embed=1&autoplay&loop&speed=20ms#preset/bully-figure&t=100ms", {
    before: `${LISTEN}<div style="height: 2000px">above</div>`,
  });
  await talk(page);
  await figure.locator(".clock").waitFor();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await ask(page, { kind: "link" });
  assert.equal(await clock(figure), "100 ms");
  await page.evaluate(() => scrollTo(0, 1800));
  await eventually(() => clock(figure), (shown) => parseInt(shown, 10) > 102);
  await eventually(async () => (await notices(page, "play")).length, 1);
  assert.deepEqual(bad, []);
});

test("pauseAt pauses at exactly its time, and playback continues from there", async () => {
  const { page, bad } = await embed("?embed=1&speed=1s#preset/bully-figure&t=100ms", { before: LISTEN });
  await talk(page);
  await ask(page, { kind: "pauseAt", atUs: 276_500 });
  await ask(page, { kind: "play" });
  await eventually(() => notices(page, "pause"), [{ kind: "pause", atUs: 276_500 }]);
  assert.deepEqual(await notices(page, "ended"), []);
  await ask(page, { kind: "play" });
  await eventually(() => notices(page, "ended"), ({ length }) => length === 1);
  assert.deepEqual(bad, []);
});

test("in the smallest supported frame nothing overlaps and everything can be pressed", async () => {
  const more = 'style="width: 320px; height: 260px; border: 0"';
  const { page, bad, figure } = await embed("?embed=1#preset/bully-figure&t=282ms", { more });
  await figure.locator(".figure-bar").waitFor();
  const boxes = () => page.frames()[1].evaluate(() => {
    const all = [...document.querySelectorAll(".figure-bar > *, .figure-head > *")];
    return all
      .map((part) => [part.className || part.tagName, part.getBoundingClientRect()])
      .filter(([, box]) => box.width > 1)
      .map(([name, { left, right, top, bottom }]) => ({ name: String(name), left, right, top, bottom }));
  });
  const isInside = (box) => box.left >= 0 && box.right <= 320 && box.top >= 0 && box.bottom <= 260;
  const areApart = (box, other) => box.right <= other.left + 0.5 || other.right <= box.left + 0.5 ||
    box.bottom <= other.top + 0.5 || other.bottom <= box.top + 0.5;
  await eventually(boxes, (boxes) =>
    boxes.every((box) => isInside(box) && boxes.every((other) => box === other || areApart(box, other))));
  assert.deepEqual(bad, []);
});
