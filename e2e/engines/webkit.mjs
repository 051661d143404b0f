// WebKitGTK, driven by its own WebDriver: Playwright drives only a WebKit that it has patched. This has as much of
// Playwright's interface as engines.test.mjs uses.
import { Session } from "./webkit/session.mjs";
import { until } from "../eventually.mjs";

// The driver has one session at a time, so a context ends the one before it.
export const launch = async () => {
  let session;
  const newContext = async ({ viewport = { width: 1280, height: 720 } } = {}) => {
    await session?.end();
    session = await Session.start(viewport);
    return { newPage: async () => new Page(session) };
  };
  return {
    newContext,
    newPage: async (options) => (await newContext(options)).newPage(),
    close: () => session?.end(),
  };
};

const KEYS = {
  Enter: "\uE007", Tab: "\uE004", Escape: "\uE00C", Space: " ", Home: "\uE011", End: "\uE010",
  ArrowLeft: "\uE012", ArrowUp: "\uE013", ArrowRight: "\uE014", ArrowDown: "\uE015", Control: "\uE009",
};

class Page {
  constructor(session) {
    this.session = session;
    this.keyboard = {
      press: (combination) => this.press(combination.split(/\+(?=.)/)),
      type: async (text) => {
        for (const letter of text) await this.press([letter === "\n" ? "Enter" : letter]);
      },
    };
  }

  on(name, handler) {
    if (name === "console" || name === "pageerror") this.session.console.on(name, handler);
    return this; // WebDriver reports no requests
  }

  goto(url) {
    return this.session.post("/url", { url });
  }

  reload() {
    return this.session.post("/refresh");
  }

  async evaluate(code, argument) {
    return this.session.run(`(argument) => (${code})(argument)`, argument);
  }

  waitForFunction(code, argument) {
    return until(() => this.evaluate(`async (argument) => Boolean(await (${code})(argument))`, argument), code);
  }

  async setViewportSize(size) {
    await this.session.post("/window/rect", { x: 0, y: 0, ...size });
    await this.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size);
  }

  locator(css, { hasText = "" } = {}) {
    return new Locator(this, { css, hasText, place: null });
  }

  press(names) {
    const values = names.map((name) => KEYS[name] ?? name);
    const downs = values.map((value) => ({ type: "keyDown", value }));
    const ups = values.toReversed().map((value) => ({ type: "keyUp", value }));
    return this.session.act({ type: "key", id: "keyboard", actions: [...downs, ...ups] });
  }

  click(x, y) {
    const move = { type: "pointerMove", duration: 0, origin: "viewport", x: Math.round(x), y: Math.round(y) };
    const click = [{ type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    return this.session.act({ type: "pointer", id: "mouse", actions: [move, ...click] });
  }
}

// What a locator finds now, in the page.
const FIND = `({ css, hasText, place }) => {
  const all = [...document.querySelectorAll(css)].filter((one) => one.textContent.includes(hasText));
  return place === null ? all : all.slice(place, place + 1);
}`;

const STATES = {
  attached: "(found) => found.length > 0",
  detached: "(found) => found.length === 0",
  visible: "(found) => found[0]?.checkVisibility({ visibilityProperty: true }) && found[0].getClientRects().length > 0",
};

class Locator {
  constructor(page, query) {
    this.page = page;
    this.query = query;
  }

  first() {
    return this.nth(0);
  }

  nth(place) {
    return new Locator(this.page, { ...this.query, place });
  }

  count() {
    return this.page.session.run(`(query) => (${FIND})(query).length`, this.query);
  }

  waitFor({ state = "visible" } = {}) {
    const { css, hasText } = this.query;
    const code = `(query) => (${STATES[state]})((${FIND})(query))`;
    return until(() => this.page.session.run(code, this.query), `${css} ${hasText} ${state}`);
  }

  // Of the first element, once there is one.
  async evaluate(code, argument) {
    await this.waitFor({ state: "attached" });
    const whole = `({ query, argument }) => (${code})((${FIND})(query)[0], argument)`;
    return this.page.session.run(whole, { query: this.query, argument });
  }

  evaluateAll(code, argument) {
    const whole = `({ query, argument }) => (${code})((${FIND})(query), argument)`;
    return this.page.session.run(whole, { query: this.query, argument });
  }

  textContent() {
    return this.evaluate((element) => element.textContent);
  }

  inputValue() {
    return this.evaluate((element) => element.value);
  }

  getAttribute(name) {
    return this.evaluate((element, name) => element.getAttribute(name), name);
  }

  boundingBox() {
    return this.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    });
  }

  async click() {
    await this.waitFor();
    await this.evaluate((element) => element.scrollIntoView({ block: "nearest", behavior: "instant" }));
    const { x, y, width, height } = await this.boundingBox();
    await this.page.click(x + width / 2, y + height / 2);
  }

  async press(key) {
    await this.evaluate((element) => element.focus());
    await this.page.keyboard.press(key);
  }

  selectOption(value) {
    return this.evaluate((select, value) => {
      select.value = value;
      for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, { bubbles: true }));
    }, value);
  }
}
