// Safety: no scenario and no message runs as code, reaches the host page or breaks the figure; and the documented
// Content-Security-Policies work.
import assert from "node:assert/strict";
import { test } from "node:test";
import { heartbeats, long } from "./bench/scripts.mjs";
import { document, figure, hosts, ready, within } from "./host.mjs";
import { eventually } from "./eventually.mjs";

const { open, fresh, put, tag, shared } = hosts({ built: true });
const one = (page) => page.locator("leader-election").first();
const run = (page, task, ...rest) => one(page).evaluate(task, ...rest);

// In every document: the violations of its policy, and whether injected code has run.
const watching = (page) =>
  page.addInitScript(() => {
    window.refused = [];
    window.hacked = false;
    window.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) =>
      window.refused.push(`${effectiveDirective} ${blockedURI} ${sample}`));
  });
const refused = async (page) => (await Promise.all(page.frames().map((frame) => frame.evaluate(() => window.refused)))).flat();
const hacked = (page) => Promise.all(page.frames().map((frame) => frame.evaluate(() => window.hacked)));

test("the player's policy and the documented policy for hosts work together", async () => {
  const { url } = shared.player;
  const policy = `default-src 'none'; script-src ${url}; frame-src ${url}; img-src ${url}; style-src 'self'; require-trusted-types-for 'script'`;
  put("/figures.css", "leader-election { display: block; height: 420px }", { type: "text/css" });
  const body =
    '<leader-election preset="bully-figure" autoplay></leader-election><leader-election><pre>at 1ms crsh 6</pre></leader-election>' +
    '<pre><code class="language-leader-election">at 100ms crash 6\n</code></pre>';
  const head = `<link rel="stylesheet" href="/figures.css">${tag()}`;
  const address = put("/policy", document(head, body).replace('href="data:,"', `href="${url}icon-192.png"`), {
    headers: { "content-security-policy": policy, "x-content-type-options": "nosniff" },
  });
  const { page, bad } = await fresh({ viewport: { width: 900, height: 1600 } });
  await watching(page);
  await page.goto(address);
  for (const index of [0, 1, 2]) await ready(page, index);
  await run(page, (element) => element.load('title "Loaded"\nat 100ms crash 6\nexpect leader 4'));
  await within(page).locator(".badge.alarm").click();
  await within(page).locator('.accessible-list [data-rank="5"]').focus();
  await page.keyboard.press("x");
  await within(page).getByRole("button", { name: "Reset" }).click();
  assert.deepEqual(await refused(page), []);
  await eventually(() => bad.join("\n"), /^console error: <leader-election>: read as a script, line 1, column 8: `crsh`.*$/);
});

test("a plain frame with the least permissions plays, and opens a page that has them all", async () => {
  const permissions = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
  const src = `${shared.sharing.url}?embed=1&amp;view=both#preset/bully-figure&amp;t=268ms`;
  const { page, bad } = await open(`<iframe sandbox="${permissions}" src="${src}" title="A figure" width="720" height="420"></iframe>`, {
    head: "", ready: watching,
  });
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button", { name: "Play" }).click();
  await frame.getByRole("button", { name: "Pause" }).click();
  assert.equal(await page.frames()[1].evaluate(() => window.origin), "null");
  const [opened] = await Promise.all([page.context().waitForEvent("page"), frame.getByRole("link", { name: "Open" }).click()]);
  await opened.locator(".transport .clock").waitFor();
  assert.equal(await opened.evaluate(() => window.origin), new URL(shared.sharing.url).origin);
  assert.deepEqual(await refused(page), []);
  assert.deepEqual(bad, []);
});

// Titles that try to run code in the host page, or to make it unreadable.
const HOSTILE = [
  '</script><script>top.hacked = parent.hacked = hacked = true</script>',
  "<img src=x onerror=top.hacked=hacked=true><svg onload=hacked=true>",
  "javascript:top.hacked=hacked=true//",
  "'-(hacked=true)-'${hacked=true}{{hacked=true}}&lt;b&gt;&#x3c;i>",
  "\u200Fmarks\u200E of a direction",
  "W".repeat(199),
];

