// A host site with figures: pages of one origin, and the player under a sub path of another. The player is a fake
// that only speaks the protocol (fixtures/player), to test the element by itself, or the real one.
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { serve } from "./serve.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BASE = "/deep/hustings/";
// The presets that have posters: some real ones, and one for each behaviour of the fake player.
const POSTERS = ["start", "bully-figure", "two-leaders", "mute", "deaf", "newer", "foreign"];

// A folder with the fake player.
const fakePlayer = async () => {
  const folder = await mkdtemp(join(tmpdir(), "hustings-"));
  await cp(here("fixtures/player"), folder, { recursive: true });
  await cp(here("../www/v1"), join(folder, "v1"), { recursive: true });
  const posters = join(folder, "v1/posters");
  await mkdir(posters, { recursive: true });
  for (const name of POSTERS) {
    for (const theme of ["", "-dark"]) await cp(here("fixtures/poster.svg"), join(posters, `${name}${theme}.svg`));
  }
  return folder;
};

// Sets both sites and a browser up around the tests of a file. `sharing` is a second player, of
// another origin, that lets other sites read its files. `built` takes the page as it was built.
export const hosts = ({ built = false } = {}) => {
  const shared = {};
  const pages = new Map();
  before(async () => {
    shared.folder = built ? here("../dist") : await fakePlayer();
    shared.player = await serve(shared.folder, BASE);
    shared.sharing = await serve(shared.folder, BASE, { headers: { "access-control-allow-origin": "*" } });
    shared.site = await listen((request, response) => answer(pages.get(request.url), response));
    shared.browser = await launch();
  });
  after(async () => {
    await shared.browser?.close();
    for (const site of [shared.player, shared.sharing, shared.site]) site?.close();
    if (!built) await rm(shared.folder, { recursive: true });
  });
  // A page of the site: text, or a function that writes it bit by bit.
  const put = (path, body, { type = "text/html; charset=utf-8", status = 200, headers = {} } = {}) => {
    pages.set(path, { body, status, headers: { "content-type": type, ...headers } });
    return shared.site.url + path;
  };
  const fresh = async (options) => {
    const page = await (await shared.browser.newContext(options)).newPage();
    const bad = [];
    page.on("console", (message) => bad.push(`console ${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => bad.push(`error: ${error}`));
    return { page, bad };
  };
  let count = 0;
  // A page with this body, open in a browser of its own.
  const open = async (body, { headers, head = tag(), ready = () => {}, ...options } = {}) => {
    const { page, bad } = await fresh(options);
    await ready(page);
    await page.goto(put(`/page-${(count += 1)}`, document(head, body), { headers }));
    return { page, bad };
  };
  const tag = (player = shared.player) => `<script src="${player.url}v1/embed.js" defer></script>`;
  return { open, fresh, put, tag, shared };
};

export const document = (head, body) =>
  `<!doctype html><html lang="en"><head><title>A manual</title><link rel="icon" href="data:,">${head}</head>` +
  `<body><main><h1>A manual</h1>${body}</main></body></html>`;

export const figure = (attributes = 'preset="start"', content = "") =>
  `<leader-election ${attributes} style="display:block;height:420px">${content}</leader-election>`;

// The frame of the figure number `index`, once it has greeted, or what a function finds in it.
export const inside = async (page, index = 0, ...call) => {
  const frames = page.locator("leader-election").nth(index).locator("iframe");
  await frames.waitFor({ state: "attached" });
  const frame = await (await frames.elementHandle()).contentFrame();
  await frame.waitForFunction(() => window.player?.greetings > 0);
  return call.length ? frame.evaluate(...call) : frame;
};

// The document in the frame of the figure number `index`.
export const within = (page, index = 0) =>
  page.locator("leader-election").nth(index).locator("iframe").contentFrame();

// The commands that the player has received, without the theme, which always comes first.
export const events = async (page, index = 0) =>
  (await inside(page, index, () => window.player.commands)).filter(({ kind }) => kind !== "theme");

export const ready = (page, index = 0) =>
  page.locator("leader-election").nth(index).locator("iframe:not(.coming)").waitFor();

// Runs in the page: records the layout shifts that no input has caused; with a selector only those inside its
// element. Chromium counts them; in other engines the place of each element is compared from frame to frame.
export const watchShifts = (selector) => {
  window.shifts = [];
  if (!PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
    const places = new Map();
    const compare = () => {
      for (const element of document.querySelectorAll(`${selector ?? "body"} *`)) {
        const { x, y, width, height } = element.getBoundingClientRect();
        if (width === 0 || height === 0) continue;
        const place = `${Math.round(x + scrollX)}, ${Math.round(y + scrollY)}`;
        const before = places.get(element) ?? place;
        places.set(element, place);
        if (before !== place) window.shifts.push(`${element.outerHTML.slice(0, 120)}: ${before} to ${place}`);
      }
      requestAnimationFrame(compare);
    };
    return requestAnimationFrame(compare);
  }
  const placed = ({ x, y, width, height }) => `${width} x ${height} at ${x}, ${y}`;
  const isWithin = ({ node, currentRect }) => {
    const whole = selector ? document.querySelector(selector) : document;
    if (node && whole) return whole.contains(node) || node.contains(whole);
    // An element in a shadow tree, or a removed one, has only a place.
    const { left, right } = document.querySelector(selector ?? "html").getBoundingClientRect();
    return currentRect.left < right && currentRect.right > left;
  };
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput || !sources.some(isWithin)) continue;
      const moved = ({ node, previousRect, currentRect }) =>
        `${node?.outerHTML?.slice(0, 120) ?? node?.textContent}: ${placed(previousRect)} to ${placed(currentRect)}`;
      window.shifts.push(sources.map(moved));
    }
  }).observe({ type: "layout-shift", buffered: true });
};

const listen = (handler) =>
  new Promise((done) => {
    const server = createServer(handler);
    server.listen(0, "127.0.0.1", () => {
      const close = () => {
        server.close();
        server.closeAllConnections();
      };
      done({ url: `http://127.0.0.1:${server.address().port}`, close });
    });
  });

const answer = (page, response) => {
  if (!page) return response.writeHead(404).end();
  response.writeHead(page.status, page.headers);
  if (typeof page.body === "function") page.body(response);
  else response.end(page.body);
};
