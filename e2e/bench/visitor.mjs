// A new page with the probe, and the actions of a benchmark on it.
import { launch } from "../browser.mjs";
import { serve } from "../serve.mjs";
import { Stage } from "../stage.mjs";
import { probe } from "./probe.mjs";

// An isolated page has a clock of 5 µs, any other page of 100.
const isolated = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

export const visitors = async (folder) => {
  const site = await serve(folder, "/", { headers: isolated });
  const browser = await launch();
  const fresh = async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(probe);
    page.on("pageerror", (error) => console.error(`the page says: ${error}`));
    return new Visitor(page, await context.newCDPSession(page), site.url, browser);
  };
  const close = async () => {
    await browser.close();
    site.close();
  };
  return { fresh, close, folder };
};

class Visitor {
  constructor(page, devtools, url, browser) {
    Object.assign(this, { page, devtools, url, browser });
  }

  async open(fragment) {
    await this.page.goto(this.url + fragment);
    await this.page.locator(".accessible-list button").first().waitFor();
    await this.page.locator(".spacetime canvas").first().waitFor();
    await this.rest(300);
  }

  // Writes a script into the panel, waits for its run, and closes the panel.
  async play(script) {
    await this.open("#preset/bully-figure");
    await this.write(script);
    await this.page.locator(".to-script").click();
    await this.page.locator(".panel").waitFor({ state: "detached" });
    await this.rest(500);
  }

  async write(script) {
    await this.page.locator(".to-script").click();
    await this.page.locator(".script-text").fill(script);
    const [, title] = script.match(/title "(.*)"/);
    await this.page.locator("h1", { hasText: title }).waitFor();
    await this.page.locator(".late").waitFor({ state: "detached" });
    await this.rest(500);
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  // The pointer goes through the buttons over the canvas, as the page's own does.
  async select(rank) {
    const { x, y } = await new Stage(this.page).place(rank);
    await this.page.mouse.click(x, y);
    await this.page.locator(`.accessible-list [data-rank="${rank}"][aria-pressed="true"]`).waitFor();
    // Nothing is pointed at.
    await this.page.mouse.move(700, 20);
    await this.page.locator(".spacetime").focus();
  }

  rest(milliseconds) {
    return this.page.waitForTimeout(milliseconds);
  }

  // Returns what the probe has recorded, and resets it.
  taken(what) {
    return this.page.evaluate((what) => window.bench[what].splice(0), what);
  }

  async isPlaying() {
    return (await this.page.locator(".play").getAttribute("aria-label")) === "Pause";
  }

  // Playing, faster or slower by so many steps of the slider, on and on.
  async playOn(faster) {
    await this.press(...Array(Math.abs(faster)).fill(faster > 0 ? "+" : "-"));
    const loop = this.page.locator(".transport .loop");
    if ((await loop.getAttribute("aria-pressed")) === "false") await loop.click();
    // Whatever has the focus, Space must not press it.
    await this.page.locator(".spacetime").focus();
    if (!(await this.isPlaying())) await this.press("Space");
  }

  // Chromium's counters: seconds of tasks, heap in bytes, nodes, listeners. The seconds are processor time, so that
  // other programs on the machine add none.
  async metrics() {
    await this.devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    const { metrics } = await this.devtools.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  }

  // The tasks of the page's main thread during an action, in milliseconds of processor time, so that interruptions by
  // other programs add none.
  async tasks(act) {
    const categories = ["disabled-by-default-devtools.timeline", "devtools.timeline"];
    await this.browser.startTracing(this.page, { categories });
    await act();
    const { traceEvents } = JSON.parse(await this.browser.stopTracing());
    const threads = new Map();
    for (const { name, pid, tid, dur, tdur = dur } of traceEvents) {
      if (name !== "RunTask" || !dur) continue;
      const key = `${pid}:${tid}`;
      threads.set(key, [...(threads.get(key) ?? []), tdur / 1000]);
    }
    const isMain = ({ name, args }) => name === "thread_name" && args.name === "CrRendererMain";
    const main = traceEvents.filter(isMain).map(({ pid, tid }) => threads.get(`${pid}:${tid}`) ?? []);
    // Another page's renderer may still be there; it does nothing.
    const sum = (tasks) => tasks.reduce((all, one) => all + one, 0);
    return main.sort((a, b) => sum(b) - sum(a))[0] ?? [];
  }

  close() {
    return this.page.context().close();
  }
}
