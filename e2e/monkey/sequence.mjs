// One sequence of gestures on a fresh page, with what has to hold after each and at its end.
import { engine } from "../browser.mjs";
import { until } from "../eventually.mjs";
import { reportOfLink } from "../stage.mjs";
import { isGivenUp, watched } from "../visit.mjs";
import { fingerOf, perform } from "./gestures.mjs";

// The window, or a figure in the window of another page.
export const SIZES = {
  wide: { width: 1440, height: 900 },
  middle: { width: 1024, height: 768 },
  phone: { width: 390, height: 844, isTouch: true },
  figure: { width: 720, height: 420, isFigure: true },
};

// The first fault that the gestures find, or none: `{ after, words, address }`. `patience` is how long the page may take
// for anything, in milliseconds.
export const play = async ({ browser, site, patience }, { size: name, preset }, steps) => {
  const size = SIZES[name];
  const isTouch = size.isTouch && engine === "chromium";
  const context = await browser.newContext({
    viewport: size.isFigure ? { width: size.width + 40, height: size.height + 40 } : { width: size.width, height: size.height },
    hasTouch: isTouch,
  });
  context.setDefaultTimeout?.(patience);
  // What is promised, unless it takes too long: a page that is hidden or hangs never answers.
  const within = (promised, words) =>
    Promise.race([promised, new Promise((_, fail) => setTimeout(fail, patience, new Error(words)).unref())]);
  try {
    const { page, bad: all } = watched(await context.newPage());
    // A dialog that closes aborts what its preview loads.
    const bad = () => all.filter((line) => !isGivenUp(line));
    await page.addInitScript(stayHere);
    context.on("page", (other) => other !== page && other.close().catch(() => {}));
    const opened = await open(page, site, size, preset);
    const finger = isTouch ? await fingerOf(page) : null;
    const place = { page, size, finger, ...opened };
    const before = await resources(page);
    let after = 0;
    const address = () => within(place.frame.evaluate(() => location.href), "no address").catch(String);
    const fault = async (words) => ({ after, words, address: await address() });
    for (const step of steps) {
      after += 1;
      // A page that no longer answers is a fault too.
      const done = perform(place, step).then(() => place.frame.evaluate(faults));
      const words = await within(done, `no frame after ${JSON.stringify(step)}`).catch((error) => [String(error)]);
      words.unshift(...bad());
      if (words.length) return fault(words.join("; "));
    }
    if (size.isFigure) return null;
    after = steps.length;
    const words = [...(await agrees(browser, site, page, patience)), ...(await undone(page, preset, patience)), ...bad(), ...(await grown(page, before))];
    return words.length ? fault(words.join("; ")) : null;
  } finally {
    // It may wait for a page that hangs, which ends with the browser.
    await within(context.close(), "the page does not close").catch(() => {});
  }
};

const open = async (page, site, size, preset) => {
  if (!size.isFigure) {
    await page.goto(`${site.url}#preset/${preset}`);
    await page.locator(".accessible-list button").first().waitFor({ state: "attached" });
    return { frame: page.mainFrame(), origin: { x: 0, y: 0 } };
  }
  const { width, height } = size;
  const src = `${site.url}?embed=1#preset/${preset}`;
  await page.setContent(`<body style="margin: 20px"><iframe src="${src}" width="${width}" height="${height}" style="border: 0"></iframe>`);
  const frame = await until(() => page.frames()[1], "the figure has a frame");
  await frame.locator(".accessible-list button").first().waitFor({ state: "attached" });
  return { frame, origin: { x: 20, y: 20 } };
};

// Runs in the page before its own scripts: a link to another page is not followed, and nothing is printed.
const stayHere = () => {
  const leaves = (link) => link.target === "_blank" || !link.getAttribute("href").startsWith("#");
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && leaves(link)) event.preventDefault();
  }, true);
  window.print = () => {};
};

// What is wrong on the page as it is, in words.
const faults = () => {
  const found = [];
  if (document.querySelector(".broken")) found.push("the card of a panic is shown");
  const { scrollWidth } = document.documentElement;
  const start = (element) => element?.outerHTML.slice(0, 120);
  if (scrollWidth > innerWidth) {
    const beyond = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth);
    found.push(`the page is ${scrollWidth} pixels wide in a window of ${innerWidth}, by ${beyond.map(start).join(" and ")}`);
  }
  const active = document.activeElement;
  if (!active) found.push("nothing has the focus");
  else if (active !== document.body && !active.checkVisibility()) found.push(`the focus is on a hidden ${start(active)}`);
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  if (dialog && active !== document.body && !dialog.contains(active)) found.push("the focus is behind a dialog");
  // Below 1280 pixels a panel lies over the stage.
  const over = `dialog, [role=menu], .menu, .tip, .drop-zone${innerWidth < 1280 ? ", .page > .panel" : ""}`;
  const isOver = (shown) => shown?.closest(over);
  for (const button of dialog ? [] : document.querySelectorAll(".transport button, .figure-bar button")) {
    if (!button.checkVisibility()) continue;
    const { left, top, width, height } = button.getBoundingClientRect();
    const at = { x: left + width / 2, y: top + height / 2 };
    if (at.x < 0 || at.y < 0 || at.x > innerWidth || at.y > innerHeight) continue;
    const shown = document.elementFromPoint(at.x, at.y);
    if (!button.contains(shown) && !shown?.contains(button) && !isOver(shown)) {
      found.push(`${start(shown)} covers ${button.getAttribute("aria-label") ?? button.textContent}`);
    }
  }
  return found;
};

