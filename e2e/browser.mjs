// Starts the browser, for the end-to-end tests and the wasm tests. HUSTINGS_ENGINE says which:
// chromium, firefox, or webkit, which can do what engines.test.mjs needs and no more.
import { TIMEOUT } from "./eventually.mjs";

export const engine = process.env.HUSTINGS_ENGINE || "chromium";
const ENGINES = ["chromium", "firefox", "webkit"];
if (!ENGINES.includes(engine)) throw new Error(`HUSTINGS_ENGINE=${engine}: it is one of ${ENGINES.join(", ")}`);

// For the options of a test that needs what only Chromium's driver can do.
export const chromiumOnly = (why) => ({ skip: engine !== "chromium" && `not in ${engine}: ${why}` });

// `isStill`: the system prefers reduced motion, for images too.
export const launch = async (options = {}) => {
  const browser = await (await import(`./engines/${engine}.mjs`)).launch(options);
  const { newContext } = browser;
  browser.newContext = async (options) => {
    const context = await newContext.call(browser, options);
    context.setDefaultTimeout?.(TIMEOUT);
    return context;
  };
  browser.newPage = async (options) => (await browser.newContext(options)).newPage();
  return browser;
};