test("a title, a description and a group's name are text, whatever characters they have", async () => {
  const members = [1, 2, 3, 4];
  const scenarios = HOSTILE.map((title) => ({ title, about: title, processes: members }));
  const { page, bad } = await open(figure('preset="start"') + scenarios.map((one) => figure("", `<pre>${escape(JSON.stringify(one))}</pre>`)).join(""), {
    viewport: { width: 900, height: 700 }, ready: watching,
  });
  await ready(page);
  const fits = () => page.frames()[1].evaluate(() => {
    const { scrollWidth, clientWidth } = document.scrollingElement;
    return scrollWidth <= clientWidth && !document.querySelector(".figure script, .figure img, .figure [onload]");
  });
  const pictures = () => page.evaluate(() => [...document.querySelectorAll("leader-election")].map(({ shadowRoot }) =>
    shadowRoot.querySelectorAll("img:not([alt]), script, b, i, [onerror], [onload]").length));
  const turned = { title: "\u202Edesrever\u2066", processes: members };
  const refusal = await run(page, (element, turned) => element.load(turned).catch(({ message }) => message), turned);
  assert.match(refusal, /the title has U\+202E in it, which changes the direction of text around it/);
  for (const scenario of scenarios) {
    await run(page, (element, scenario) => element.load(scenario), scenario);
    const head = within(page).locator(".figure-head");
    await eventually(() => head.locator("h1").textContent(), scenario.title);
    await eventually(() => one(page).locator("iframe").getAttribute("title"), scenario.title);
    await eventually(fits, true, scenario.title);
    const groups = [{ name: scenario.title, members }];
    const group = await run(page, (element, groups) => element.load({ groups }).then(() => "named", ({ message }) => message), groups);
    // Most of them name no group: then they are part of what is said about that.
    if (group === "named") assert.match(scenario.title, /^W+$/);
    else await eventually(() => within(page).locator(".notice-line").textContent(), (line) => line.includes(scenario.title), group);
    await eventually(fits, true, group);
  }
  for (let index = 1; index <= scenarios.length; index += 1) {
    await page.locator("leader-election").nth(index).scrollIntoViewIfNeeded();
    await ready(page, index);
    await eventually(() => within(page, index).locator(".figure-head h1").textContent(), scenarios[index - 1].title);
  }
  assert.ok((await pictures()).every((count) => count === 0), `${await pictures()}`);
  assert.ok((await hacked(page)).every((it) => !it));
  assert.deepEqual(bad, []);
});

test("a title is text in its poster, a script is text in an error, and attributes load no other site", async () => {
  const hostile = "<img src=x onerror=top.hacked=hacked=true></script><script>hacked=true</script>";
  const { page } = await open(
    figure(`title="${escape(hostile)}"`, `<pre>title "${escape(hostile)}"\nat 1ms ${escape("<script>hacked=true</script>")} 6</pre>`) +
      figure('player="javascript:hacked=true//"') + figure('scenario="javascript:hacked=true"') + figure('preset="../../x?y=1#&lt;img src=x onerror=hacked=true&gt;"') +
      figure('src="javascript:hacked=true"') + figure('poster="javascript:hacked=true" preset="start"'),
    { viewport: { width: 900, height: 3000 }, ready: watching },
  );
  await ready(page);
  await eventually(() => one(page).locator(".poster .calm").textContent(), hostile);
  await eventually(() => within(page).getByRole("alert").textContent(), /found `<`/);
  const note = (index) => page.locator("leader-election").nth(index).locator(".note p").textContent();
  await eventually(() => note(1), /The player is not known/);
  for (const index of [2, 3]) {
    await ready(page, index);
    await eventually(() => within(page, index).getByRole("alert").textContent(), /./);
  }
  await eventually(() => note(4), /could not be fetched/);
  await ready(page, 5);
  const links = await page.evaluate(() => [...document.querySelectorAll("leader-election")].flatMap(({ shadowRoot }) =>
    [...shadowRoot.querySelectorAll("a, iframe")].map((node) => new URL(node.href ?? node.src).origin)));
  assert.deepEqual([...new Set(links)], [new URL(shared.player.url).origin]);
  assert.ok((await hacked(page)).every((it) => !it));
});

test("forged messages of a third frame or of the page are ignored", async () => {
  put("/third", document("", `<script>
    addEventListener("message", () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (parent.heardByThird = true);
      const { contentWindow } = parent.document.querySelector("leader-election").shadowRoot.querySelector("iframe");
      contentWindow.postMessage({ hustings: "hello", protocol: 1 }, "*", [port2]);
      port1.postMessage({ id: 1, command: { kind: "load", text: 'title "Forged"' } });
      parent.postMessage({ hustings: "hello", protocol: 1 }, "*");
      for (let count = 0; count < 10000; count += 1) {
        parent.postMessage({ hustings: "hello", protocol: 1, count }, "*");
        contentWindow.postMessage({ notice: { kind: "ended", atUs: count } }, "*");
      }
      parent.postMessage("sent", "*");
    });
  </script>`));
  const { page, bad } = await open(`${figure('preset="bully-figure"')}<iframe id="third" src="/third" title="Third"></iframe>`, {
    ready: (page) => page.addInitScript(() => addEventListener("message", ({ data }) => data === "sent" && (window.sent = true))),
  });
  await ready(page);
  await page.evaluate(() => document.getElementById("third").contentWindow.postMessage("go", "*"));
  await page.waitForFunction(() => window.sent);
  // From the page itself, as if from the frame: huge, in a circle, and strange.
  await page.evaluate(() => {
    const { contentWindow } = document.querySelector("leader-election").shadowRoot.querySelector("iframe");
    const circle = { hustings: "hello", protocol: 1 };
    circle.circle = circle;
    for (const data of [circle, "x".repeat(2e7), new Map([[circle, circle]]), 1n, [circle], { notice: { kind: "constructor" } }]) {
      window.postMessage(data, "*");
      contentWindow.postMessage(data, "*");
    }
  });
  assert.equal((await run(page, (element) => element.report())).title, "Bully: 3 notices that 6 is gone");
  await eventually(() => within(page).locator(".figure-head h1").textContent(), "3 notices that 6 is gone");
  assert.equal(await page.evaluate(() => window.heardByThird), undefined);
  await eventually(() => run(page, ({ ignored }) => ignored), (count) => count >= 10_000);
  assert.deepEqual(bad, []);
});

