// The tests that every engine has to pass; they use only what all three drivers support:
// `HUSTINGS_ENGINE=firefox node --test engines.test.mjs`, or webkit, or chromium.
import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { eventually } from "./eventually.mjs";
import { printedStory, showAsPrinted } from "./print.mjs";
import { serve } from "./serve.mjs";
import { presetReports } from "./stage.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();
const wide = { viewport: { width: 1440, height: 900 } };

const open = async (fragment = "", base = url()) => {
  const { page, bad } = await fresh(wide);
  await page.goto(base + fragment);
  await page.locator(".accessible-list button").first().waitFor();
  return { page, bad };
};

const processOf = (page, rank, words) => page.locator(`.accessible-list [data-rank="${rank}"][aria-label*="${words}"]`);
const clock = async (page) =>
  (await page.locator(".transport .clock").textContent()).replace(/ of .*/, "").replace(/\s+/g, " ").trim();
const undo = (page) => page.locator('.head button[aria-label^="Undo"]').click();

// Another site with one page, which holds this.
let host, body;
before(async () => {
  host = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><title>A manual</title><link rel="icon" href="data:,">${body}`);
  });
  await new Promise((done) => host.listen(0, "127.0.0.1", done));
});
after(() => {
  host?.close();
  host?.closeAllConnections();
});
const openHost = async (html) => {
  body = html;
  const { page, bad } = await fresh(wide);
  await page.goto(`http://127.0.0.1:${host.address().port}/`);
  return { page, bad };
};

test("the start opens without console messages, its leader crashes, and that is undone", async () => {
  const { page, bad } = await open();
  await page.locator(".crash").click();
  await processOf(page, 6, "crashed").waitFor({ state: "attached" });
  await page.keyboard.press("Control+z");
  await processOf(page, 6, "leads").waitFor({ state: "attached" });
  const requested = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  const program = requested.filter((name) => /\.(js|wasm)$/.test(name));
  assert.deepEqual(program, [...new Set(program)], "each file of the program is requested once");
  assert.deepEqual(bad, []);
});

test("the page may load files of its own site only, and nothing inline", async () => {
  const { page } = await open();
  const refused = await page.evaluate(async () => {
    const violations = [];
    addEventListener("securitypolicyviolation", ({ effectiveDirective }) => violations.push(effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.head.append(script);
    const image = new Image();
    await new Promise((done) => {
      image.onload = image.onerror = done;
      image.src = "http://127.0.0.3:9/picture.png";
    });
    await new Promise(requestAnimationFrame);
    return { violations: violations.map((name) => name.replace("-elem", "")), ran: window.ran ?? false };
  });
  assert.deepEqual(refused, { violations: ["script-src", "script-src", "img-src"], ran: false });
});

test("a link opens its instant, an arrow steps, x crashes, and all is undone", async () => {
  const { page, bad } = await open("#preset/bully-figure&t=268ms");
  await eventually(() => clock(page), "268 ms");
  await page.keyboard.press("ArrowRight");
  await eventually(() => clock(page), "276 ms");
  await page.locator('.accessible-list [data-rank="2"]').press("x");
  await processOf(page, 2, "crashed").waitFor({ state: "attached" });
  await page.keyboard.press("Control+z");
  await processOf(page, 2, "follows").waitFor({ state: "attached" });
  assert.deepEqual(bad, []);
});

test("a list shows what runs, also when choices are undone", async () => {
  const { page, bad } = await open("#preset/bully-figure");
  await page.locator(".head-algorithm").click();
  await page.locator(".panel-head button", { hasText: "Set-up" }).click();
  const list = page.locator("#setup-algorithm");
  const runs = (title) => page.locator(".head-algorithm", { hasText: title }).waitFor();
  const shows = (name) => eventually(() => list.inputValue(), name);
  const names = [["bully", "Bully"], ["bully-textbook", "Textbook bully"], ["next-in-line", "Next in line"]];
  for (const [name, title] of names.slice(1)) {
    await list.selectOption(name);
    await runs(title);
    await shows(name);
  }
  for (const [name, title] of names.slice(0, 2).reverse()) {
    await undo(page);
    await runs(title);
    await shows(name);
  }
  assert.deepEqual(bad, []);
});

test("a mistake in a script has a wavy line below it, and one press corrects it", async () => {
  const { page, bad } = await open("#preset/bully-figure");
  await page.locator(".to-script").click();
  await page.waitForFunction(() => document.querySelector(".script-text")?.value.includes("crash 6"));
  await page.locator(".script-text").evaluate((field) => {
    const at = field.value.indexOf("suspect 3") + "suspect 3".length;
    field.focus();
    field.setSelectionRange(at, at);
  });
  await page.keyboard.type("\nat 250ms crsh 2");
  await page.locator(".script-count").first().waitFor();
  const line = await page.locator(".script-line .wrong").first().evaluate((word) => {
    const style = getComputedStyle(word);
    return [style.textDecorationLine, style.textDecorationStyle];
  });
  assert.deepEqual(line, ["underline", "wavy"]);
  await page.locator(".script-foot .button.outlined").first().click();
  await page.locator(".script-count").waitFor({ state: "detached" });
  await eventually(() => page.locator(".script-text").inputValue(), /at 250ms crash 2/);
  assert.deepEqual(bad, []);
});

test("a shared link opens again at the same instant of the same run", async () => {
  const { page, bad } = await open("#preset/bully-figure&t=268ms");
  await page.locator('.accessible-list [data-rank="2"]').press("x");
  await processOf(page, 2, "crashed").waitFor({ state: "attached" });
  const at = await clock(page);
  await page.locator('.head button[aria-label^="Share"]').first().click();
  const link = await page.locator(".share-text").inputValue();
  assert.match(link, /#1\/[\w-]+&t=/);
  const there = await open("", link);
  await eventually(() => clock(there.page), at);
  await processOf(there.page, 2, "crashed").waitFor({ state: "attached" });
  assert.deepEqual([...bad, ...there.bad], []);
});

test("arrows go round in a group of choices", async () => {
  const { page, bad } = await open("#preset/bully-figure");
  await page.locator('.head button[aria-label^="Share"]').first().click();
  await page.locator(".share button", { hasText: "Embed in a page" }).click();
  const ways = page.locator(".embed-ways input");
  await ways.nth(2).waitFor({ state: "attached" });
  await ways.nth(0).evaluate((radio) => radio.focus());
  const last = (await ways.count()) - 1;
  for (const [key, wanted] of [["ArrowUp", last], ["ArrowDown", 0], ["ArrowRight", 1]]) {
    await page.keyboard.press(key);
    const chosen = () =>
      ways.evaluateAll((radios) => radios.findIndex((radio) => radio.checked && radio === document.activeElement));
    await eventually(chosen, wanted);
  }
  assert.deepEqual(bad, []);
});

test("every preset has the digest and the report of the command line, in a figure on another site", async () => {
  const { page, bad } = await openHost(
    `<script src="${url()}v1/embed.js" defer></script>
     <leader-election preset="start" style="display:block;height:420px"></leader-election>`,
  );
  await page.waitForFunction(() => customElements.get("leader-election"));
  for (const [name, wanted] of Object.entries(presetReports())) {
    const report = await page.evaluate(async (name) => {
      const figure = document.querySelector("leader-election");
      await figure.load(`#preset/${name}`);
      return figure.report();
    }, name);
    assert.match(report.digest, /^[0-9a-f]+$/, name);
    assert.deepEqual(report, wanted, name);
  }
  assert.deepEqual(bad, []);
});

test("a figure reports what happens while it plays", async () => {
  const { page, bad } = await openHost(
    `<script src="${url()}v1/embed.js" defer></script>
     <leader-election preset="bully-figure" speed="2s" style="display:block;height:420px"></leader-election>`,
  );
  await page.waitForFunction(() => customElements.get("leader-election"));
  const { events, leaders } = await page.evaluate(async () => {
    const figure = document.querySelector("leader-election");
    const events = [];
    await figure.seek(0);
    for (const name of ["play", "leaderchange", "ended"]) figure.addEventListener(name, () => events.push(name));
    const ended = new Promise((done) => figure.addEventListener("ended", done));
    await figure.play();
    await ended;
    const { groups } = await figure.report();
    return { events, leaders: groups[0].leaders.length };
  });
  assert.equal(events[0], "play");
  assert.equal(events.at(-1), "ended");
  assert.equal(events.filter((name) => name === "leaderchange").length, leaders - 1);
  assert.deepEqual(bad, []);
});

test("a frame with the least permissions greets the page around it", async () => {
  const sharing = await serve(fileURLToPath(new URL("../dist", import.meta.url)), "/sub/dir/", {
    headers: { "access-control-allow-origin": "*" },
  });
  try {
    const { page, bad } = await openHost(
      `<script>window.hello = new Promise((done) => addEventListener("message", ({ data }) => done(data)))</script>
       <iframe sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"
               src="${sharing.url}?embed=1#preset/bully-figure"></iframe>`,
    );
    assert.deepEqual(await page.evaluate(() => window.hello), { hustings: "hello", protocol: 1 });
    assert.deepEqual(bad, []);
  } finally {
    sharing.close();
  }
});

test("on paper there is the story, and no line of it covers another", async () => {
  const { page, bad } = await open("#preset/bully-figure&t=268ms");
  await showAsPrinted(page);
  const { lines, ...story } = await eventually(() => printedStory(page), ({ lines }) => lines > 5);
  assert.deepEqual(story, { spilling: [], verdict: true, covered: false, controls: 0, wide: false }, `${lines} lines`);
  assert.deepEqual(bad, []);
});

test("it opens and plays without a network", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hustings-"));
  await cp(fileURLToPath(new URL("../dist", import.meta.url)), folder, { recursive: true });
  // As safe as localhost for a browser, and the page does not take it for that.
  const site = await serve(folder, "/sub/dir/", { address: "127.0.0.2" });
  const { page } = await open("", site.url);
  await page.waitForFunction(async () => {
    await navigator.serviceWorker.ready;
    for (const name of await caches.keys()) {
      if (await (await caches.open(name)).match(new URL("./", location.href))) return true;
    }
    return false;
  });
  site.close();
  await rm(folder, { recursive: true });
  await page.goto("about:blank");
  await page.goto(`${site.url}#preset/bully-figure`);
  await page.locator(".accessible-list button").first().waitFor();
  await page.keyboard.press("End");
  await processOf(page, 5, "leads").waitFor({ state: "attached" });
});
