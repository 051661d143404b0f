// Firefox as it is installed: playwright-core drives it by WebDriver BiDi, without a build of its own. What the
// two do not agree on yet is repaired here; try without each repair when one of them is updated.
import { copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { firefox } from "playwright-core";

const PREFERENCES = {
  "layout.css.prefers-color-scheme.content-override": 1, // light, whatever the system prefers
  "ui.prefersReducedMotion": 0,
  "ui.useOverlayScrollbars": 1, // Playwright hides Chromium's
  "dom.events.testing.asyncClipboard": true, // the clipboard is read without a prompt
  "browser.sessionhistory.max_total_viewers": 0, // a page is loaded anew on the way back, as in Playwright's Chromium
};

// Media features are preferences of the whole browser, so each set of them has a browser of its own.
export const launch = async ({ isStill }) => {
  const browsers = new Map();
  const withMedia = (media) => {
    const key = JSON.stringify(media);
    if (!browsers.has(key)) browsers.set(key, start(media));
    return browsers.get(key);
  };
  await withMedia({});
  const newContext = async ({ colorScheme, reducedMotion, isMobile, permissions: _, ...options } = {}) => {
    const browser = await withMedia({
      ...(colorScheme === "dark" && { "layout.css.prefers-color-scheme.content-override": 0 }),
      ...((isStill || reducedMotion === "reduce") && { "ui.prefersReducedMotion": 1 }),
      ...(isMobile && { "ui.primaryPointerCapabilities": 1, "ui.allPointerCapabilities": 1 }),
    });
    const context = await browser.newContext(options);
    const { newPage } = context;
    context.newPage = async () => repairPage(await newPage.call(context));
    return context;
  };
  return {
    newContext,
    newPage: async (options) => (await newContext(options)).newPage(),
    close: async () => {
      for (const browser of browsers.values()) await (await browser).close();
    },
  };
};

const start = async (media) => {
  const browser = await firefox.launch({
    channel: "moz-firefox",
    executablePath: process.env.HUSTINGS_FIREFOX || "/usr/bin/firefox-esr",
    firefoxUserPrefs: { ...PREFERENCES, ...media },
  });
  const session = browser._connection.toImpl(browser)._browserSession;
  skipMediaOverride(session);
  nameDownloads(session);
  return browser;
};

// Playwright asks every context for media features; Firefox does not know the command.
const skipMediaOverride = (session) => {
  const prototype = Object.getPrototypeOf(session);
  const { send } = prototype;
  if (send.isRepaired) return;
  prototype.send = function (method, params) {
    const isUnknown = method === "emulation.setMediaFeaturesOverride";
    return isUnknown ? Promise.resolve({}) : send.call(this, method, params);
  };
  prototype.send.isRepaired = true;
};

// Firefox names no navigation for a file that a page saves, and Playwright finds the file by that name.
const nameDownloads = (session) => {
  const transport = session.connection._transport;
  const { onmessage } = transport;
  transport.onmessage = (message) => {
    const { method, params } = message;
    if (method?.startsWith("browsingContext.download")) {
      params.navigation ??= params.url.replace(/[^\w-]+/g, "-");
      if (params.filepath) copyFileSync(params.filepath, join(dirname(params.filepath), params.navigation));
    }
    return onmessage.call(transport, message);
  };
};

const repairPage = (page) => {
  // Firefox counts clicks within one list of actions; Playwright sends a list for each.
  const { mouse } = page._connection.toImpl(page);
  const { click } = mouse;
  mouse.click = async (progress, x, y, options) => {
    if (options.clickCount !== 2) return click.call(mouse, progress, x, y, options);
    await mouse.move(progress, x, y, { forClick: true });
    const press = [{ type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    await mouse._raw._performActions(progress, [...press, ...press]);
  };
  const { touchscreen, delegate } = page._connection.toImpl(page);
  // Playwright leaves this empty.
  touchscreen._raw.tap = (progress, x, y) => {
    const { _session: session } = mouse._raw;
    const press = [{ type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    const actions = [{ type: "pointerMove", x: Math.round(x), y: Math.round(y) }, ...press];
    const finger = { type: "pointer", id: "finger", parameters: { pointerType: "touch" }, actions };
    return progress.race(session.send("input.performActions", { context: session.sessionId, actions: [finger] }));
  };
  // Playwright scrolls what is in sight to the middle too.
  const { scrollRectIntoViewIfNeeded } = delegate;
  delegate.scrollRectIntoViewIfNeeded = async (handle, rect) => {
    const isInFrame = handle._context.frame.parentFrame() !== null;
    const isSeen = !isInFrame && (await handle.evaluateInUtility(isInSight, null).catch(() => false));
    return isSeen ? "done" : scrollRectIntoViewIfNeeded.call(delegate, handle, rect);
  };
  // The page's policy forbids the style that Playwright adds for a screenshot, and Firefox reports that.
  const { on } = page;
  page.on = (name, handler) => {
    const isOurs = (error) => !String(error).includes(SCREENSHOT_STYLE);
    return on.call(page, name, name === "pageerror" ? (error) => isOurs(error) && handler(error) : handler);
  };
  return page;
};

// In a page that is no frame: whether nothing that scrolls hides a part of the node.
const isInSight = ([, node]) => {
  const { left, top, right, bottom } = node.getBoundingClientRect();
  const holds = (box) => left >= box.left && top >= box.top && right <= box.right && bottom <= box.bottom;
  if (!holds({ left: 0, top: 0, right: innerWidth, bottom: innerHeight })) return false;
  for (let around = node.parentElement; around; around = around.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(around);
    const hasBox = around !== document.scrollingElement && around.getClientRects().length > 0;
    const clips = hasBox && (overflowX !== "visible" || overflowY !== "visible");
    if (clips && !holds(around.getBoundingClientRect())) return false;
  }
  return true;
};

const SCREENSHOT_STYLE = "sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT";