// Whether the scenario that the address has now is shown in a new page as the command line reports it.
const agrees = async (browser, site, page, patience) => {
  const fragment = await page.evaluate(async () => {
    // The address follows shortly after a change.
    for (let before = null; before !== location.hash; ) {
      before = location.hash;
      await new Promise((done) => setTimeout(done, 600));
    }
    return location.hash;
  });
  if (!/^#(1\/|preset\/)/.test(fragment)) return [];
  let report;
  try {
    report = reportOfLink(fragment.replace(/&.*/, ""));
  } catch (error) {
    return [`the command line refuses ${fragment}: ${error.stderr}`];
  }
  if (report.groups.length > 1) return [];
  const context = await browser.newContext({ viewport: SIZES.wide });
  try {
    const other = await context.newPage();
    await other.goto(`${site.url}${fragment.replace(/&.*/, "")}`);
    await other.locator(".accessible-list button").first().waitFor({ state: "attached" });
    await other.locator("body").press("End");
    const { rounds, messages, leaders } = report.groups[0];
    const wanted = JSON.stringify({
      figures: [String(rounds), String(messages.total)],
      holds: report.expectations.map(({ holds }) => holds),
    });
    const shown = () => other.evaluate(() => {
      const figure = (word) =>
        [...document.querySelectorAll(".figures > div")].find((div) => word.test(div.querySelector("dt").textContent))?.querySelector("dd").textContent;
      return JSON.stringify({
        figures: [figure(/round/), figure(/^messages?$/)],
        holds: [...document.querySelectorAll(".expectations > li")].map((item) => /^holds: /.test(item.textContent)),
      });
    });
    // The start has a screen of its own.
    if (await other.locator('.page[data-screen="start"]').count()) return [];
    try {
      await until(async () => (await shown()) === wanted, `${fragment} shows ${wanted}`, patience);
    } catch {
      return [`the page shows ${await shown()} of ${fragment}, the command line reports ${wanted} (${leaders.length} leaderships)`];
    }
    return [];
  } finally {
    await context.close();
  }
};

// Whether undo leads back to the scenario that was opened.
const undone = async (page, preset, patience) => {
  const undo = page.locator('button[aria-label^="Undo"]');
  const escape = async () => {
    for (let times = 0; times < 8; times += 1) await page.keyboard.press("Escape");
    await page.evaluate(() => document.activeElement?.blur());
  };
  await escape();
  // The address names a lesson until it is left, whatever is undone in it.
  const leave = page.getByRole("button", { name: "Leave", exact: true });
  if (await leave.isVisible()) await leave.click();
  for (let times = 0; times < 500; times += 1) {
    if (!(await undo.first().isVisible().catch(() => false))) return [];
    if (await undo.first().isDisabled()) break;
    await page.keyboard.press("Control+z");
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  const named = () => page.evaluate(() => location.hash.replace(/&.*/, ""));
  try {
    await until(async () => (await named()) === `#preset/${preset}`, "undo leads to the preset", patience);
    return [];
  } catch {
    return [`undo leads to ${await named()} and not to #preset/${preset}`];
  }
};

// Chromium's count of what the page holds, after its garbage is collected.
const resources = async (page) => {
  if (engine !== "chromium") return null;
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  await session.detach();
  const of = (wanted) => metrics.find(({ name }) => name === wanted).value;
  return { listeners: of("JSEventListeners"), nodes: of("Nodes"), heap: of("JSHeapUsedSize") };
};

// More than this is a leak: what dialogs and panels leave behind for good is less.
const MOST_MORE = { listeners: 150, nodes: 4_000, heap: 40e6 };

const grown = async (page, before) => {
  if (!before) return [];
  const after = await resources(page);
  return Object.entries(MOST_MORE)
    .filter(([of, most]) => after[of] > before[of] + most)
    .map(([of]) => `${of}: ${before[of]} before, ${after[of]} after`);
};
