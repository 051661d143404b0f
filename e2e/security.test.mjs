// What docs/src/security.md claims of the page, of a figure and of the service worker, where no other file of tests
// shows it.
import assert from "node:assert/strict";
import { createServer, request as ask } from "node:http";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromiumOnly, engine } from "./browser.mjs";
import { eventually, still } from "./eventually.mjs";
import { document, figure, hosts, ready, within } from "./host.mjs";
import { serve } from "./serve.mjs";
import { paste, Stage } from "./stage.mjs";

const { fresh, open, put, tag, shared } = hosts({ built: true });
const wide = { viewport: { width: 1440, height: 900 } };
const title = (page) => page.locator(".head-title h1").textContent();
const one = (page) => page.locator("leader-election").first();
// Where nobody listens, at a port to which browsers connect.
const ELSEWHERE = "http://127.0.0.3:8999/elsewhere";

// A proxy that records every request of a browser's context, those of its workers and of its service worker too.
let proxy;
before(async () => {
  const asked = [];
  const server = createServer((incoming, outgoing) => {
    const { method, headers } = incoming;
    asked.push(method === "GET" ? incoming.url : `${method} ${incoming.url}`);
    const onward = ask(incoming.url, { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on("connect", ({ url }, socket) => {
    asked.push(`connect ${url}`);
    socket.on("error", () => {});
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  proxy = { asked, server: `http://127.0.0.1:${server.address().port}` };
  proxy.close = () => {
    server.close();
    server.closeAllConnections();
  };
});
after(() => proxy?.close());

// The site at an address at which the service worker is used.
let site;
before(async () => {
  site = await serve(fileURLToPath(new URL("../dist", import.meta.url)), "/sub/dir/", { address: "127.0.0.2" });
});
after(() => site?.close());

const isKept = (page) =>
  page.waitForFunction(async () => {
    await navigator.serviceWorker.ready;
    for (const name of await caches.keys()) {
      if (await (await caches.open(name)).match(new URL("./", location.href))) return true;
    }
    return false;
  });

// A scenario whose texts are addresses of another site, in every place that has a text.
const ADDRESSES = `# ${ELSEWHERE} <img src="${ELSEWHERE}">
title "<img src='${ELSEWHERE}'>"
about "url(${ELSEWHERE}) ![a](${ELSEWHERE})"
name 3 "//127.0.0.3:8999/x"
at 100ms crash 6
at 200ms suspect 3
mark 300ms "${ELSEWHERE}"
`;

// Opens what fetches or stores anything: a script, a lesson, the gallery, the lines for another page with their
// preview, a file that the tools make, a search.
const walk = async (page, base) => {
  await Stage.open(page, base);
  await Stage.open(page, `${base}#lesson/when-the-network-splits`);
  await Stage.open(page, `${base}#preset/bully-figure`);
  await paste(page, ADDRESSES);
  await eventually(() => title(page), `<img src='${ELSEWHERE}'>`);
  await page.locator("body").press("l");
  for (const [thing, form] of [["What happened", "CSV"], ["Diagram", "SVG"]]) {
    await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("group", { name: thing }).getByRole("button", { name: form, exact: true }).click(),
    ]);
  }
  await page.locator(".share button", { hasText: "Embed in a page" }).click();
  await page.locator("dialog iframe").contentFrame().locator(".clock").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.locator(".to-gallery").click();
  await page.locator(".recent").first().waitFor();
};

test("the page, its worker, its service worker and a figure request files of their own site only", chromiumOnly("a context has no proxy of its own"), async () => {
  const { page } = await fresh({ ...wide, proxy: { server: proxy.server, bypass: "<-loopback>" } });
  proxy.asked.length = 0;
  await page.goto(site.url);
  await isKept(page);
  await walk(page, site.url);
  const body = `${figure('preset="bully-figure"')}${figure("", `<pre>${ADDRESSES.replace(/</g, "&lt;")}</pre>`)}`;
  const host = put("/quiet", document(tag(), body));
  await page.goto(host);
  for (const index of [0, 1]) await ready(page, index);
  await within(page).getByRole("button", { name: "Play" }).click();
  // Chromium itself asks its vendor what the fields of a form are for.
  const known = [site.url, shared.player.url, host, "connect content-autofill.googleapis.com:443"];
  const others = () => proxy.asked.filter((address) => !known.some((start) => address.startsWith(start)));
  assert.deepEqual(await still(others), []);
  assert.deepEqual(proxy.asked.filter((address) => address.includes("127.0.0.3")), [], "no text of a scenario is in an address");
  for (const name of [/\/sw\.js$/, /\/tools-\w+_bg\.wasm$/, /\/figure-\w+_bg\.wasm$/, /\/embed\.js$/]) {
    assert.ok(proxy.asked.some((address) => name.test(address)), `${name} was seen`);
  }
  // The policy stops what a program would try.
  await page.goto(`${site.url}#preset/bully-figure`);
  await page.locator(".accessible-list button").first().waitFor();
  await page.evaluate((elsewhere) => {
    window.refused = new Set();
    addEventListener("securitypolicyviolation", ({ effectiveDirective }) => window.refused.add(effectiveDirective.replace("-elem", "")));
    fetch(elsewhere, { mode: "no-cors" }).catch(() => {});
    navigator.sendBeacon(elsewhere, "x");
    for (const begin of [() => new WebSocket("ws://127.0.0.3:8999/"), () => new EventSource(elsewhere), () => new Worker(elsewhere)]) {
      try { begin(); } catch { /* refused at once */ }
    }
    for (const name of ["img", "iframe", "script", "video"]) {
      document.body.append(Object.assign(document.createElement(name), { src: elsewhere }));
    }
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: elsewhere }));
  }, ELSEWHERE);
  const kinds = ["connect-src", "frame-src", "img-src", "media-src", "script-src", "style-src"];
  await eventually(() => page.evaluate(() => [...window.refused]), (found) => kinds.every((kind) => found.includes(kind)));
  assert.deepEqual(await still(others), []);
  // The proxy does see a request to another site.
  await page.goto(put("/loud", document("", `<img src="${ELSEWHERE}" alt="">`)));
  await eventually(others, [put("/loud", document("", "")), ELSEWHERE]);
});

// What the browser keeps for the page's origin.
const stored = (page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage).sort(),
    tab: Object.keys(sessionStorage).sort(),
    cookie: document.cookie,
    databases: (await indexedDB.databases()).length,
  }));