test("invalid requests on the port are answered if they have an id, and later requests work", async () => {
  const listen = `<script>globalThis.hello = new Promise((done) => addEventListener("message", ({ data }) => data?.hustings === "hello" && done(data)));</script>`;
  const src = `${shared.player.url}?embed=1#preset/bully-figure`;
  const { page, bad } = await open(`${listen}<iframe src="${src}" title="A figure" width="720" height="420"></iframe>`, { head: "" });
  const result = await page.evaluate(async () => {
    await globalThis.hello;
    const { port1, port2 } = new MessageChannel();
    const waiting = new Map();
    let last = 0;
    port1.onmessage = ({ data }) => waiting.get(data.answer)?.(data);
    const ask = (command) => {
      last += 1;
      const answer = new Promise((done) => waiting.set(last, done));
      port1.postMessage({ id: last, command });
      return answer;
    };
    document.querySelector("iframe").contentWindow.postMessage({ hustings: "hello", protocol: 1 }, "*", [port2]);
    const circle = { kind: "seek", atUs: 1000 };
    circle.circle = circle;
    let deep = 7;
    for (let level = 0; level < 900; level += 1) deep = { deep };
    const nonsense = [
      undefined, null, 7, "play", [], [circle], { kind: circle }, { kind: "seek", atUs: circle }, { kind: "seek", atUs: -1 }, { kind: "seek", atUs: 1e300 },
      { kind: "seek", atUs: NaN }, { kind: "seek", atUs: 2n ** 70n }, { kind: "step", by: 2 ** 31 - 1 }, { kind: "speed", speedUs: 0 }, { kind: "load", text: deep },
      { kind: "load", text: "x".repeat(2e7) }, { kind: "theme", theme: "</style>" }, { kind: "constructor" }, { kind: "x".repeat(1e6) },
    ];
    const answers = await Promise.all(nonsense.map(ask));
    const odd = [circle, { kind: "seek", atUs: 268_000, deep }, { kind: "seek", atUs: 2000, map: new Map([[1, circle]]), of: new Uint8Array(1e6) }];
    const fine = await Promise.all(odd.map(ask));
    for (const data of [null, 7, circle, { id: circle, command: circle }, { id: -1 }, { id: 1.5, command: { kind: "play" } }, [[[]]]]) port1.postMessage(data);
    const many = Array.from({ length: 10_000 }, (_, index) => ask(index % 2 ? { kind: "link" } : { kind: `unknown ${index}` }));
    const all = await Promise.all(many);
    return { answers, fine, many: all.filter(({ answer }, index) => answer === index + nonsense.length + odd.length + 1).length, link: (await ask({ kind: "link" })).value };
  });
  assert.equal(result.many, 10_000);
  assert.deepEqual(result.fine.map(({ error }) => error), [undefined, undefined, undefined]);
  assert.ok(result.link.startsWith("preset/bully-figure&t=2ms"), result.link);
  for (const [index, { error }] of result.answers.entries()) {
    // A step beyond the end is one to the end.
    if (index !== 12) assert.ok(typeof error === "string" && error.length < 1000, `${index}: ${JSON.stringify(error)?.slice(0, 200)}`);
  }
  assert.deepEqual(bad, []);
});

test("the longest script and the longest run are loaded and played", async () => {
  const { page, bad } = await open(figure('preset="start" speed="1s"'));
  await ready(page);
  await run(page, (element, text) => element.load(text), long());
  await eventually(() => within(page).locator(".figure-head h1").textContent(), "Long");
  // What is asked while a run is made waits for it.
  const [duration, events] = await run(page, async (element, text) => {
    const [, , report] = await Promise.all([element.load(text), element.play(), element.report()]);
    return [element.duration, report.events];
  }, heartbeats(1_950_000));
  assert.ok(events > 1_900_000, `${events}`);
  const at = await run(page, ({ currentTime }) => currentTime);
  await page.waitForFunction((at) => document.querySelector("leader-election").currentTime > at + 0.5, at);
  await run(page, async (element) => {
    await element.seek(element.duration - 1);
    await element.pause();
  });
  assert.ok((await run(page, ({ currentTime }) => currentTime)) >= duration - 1);
  assert.deepEqual(bad, []);
});

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
