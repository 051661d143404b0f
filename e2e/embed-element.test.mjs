// The element <leader-election>, with a fake player.
import assert from "node:assert/strict";
import { test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { document, figure, hosts, inside, ready, events } from "./host.mjs";
import { eventually } from "./eventually.mjs";

const { open, fresh, put, tag, shared } = hosts();
const one = (page) => page.locator("leader-election").first();
const run = (page, task, ...rest) => one(page).evaluate(task, ...rest);

// What a promise of the element says in the end.
const outcome = (page, call) =>
  run(page, async (element, call) => {
    try {
      return { value: await new Function("element", `return element.${call}`)(element) };
    } catch (error) {
      return { error: `${error.constructor.name}: ${error.message}` };
    }
  }, call);

test("the element is defined once, however its file is loaded", async () => {
  const [mine, other] = [shared.player.url, shared.sharing.url];
  const ways = {
    "in order": `<script src="${mine}v1/embed.js"></script>`,
    async: `<script src="${mine}v1/embed.js" async></script>`,
    deferred: `<script src="${mine}v1/embed.js" defer></script>`,
    "as a module": `<script type="module" src="${other}v1/embed.js"></script>`,
    imported: `<script type="module">import "${other}v1/embed.js?build=7";</script>`,
    later: `<script>setTimeout(() => import("${other}v1/embed.js"))</script>`,
    "several times":
      `<script src="${mine}v1/embed.js"></script><script src="${mine}v1/embed.js"></script>` +
      `<script type="module" src="${other}v1/embed.js"></script><script src="${other}v1/embed.js" async></script>`,
  };
  for (const [way, head] of Object.entries(ways)) {
    const { page, bad } = await open(figure(), { head });
    await ready(page);
    await eventually(() => page.locator("leader-election").locator("iframe").count(), 1, way);
    const from = head.includes(`import`) || head.startsWith("<script type") ? other : mine;
    assert.ok((await one(page).locator("iframe").getAttribute("src")).startsWith(from), way);
    assert.deepEqual(bad, [], way);
    await page.context().close();
  }
});

test("on a server its file does nothing", async () => {
  const { page } = await fresh();
  await page.goto("about:blank");
  const source = await (await fetch(`${shared.player.url}v1/embed.js`)).text();
  assert.equal(new Function("document", "customElements", source)(undefined, undefined), undefined);
});

test("the attribute player names another folder", async () => {
  const { page, bad } = await open(figure(`preset="start" player="${shared.sharing.url.slice(0, -1)}"`));
  await ready(page);
  const src = await one(page).locator("iframe").getAttribute("src");
  assert.equal(src, `${shared.sharing.url}?embed=1&theme=light#preset/start`);
  assert.deepEqual(bad, []);
});

test("src comes before scenario, preset and the text inside", async () => {
  const all = { src: "/a.hustings", scenario: "https://e.org/x/#1/EAadI8YJAA", preset: "bully-figure" };
  put("/a.hustings", "processes 3\n", { type: "text/plain" });
  const content = '<script type="text/plain">processes 4</script>';
  const wanted = ["processes 3\n", "#1/EAadI8YJAA", "#preset/bully-figure", "processes 4"];
  const names = Object.keys(all);
  for (const [index, expected] of wanted.entries()) {
    const attributes = names.slice(index).map((name) => `${name}="${all[name]}"`).join(" ");
    const { page, bad } = await open(figure(attributes, content));
    await ready(page);
    const commands = await events(page);
    const hash = await inside(page, 0, () => window.player.hash);
    if (expected.startsWith("#")) assert.deepEqual([hash, commands], [expected, []]);
    else assert.deepEqual(commands, [{ kind: "load", text: expected }]);
    assert.deepEqual(bad, []);
    await page.context().close();
  }
});

test("options become those of the frame, as they are written", async () => {
  const options = 'autoplay start-at="180ms" end-at="1s" speed="20ms" loop view="both" theme="dark" controls="none" readonly';
  const { page } = await open(figure(`scenario="EAadI8YJAA" ${options}`));
  await ready(page);
  const { query, hash } = await inside(page, 0, () => window.player);
  assert.equal(hash, "#1/EAadI8YJAA");
  assert.deepEqual(Object.fromEntries(new URLSearchParams(query)), {
    embed: "1", "start-at": "180ms", "end-at": "1s", speed: "20ms", loop: "1",
    view: "both", controls: "none", readonly: "1", theme: "dark",
  });
});

test("text that arrives while the page is parsed is read whole", async () => {
  let more;
  const later = new Promise((done) => (more = done));
  const [start, end] = document(tag().replace("defer", "async"), figure("", "<pre>processes 5\n|</pre>")).split("|");
  const address = put("/slow", async (response) => {
    response.write(start + " ".repeat(4096));
    await later;
    response.end(`at 100ms crash 5\n${end}`);
  });
  const { page } = await fresh();
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForFunction(() => customElements.get("leader-election"));
  await one(page).locator(".calm").waitFor();
  assert.equal(await one(page).locator("iframe").count(), 0);
  more();
  await ready(page);
  const [{ text }] = await events(page);
  assert.match(text, /^processes 5\n\s*at 100ms crash 5\n$/);
});

test("another scenario is loaded into the same frame, other options bring another frame", async () => {
  const { page, bad } = await open(figure());
  await ready(page);
  await run(page, (element) => {
    window.before = element.shadowRoot.querySelector("iframe");
    element.setAttribute("preset", "two-leaders");
  });
  await page.waitForFunction(() => document.querySelector("leader-election").duration === 2);
  const same = () => run(page, (element) => element.shadowRoot.querySelector("iframe") === window.before);
  await page.frames()[1].waitForFunction(() => window.player.commands.some(({ kind }) => kind === "load"));
  await eventually(() => events(page), [{ kind: "load", text: "#preset/two-leaders" }]);
  assert.equal(await same(), true);

  await run(page, (element) => {
    element.removeAttribute("preset");
    element.innerHTML = "<pre>processes 2</pre>";
  });
  await page.frames()[1].waitForFunction(() => window.player.commands.length === 3);
  await eventually(async () => (await events(page))[1], { kind: "load", text: "processes 2" });
  assert.equal(await same(), true);

  await run(page, (element) => {
    element.setAttribute("view", "both");
    element.setAttribute("loop", "");
  });
  await page.waitForFunction(() => document.querySelector("leader-election").shadowRoot.querySelector("iframe") !== window.before);
  await ready(page);
  await eventually(() => inside(page, 0, () => window.player.query), /loop=1.*view=both|view=both.*loop=1/);
  await eventually(() => page.locator("iframe").count(), 1);
  assert.deepEqual(bad, []);
});

test("commands wait for the frame, and each is answered", async () => {
  const { page, bad } = await open(`<p style="height:9000px"></p>${figure()}`);
  assert.equal(await one(page).locator("iframe").count(), 0);
  const answer = await run(page, async (element) => {
    const all = [element.play(), element.seek(0.268), element.step(-2), element.pause(), element.report(), element.toLink()];
    return Promise.all(all);
  });
  assert.deepEqual(answer.slice(0, 4), Array(4).fill(undefined));
  assert.deepEqual(answer[4], { formatVersion: 1, algorithm: "bully" });
  assert.equal(answer[5], `${shared.player.url}#1/AAAA&t=266ms`);
  await eventually(() => events(page), [
    { kind: "play" }, { kind: "seek", atUs: 268_000 }, { kind: "step", by: -2 }, { kind: "pause" },
    { kind: "report" }, { kind: "link" },
  ]);
  assert.deepEqual(bad, []);
});

test("a figure that a script makes is loaded by a script", async () => {
  const { page, bad } = await open("");
  await page.waitForFunction(() => customElements.get("leader-election"));
  await page.evaluate(async () => {
    const element = document.createElement("leader-election");
    const loaded = element.load({ processes: [1, 2, 3] });
    document.querySelector("main").append(element);
    await loaded;
    // And one that is asked in the same breath.
    const second = document.createElement("leader-election");
    second.setAttribute("preset", "start");
    document.querySelector("main").append(second);
    await second.play();
  });
  await eventually(() => events(page), [{ kind: "load", text: '{"processes":[1,2,3]}', alone: true }]);
  await eventually(() => inside(page, 1, () => window.player.query), "?embed=1&theme=light");
  assert.deepEqual(bad, []);
});

test("properties follow the notices, and setting them is a command", async () => {
  const { page } = await open(figure());
  await ready(page);
  const properties = () =>
    run(page, ({ currentTime, duration, paused, speed }) => ({ currentTime, duration, paused, speed }));
  await eventually(properties, { currentTime: 0, duration: 2, paused: true, speed: 0.05 });
  await run(page, (element) => {
    element.currentTime = 0.5;
    element.speed = 0.2;
  });
  const frame = await inside(page);
  await frame.waitForFunction(() => window.player.state.speed === 200_000);
  await eventually(properties, { currentTime: 0.5, duration: 2, paused: true, speed: 0.2 });
  await frame.evaluate(() => window.notify("play", { atUs: 500_000 }));
  await eventually(properties, ({ paused, currentTime }) => !paused && currentTime > 0.5);
  await frame.evaluate(() => window.notify("pause", { atUs: 512_345 }));
  await eventually(properties, ({ paused, currentTime }) => paused && currentTime === 0.512345);
  const wrong = await run(page, (element) => {
    const texts = [];
    for (const [name, value] of [["currentTime", NaN], ["currentTime", -1], ["speed", 0]]) {
      try {
        element[name] = value;
      } catch (error) {
        texts.push(`${error.name} ${error.message}`);
      }
    }
    return texts;
  });
  assert.equal(wrong.length, 3, wrong);
  assert.match(wrong[0], /^RangeError currentTime: NaN is no number of seconds/);
  // What a framework does that finds the property.
  await run(page, (element) => (element.speed = "20ms"));
  await eventually(() => one(page).getAttribute("speed"), "20ms");
});

test("leaders, the end, loop, quiet time and cues, as properties and as commands", async () => {
  const { page, bad } = await open(figure('preset="start" loop="" skip-quiet="false"'));
  await ready(page);
  const frame = await inside(page);
  await eventually(() => frame.evaluate(() => window.player.query), /skip-quiet=false.*loop=1/);
  const properties = () => run(page, ({ leaders, ended, loop, skipQuiet, src }) => ({ leaders, ended, loop, skipQuiet, src }));
  await eventually(properties, { leaders: [], ended: false, loop: true, skipQuiet: false, src: "" });
  await frame.evaluate(() => {
    window.notify("leaderchange", { atUs: 0, group: "a", leaders: [3, 5] });
    window.notify("leaderchange", { atUs: 0, group: "b", leaders: [7] });
    window.notify("ended", { atUs: 2_000_000 });
  });
  await eventually(properties, ({ ended, leaders }) => ended && leaders.join() === "3,5");
  // A switched attribute is sent to the present frame.
  await run(page, async (element) => {
    window.before = element.shadowRoot.querySelector("iframe");
    await element.pauseAt(0.276);
    window.there = element.currentTime;
    element.loop = false;
    element.skipQuiet = true;
    await element.seek(1);
  });
  assert.equal(await page.evaluate(() => window.there), 2, "pauseAt moves nothing");
  await eventually(() => run(page, ({ ended }) => ended), false);
  await frame.waitForFunction(() => window.player.commands.some(({ kind }) => kind === "skipQuiet"));
  const commands = await events(page);
  assert.deepEqual(commands.slice(0, 1), [{ kind: "pauseAt", atUs: 276_000 }]);
  assert.deepEqual(commands.slice(1).sort((a, b) => (a.kind < b.kind ? -1 : 1)), [
    { kind: "loop", on: false }, { kind: "seek", atUs: 1_000_000 }, { kind: "skipQuiet", on: true },
  ]);
  assert.equal(await run(page, ({ shadowRoot }) => shadowRoot.querySelector("iframe") === window.before), true);
  // A framework sets a property, if there is one, to the value of the attribute.
  const set = (value) => run(page, (element, value) => ((element.loop = value), [element.loop, element.getAttribute("loop")]), value);
  assert.deepEqual([await set(""), await set(false), await set(true)], [[true, ""], [false, null], [true, ""]]);
  put("/c.hustings", "processes 3", { type: "text/plain" });
  await run(page, (element) => (element.src = "/c.hustings"));
  await frame.waitForFunction(() => window.player.commands.some(({ text }) => text === "processes 3"));
  assert.deepEqual(bad, []);
});

test("bare text in the element is its script, also after an author's tools have changed its markup", async () => {
  const wanted = "processes 3\nat 100ms crash 3";
  const contents = {
    bare: `\n  processes 3\nat 100ms crash 3\n`,
    paragraph: `<p>processes 3\nat 100ms crash 3</p>`,
    broken: "<p>processes 3<br>at 100ms crash 3</p>",
    "with a picture": `<svg viewBox="0 0 4 4"><title>title "no"</title></svg>processes 3\nat 100ms crash 3<style>p {}</style>`,
  };
  for (const [way, content] of Object.entries(contents)) {
    const { page, bad } = await open(figure("", content));
    await ready(page);
    const [{ text }] = await events(page);
    assert.equal(text.trim().replace(/\n+/g, "\n"), wanted, way);
    assert.deepEqual(bad, [], way);
    await page.context().close();
  }
  // Nothing but blanks is no script.
  const { page } = await open(figure("", " \n "));
  await eventually(() => one(page).locator(".note p").innerText(), /There is no scenario yet/);
});

test("an error is logged once on the console, unless a promise rejects with it", async () => {
  const { page, bad } = await open(figure('preset="start"'));
  await ready(page);
  await inside(page, 0, () => window.notify("error", { text: "start-at is `soon`", line: null }));
  await run(page, (element) => element.seek(0));
  assert.match(await outcome(page, 'load("crsh")').then(({ error }) => error), /crsh/);
  // The driver of Firefox writes `undefined` for the element after the text.
  const told = () => bad.map((what) => what.replace(/ (JSHandle.*|undefined)$/, ""));
  await eventually(told, ["console error: <leader-election>: start-at is `soon`"]);
  const gone = await open(figure('src="/gone.hustings"'));
  await one(gone.page).locator(".note p").waitFor();
  const refusal = "<leader-election>: The scenario could not be fetched: /gone.hustings answers 404.";
  await eventually(() => gone.bad.filter((what) => what.includes(refusal)).length, 1);
});

test("without a style it has a height and a margin, and the page can set colours and a font", async () => {
  const style = `<style>.mine { --leader-election-ground: rgb(250, 240, 230); --leader-election-ink: rgb(1, 2, 3); --leader-election-font: Georgia; --leader-election-line: rgb(9, 9, 9) }</style>`;
  const { page } = await open(
    '<leader-election preset="nobody"></leader-election><leader-election class="mine" preset="nobody" style="height:300px"></leader-election>',
    { head: style + tag() },
  );
  await page.locator("leader-election .calm").nth(1).waitFor({ state: "attached" });
  const shown = () => page.evaluate(() => [...document.querySelectorAll("leader-election")].map((element) => {
    const { marginTop, height } = getComputedStyle(element);
    const { backgroundColor, color, fontFamily, borderTopColor } = getComputedStyle(element.shadowRoot.querySelector(".poster"));
    return [marginTop, height, backgroundColor, color, fontFamily.split(",")[0], borderTopColor];
  }));
  await eventually(shown, [
    ["16px", "420px", "rgb(255, 255, 255)", "rgb(22, 25, 29)", "-apple-system", "rgb(185, 189, 185)"],
    ["0px", "300px", "rgb(250, 240, 230)", "rgb(1, 2, 3)", "Georgia", "rgb(9, 9, 9)"],
  ]);
});

test("notifications become events in seconds; all but errors bubble, and none leaves a shadow tree", async () => {
  const { page } = await open(figure("", "<pre>processes 3</pre>"), {
    ready: (page) =>
      page.addInitScript(() => {
        window.heard = [];
        window.errors = [];
        addEventListener("error", (event) => window.errors.push(event.type));
        for (const name of ["ready", "play", "pause", "timeupdate", "leaderchange", "splitbrain", "verdict", "ended", "error"]) {
          document.addEventListener(name, ({ type, detail, composed, target }) => {
            if (target.localName === "leader-election") window.heard.push({ type, detail, composed });
          }, name === "error");
        }
      }),
  });
  await ready(page);
  await inside(page, 0, () => {
    window.notify("leaderchange", { atUs: 276_000, group: "main", leaders: [5] });
    window.notify("splitbrain", { atUs: 300_000, group: "main", leaders: [3, 5] });
    window.notify("ended", { atUs: 2_000_000 });
    window.notify("error", { text: "it is no scenario", line: null });
    window.notify("brandnew", { atUs: 1 });
  });
  await page.waitForFunction(() => window.heard.some(({ type }) => type === "error"));
  const heard = await page.evaluate(() => window.heard);
  assert.ok(heard.every(({ composed }) => !composed));
  assert.deepEqual(heard.map(({ type, detail }) => ({ type, ...detail })), [
    {
      type: "verdict", holds: true, kept: 1, total: 1,
      expectations: [{ text: "expect leader 5", holds: true, reason: "5 leads", line: 3, time: 0.276 }],
    },
    { type: "ready", title: "Told by the player", algorithm: "bully", time: 0, duration: 2, speed: 0.05, paused: true, height: null },
    { type: "leaderchange", group: "main", leaders: [5], time: 0.276 },
    { type: "splitbrain", group: "main", leaders: [3, 5], time: 0.3 },
    { type: "ended", time: 2 },
    { type: "error", text: "it is no scenario", line: null },
  ]);
  assert.deepEqual(await page.evaluate(() => window.errors), [], "no error that a page would report as its own");
  assert.equal(await run(page, ({ ignored }) => ignored), 0, "a newer notice is no fault");
});

test("a command that is refused, unknown or invalid rejects with a text", async () => {
  const { page, bad } = await open(figure());
  await ready(page);
  assert.deepEqual(await outcome(page, 'load("at 100ms crsh 6")'), {
    error: "Error: line 1, column 10: `crsh` is not something that happens",
  });
  assert.deepEqual(await outcome(page, "seek(-1)"), { error: "RangeError: seek: -1 is no number of seconds" });
  assert.deepEqual(await outcome(page, "step(0.5)"), { error: "RangeError: step: 0.5 is no whole number" });
  const gone = await page.evaluate(async () => {
    const element = document.querySelector("leader-election");
    const left = element.report().catch(({ message }) => message);
    element.remove();
    return [await left, await element.play().catch(({ message }) => message)];
  });
  assert.deepEqual(gone, ["report: the figure was taken out of the page", "play: the figure was taken out of the page"]);
  assert.deepEqual(bad, []);
});

test("a player that never answers is given up after the timeout", async () => {
  const { page } = await open(figure('preset="deaf"'), { ready: (page) => page.clock.install() });
  await ready(page);
  const answer = outcome(page, "report()");
  await page.frames()[1].waitForFunction(() => window.player.commands.some(({ kind }) => kind === "report"));
  await page.clock.runFor(10_500);
  assert.match((await answer).error, /^Error: report: no answer within 10 s\. Does http.* open by itself/);
});

test("a load may take a minute, and the timeout of the next call begins after it", async () => {
  const { page } = await open(figure('preset="deaf"'), { ready: (page) => page.clock.install() });
  await ready(page);
  const answer = outcome(page, `load("processes 3")`);
  await page.frames()[1].waitForFunction(() => window.player.commands.some(({ kind }) => kind === "load"));
  const behind = outcome(page, "report()");
  await page.frames()[1].waitForFunction(() => window.player.commands.some(({ kind }) => kind === "report"));
  const settled = () => run(page, ({ shadowRoot }) => shadowRoot.host.settled);
  await run(page, (element) => (element.settled = 0));
  for (const one of [answer, behind]) one.then(() => run(page, (element) => (element.settled += 1))).catch(() => {});
  await page.clock.runFor(50_000);
  assert.equal(await settled(), 0);
  await page.clock.runFor(15_000);
  assert.match((await answer).error, /^Error: load: no answer within 60 s\./);
  assert.match((await behind).error, /^Error: report: no answer within 60 s\./);
});

test("a player that never sends hello leaves a message, a link and the author's text", async () => {
  const { page } = await open(figure('preset="mute"') + figure('player="/nowhere"', "<pre>processes 3</pre>"), {
    ready: (page) => page.clock.install(),
  });
  await page.locator("iframe").nth(1).waitFor({ state: "attached" });
  const answer = outcome(page, "play()");
  await page.clock.runFor(20_500);
  assert.deepEqual(await answer, { error: "Error: play: The figure could not be loaded." });
  const note = one(page).locator(".note");
  await eventually(() => note.innerText(), /^The figure could not be loaded\.\s+Open it on its own page$/);
  await eventually(() => note.locator("a").getAttribute("href"), `${shared.player.url}#preset/mute`);
  await eventually(() => page.locator("leader-election .text").nth(1).innerText(), "processes 3");
  await eventually(() => page.locator("iframe").count(), 0);
  // It is tried again once it is about something else.
  await run(page, (element) => element.setAttribute("preset", "start"));
  await ready(page);
  await eventually(() => note.isVisible(), false);
});

test("older and newer players get the commands that both know", async () => {
  const { page } = await open(figure('preset="newer"'));
  await ready(page);
  await eventually(() => inside(page, 0, () => window.player.protocol), 1);
  assert.deepEqual(await outcome(page, "report()"), { value: { formatVersion: 1, algorithm: "bully" } });
});

test("a message that is not of the protocol, or not from its frame, is ignored and counted", async () => {
  const { page, bad } = await open(figure('preset="foreign"'));
  await ready(page);
  await eventually(() => run(page, ({ ignored }) => ignored), 4);
  const ignored = (least) => page.waitForFunction((least) => document.querySelector("leader-election").ignored === least, least);
  await page.evaluate(() => window.postMessage({ hustings: "hello", protocol: 1 }, "*"));
  await page.evaluate(() => window.postMessage({ type: "of somebody else" }, "*"));
  await ignored(5);
  await inside(page, 0, () => {
    for (const message of ["text", null, 7, { answer: 999 }, { notice: { kind: "timeupdate", atUs: "late" } }, { notice: {} }]) window.tell(message);
    window.notify("verdict", { kept: 1, total: 1, expectations: [null] });
    window.notify("leaderchange", { atUs: 1, leaders: "5" });
    window.notify("play", { atUs: 1, speedUs: "fast" });
    // A newer notice, for all that is known.
    window.notify("constructor");
    window.notify("__proto__");
  });
  await ignored(14);
  assert.equal(await inside(page, 0, () => window.player.greetings), 1);
  assert.equal(await run(page, ({ currentTime }) => currentTime), 0);
  assert.deepEqual(bad, []);
});

test("a script that cannot be fetched, or is too long, is reported in the figure", async () => {
  put("/huge.json", `{${" ".repeat(1_100_000)}}`, { type: "application/json" });
  const cases = {
    "/gone.hustings": "The scenario could not be fetched: /gone.hustings answers 404.",
    "/huge.json": "The scenario could not be fetched: /huge.json has over 1024 KiB.",
    "http://127.0.0.1:9/x": "The scenario could not be fetched: http://127.0.0.1:9/x does not answer, or not to this page (CORS, connect-src).",
  };
  for (const [src, expected] of Object.entries(cases)) {
    const { page } = await open(figure(`src="${src}"`), {
      ready: (page) => page.addInitScript(() => document.addEventListener("error", ({ detail }) => (window.heard = detail), true)),
    });
    await one(page).locator(".note p").waitFor();
    await eventually(() => one(page).locator(".note p").innerText(), expected);
    await eventually(() => page.evaluate(() => window.heard), { text: expected, line: null });
    await page.context().close();
  }
});

test("it works under a strict policy that allows only the player", async () => {
  const { url } = shared.player;
  const headers = {
    "content-security-policy":
      `default-src 'none'; style-src 'self'; script-src ${url}; frame-src ${url}; img-src data: ${url}; connect-src 'self'; require-trusted-types-for 'script'`,
  };
  put("/strict.hustings", "processes 3", { type: "text/plain" });
  const body =
    '<leader-election src="/strict.hustings"></leader-election><leader-election preset="start"></leader-election>' +
    '<pre><code class="language-leader-election">processes 4\nfigure height 200\n</code></pre>';
  const { page, bad } = await open(body, { headers });
  for (const index of [0, 1, 2]) await ready(page, index);
  await eventually(async () => (await page.locator("leader-election").nth(2).boundingBox()).height, 228);
  assert.deepEqual(bad, []);
});

test("a policy that blocks the player is named", async () => {
  const headers = { "content-security-policy": "frame-src 'none'" };
  const { page } = await open(figure(), { headers });
  const answer = await one(page).locator(".note p").innerText();
  assert.equal(answer, `The Content-Security-Policy of this page keeps the figure out: frame-src needs ${new URL(shared.player.url).origin}.`);
});

test("axe finds nothing, as a poster, live, and failed", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page } = await open(
      figure('aria-label="An election"') + figure("", "<pre>processes 3</pre>") + figure('src="/gone"') +
        "<pre><code class='language-leader-election'>processes 4</code></pre>" + '<p style="height:9000px"></p>' + figure(),
      {
        colorScheme,
        head: `<style>html { background: #fff } @media (prefers-color-scheme: dark) { html { background: #111; color: #eee } }</style>${tag()}`,
      },
    );
    await ready(page, 1);
    await ready(page, 3);
    await page.locator("leader-election").nth(2).locator(".note p").waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const answer = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 120)}`));
    assert.deepEqual(answer, []);
    await eventually(() => page.locator("iframe").nth(0).getAttribute("title"), "Told by the player");
    await page.context().close();
  }
});