test("the page sets no cookie and no database, and stores only what the book lists", async () => {
  const { page } = await fresh(wide);
  await walk(page, site.url);
  await page.locator('.card[href="#preset/two-leaders"]').click();
  await page.locator(".to-script").click();
  await page.locator(".script-text").fill("procesess 3");
  await page.locator(".script-count", { hasText: "1 problem" }).waitFor();
  await page.reload();
  await page.locator(".accessible-list button").first().waitFor();
  const { local, tab, ...others } = await stored(page);
  assert.deepEqual(others, { cookie: "", databases: 0 });
  assert.ok(local.includes("hustings.recent"), String(local));
  for (const key of local) assert.match(key, /^hustings\.(recent|lessons|theme|letters)$/);
  for (const key of tab) assert.match(key, /^hustings\.reload$/);
  assert.deepEqual(await page.context().cookies(), []);
});

test("a figure stores nothing and opens nothing that the reader's browser keeps", async () => {
  const { page } = await fresh(wide);
  await Stage.open(page, `${shared.player.url}#preset/two-leaders`);
  const lines = Array.from({ length: 2_900 }, (_, nth) => `at ${(nth * 7919 * 7919) % 9_999_991}us crash ${((nth * 31) % 64) + 1}`);
  await paste(page, `title "Secret"\nprocesses 64\nuntil 10s\n${lines.join("\n")}\n`);
  await eventually(() => title(page), "Secret");
  const kept = await eventually(() => new URL(page.url()).hash.slice(1).split("&")[0], /^kept\/[\w-]{11}$/);
  const values = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  await eventually(values, /Secret/);
  await page.goto("about:blank");
  await page.goto(`${shared.player.url}icon-192.png`);
  const before = await values();
  const host = await page.context().newPage();
  await host.goto(put("/curious", document(tag(), `${figure(`scenario="${kept}"`)}${figure('preset="bully-figure"')}`)));
  for (const index of [0, 1]) await ready(host, index);
  // Firefox gives a frame other storage than its origin has; Chromium does so from another site on only.
  if (engine === "chromium") assert.match(await host.frames()[1].evaluate(() => localStorage.getItem("hustings.recent")), /Secret/);
  await eventually(() => within(host).getByRole("alert").textContent(), /this browser does not keep it/);
  const refusal = await one(host).evaluate((element, kept) => element.load(`#${kept}`).then(() => "loaded", ({ message }) => message), kept);
  assert.match(refusal, /this browser does not keep it/);
  await within(host, 1).locator('.accessible-list [data-rank="5"]').focus();
  await host.keyboard.press("x");
  await within(host, 1).getByRole("button", { name: "Reset" }).waitFor();
  assert.equal(await still(values), before);
});

test("a host page and its figure cannot read each other", async () => {
  const { page } = await open(figure('preset="bully-figure"'));
  await ready(page);
  const host = await page.evaluate(() => {
    const frame = document.querySelector("leader-election").shadowRoot.querySelector("iframe");
    const attempts = [() => frame.contentWindow.document, () => frame.contentWindow.localStorage, () => frame.contentWindow.location.href];
    const refused = attempts.map((attempt) => { try { return typeof attempt(); } catch ({ name }) { return name; } });
    return { refused, document: frame.contentDocument };
  });
  assert.deepEqual(host, { refused: Array(3).fill("SecurityError"), document: null });
  const player = await page.frames()[1].evaluate(() => {
    const attempts = [() => parent.document, () => parent.localStorage, () => parent.location.href];
    const refused = attempts.map((attempt) => { try { return typeof attempt(); } catch ({ name }) { return name; } });
    return { refused, referrer: document.referrer };
  });
  assert.deepEqual(player, { refused: Array(3).fill("SecurityError"), referrer: "" });
});

// Runs in a document, in a task of its own: an evaluation by the driver may be allowed what a program is not.
const compiles = () =>
  new Promise((done) => {
    const attempts = {
      eval: () => globalThis.eval("1"),
      Function: () => new Function("return 1")(),
      text: () => setTimeout("window.ran = true", 0),
      handler: () => {
        const node = document.createElement("p");
        node.setAttribute("onclick", "window.ran = true");
        node.click();
      },
      address: () => {
        const link = Object.assign(document.createElement("a"), { href: "javascript:window.ran=true" });
        document.body.append(link);
        link.click();
        link.remove();
      },
      inline: () => document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = true" })),
    };
    setTimeout(() => {
      const thrown = Object.entries(attempts).map(([name, attempt]) => {
        try { attempt(); } catch ({ name: error }) { return `${name} ${error}`; }
        return null;
      });
      setTimeout(() => done({ thrown: thrown.filter(Boolean), ran: window.ran ?? false }), 100);
    }, 0);
  });

test("neither the page nor a figure compiles text to code", async () => {
  const refused = { thrown: ["eval EvalError", "Function EvalError"], ran: false };
  const { page } = await fresh(wide);
  await Stage.open(page, `${site.url}#preset/bully-figure`);
  assert.deepEqual(await page.evaluate(compiles), refused);
  const { page: host } = await open(figure('preset="bully-figure"'));
  await ready(host);
  const policies = await within(host).locator('meta[http-equiv="Content-Security-Policy"]').evaluateAll((all) => all.map(({ content }) => content));
  assert.deepEqual(policies.slice(1), [
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
      "img-src 'self' data: blob:; object-src 'none'; base-uri 'self'",
  ]);
  assert.deepEqual(await host.frames()[1].evaluate(compiles), refused);
  // Without a policy all of it runs.
  await host.goto(put("/open", document("", "")));
  assert.deepEqual(await host.evaluate(compiles), { thrown: [], ran: true });
});

test("in a sandbox with allow-scripts alone a figure plays, opens no window and stores nothing", async () => {
  const src = `${shared.sharing.url}?embed=1#preset/bully-figure`;
  const { page, bad } = await open(`<iframe sandbox="allow-scripts" src="${src}" title="A figure" width="720" height="420"></iframe>`, { head: "" });
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button", { name: "Play" }).click();
  await frame.getByRole("button", { name: "Pause" }).click();
  const held = await page.frames()[1].evaluate(() => {
    const attempts = [() => localStorage, () => sessionStorage, () => document.cookie, () => indexedDB.open("a") && caches && parent.document];
    return [window.origin, ...attempts.map((attempt) => { try { return typeof attempt(); } catch ({ name }) { return name; } })];
  });
  assert.deepEqual(held, ["null", ...Array(4).fill("SecurityError")]);
  assert.deepEqual(bad, []);
  await frame.getByRole("link", { name: "Open" }).click();
  assert.equal(await still(() => page.context().pages().length), 1);
});

test("the whole page in a frame says nothing to the page around it and takes no command", async () => {
  const listen = `<script>window.heard = []; addEventListener("message", ({ data }) => heard.push(data));</script>`;
  const { page } = await open(`${listen}<iframe src="${shared.player.url}#preset/bully-figure" title="The page" width="1200" height="800"></iframe>`, { head: "", ...wide });
  const frame = page.frameLocator("iframe");
  await frame.locator(".accessible-list button").first().waitFor({ state: "attached" });
  await page.evaluate(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => window.heard.push(data);
    document.querySelector("iframe").contentWindow.postMessage({ hustings: "hello", protocol: 1 }, "*", [port2]);
    for (const command of [{ kind: "report" }, { kind: "link" }, { kind: "load", text: 'title "Forged"' }]) port1.postMessage({ id: 1, command });
  });
  assert.deepEqual(await still(() => page.evaluate(() => window.heard)), []);
  assert.match(await frame.locator(".head-title h1").textContent(), /3 notices that 6 is gone/);
});

test("a figure passes on to its host page the keys of pages and no others", async () => {
  const listen = `<script>globalThis.hello = new Promise((done) => addEventListener("message", ({ data }) => done(data)));</script>`;
  const src = `${shared.player.url}?embed=1#preset/bully-figure`;
  const { page } = await open(`${listen}<iframe src="${src}" title="A figure" width="720" height="420"></iframe>`, { head: "" });
  await page.evaluate(async () => {
    await globalThis.hello;
    const { port1, port2 } = new MessageChannel();
    window.keys = [];
    port1.onmessage = ({ data }) => data.notice?.kind === "key" && window.keys.push(data.notice.key);
    document.querySelector("iframe").contentWindow.postMessage({ hustings: "hello", protocol: 1 }, "*", [port2]);
  });
  await page.frameLocator("iframe").getByRole("button", { name: "Play" }).focus();
  const known = ["PageUp", "PageDown", "ArrowLeft", "ArrowRight", "Home", "End", "Escape"];
  for (const key of ["a", "s", "1", "Enter", "Shift+B", "Backspace", "Control+c", ...known]) await page.keyboard.press(key);
  await eventually(() => page.evaluate(() => window.keys), known);
});

// Texts that would run as code, in every place of a script that has a text.
const CODE = "<img src=x onerror=hacked=true></script><script>hacked=true</script>";
const HOSTILE = `# ${CODE}
title "${CODE}"
about "javascript:hacked=true ${CODE}"
name 3 "<svg onload=hacked=1>"
at 100ms crash 6  # ${CODE}
at 200ms suspect 3
mark 300ms "<img src=x onerror=hacked=true>"
expect leader 4
`;
const injected = (page) =>
  page.evaluate(() => ({
    hacked: window.hacked ?? false,
    nodes: document.querySelectorAll("#app script, [onerror], [onload], img[src=x], a[href^='javascript:']").length,
  }));

test("a link and a stored text are text on every part of the page", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, `${shared.player.url}#preset/two-leaders`);
  await paste(page, HOSTILE);
  await eventually(() => title(page), CODE);
  const link = await eventually(() => page.url(), /#1\/.*&d=/);
  const { page: there, bad: others } = await fresh(wide);
  await Stage.open(there, link);
  await eventually(() => title(there), CODE);
  for (const key of ["ArrowRight", "ArrowRight", "w", "End"]) await there.locator("body").press(key);
  await there.locator(".to-script").click();
  await there.locator(".script-text").waitFor();
  await there.locator(".panel-head").getByRole("button", { name: "JSON" }).click();
  await eventually(() => there.locator(".json-text").inputValue(), /onerror/);
  await there.locator(".panel-head").getByRole("button", { name: "Set-up" }).click();
  await there.locator("body").press("l");
  await there.locator(".share button", { hasText: "Embed in a page" }).click();
  await eventually(() => there.getByLabel("Lines for your page").inputValue(), /leader-election/);
  await there.keyboard.press("Escape");
  await there.locator("dialog").waitFor({ state: "detached" });
  await there.locator(".to-gallery").click();
  await eventually(() => there.locator(".recent").first().textContent(), (text) => text.includes("<img src=x"));
  assert.deepEqual(await injected(there), { hacked: false, nodes: 0 });
  assert.deepEqual([...bad, ...others], []);
  // What is stored is read again as text, whatever another program of the origin has written there.
  await stage.page.evaluate((code) => {
    for (const key of ["theme", "lessons", "letters", "recent"]) localStorage.setItem(`hustings.${key}`, `recent 1\n${code}`);
    sessionStorage.setItem("hustings.reload", JSON.stringify({ found: "", correct: code, script: code, draft: code, json_draft: code }));
  }, CODE);
  await page.reload();
  await page.locator(".accessible-list button").first().waitFor();
  assert.deepEqual(await injected(page), { hacked: false, nodes: 0 });
});

test("a figure that breaks says so in its frame, and the page around goes on", async () => {
  const { page } = await open(`${figure('preset="bully-figure"')}${figure('preset="start"')}`);
  for (const index of [0, 1]) await ready(page, index);
  await page.frames()[1].evaluate(() => {
    Node.prototype.insertBefore = () => { throw new DOMException("taken away by the test"); };
  });
  await one(page).evaluate((element) => void element.load("at 100ms crsh 6").catch(() => {}));
  await one(page).evaluate((element) => void element.load("processes 3\ngroup a on 1 2\ngroup b on 2 3\nexpect leader 9").catch(() => {}));
  await one(page).evaluate((element) => void element.load("processes 3\ngroup a on 1 2\ngroup b on 2 3\nexpect leader 3").catch(() => {}));
  await within(page).locator(".broken h1").waitFor();
  const second = page.locator("leader-election").nth(1);
  assert.equal((await second.evaluate((element) => element.report())).algorithm, "bully");
  assert.equal(await page.locator("h1").first().textContent(), "A manual");
});

test("the service worker keeps files of its folder only and leaves other caches of the origin alone", chromiumOnly("the driver of others does not say who answers"), async () => {
  const { page } = await fresh(wide);
  await page.goto(site.url);
  await page.evaluate(async () => {
    await (await caches.open("of another program")).put("/x", new Response("kept"));
  });
  await isKept(page);
  await page.reload();
  await Stage.open(page, `${site.url}#preset/bully-figure`);
  const found = await page.evaluate(async (folder) => {
    const { scope } = await navigator.serviceWorker.ready;
    const all = [];
    for (const name of (await caches.keys()).filter((name) => name !== "of another program")) {
      for (const { url, method } of await (await caches.open(name)).keys()) all.push(`${method} ${url}`);
    }
    const other = await (await caches.open("of another program")).match("/x");
    return { scope, strange: all.filter((entry) => !entry.startsWith(`GET ${folder}`)), count: all.length, other: await other?.text() };
  }, site.url);
  const answered = new Map();
  page.on("response", (response) => answered.set(response.url(), response.fromServiceWorker()));
  await page.evaluate((names) => Promise.all(names.map((name) => fetch(name))), ["/elsewhere", "/sub/dir/icon-192.png"]);
  const { origin } = new URL(site.url);
  const isAnswered = ["/elsewhere", "/sub/dir/icon-192.png"].map((path) => answered.get(origin + path));
  assert.deepEqual(isAnswered, [false, true]);
  assert.equal(found.scope, site.url);
  assert.deepEqual(found.strange, []);
  assert.ok(found.count > 3, String(found.count));
  assert.equal(found.other, "kept");
});
