// Drives the page as a reader does: by pointer and keys; reads what it shows.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { eventually } from "./eventually.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

// What the command line says of a preset's run: the same report that the page shows.
export const reportOf = (preset) => report(`presets/${preset}.hustings`);

// Of a script that is no file.
export const reportOfText = (script) => report("-", script);

// Of every preset, by its name.
export const presetReports = () => {
  const files = readdirSync(`${root}presets`).filter((file) => file.endsWith(".hustings"));
  const all = reports(files.map((file) => `presets/${file}`));
  return Object.fromEntries(files.map((file, place) => [file.replace(".hustings", ""), all[place]]));
};

// What the command line says of a preset under every algorithm: a row of cells for each, by its name.
export const algorithmRows = (preset) => {
  const lines = hustings(["run", "--algorithm", "all", `presets/${preset}.hustings`]).trimEnd().split("\n");
  return Object.fromEntries(lines.slice(1).map((line) => {
    const [name, ...cells] = line.trim().split(/ {2,}/);
    return [name, cells];
  }));
};

// The fragment of a script that is no file.
export const fragmentOf = (script) => hustings(["link", "-"], script).trim();

// Pastes a text into the page, outside of its fields.
export const paste = (page, text) =>
  page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
    // Firefox takes no data from a script.
    Object.defineProperty(event, "clipboardData", { value: clipboardData });
    document.body.dispatchEvent(event);
  }, text);

// The report of the scenario that an address names, by its fragment.
export const reportOfLink = (fragment) => reportOfText(hustings(["open", fragment]));

// The text of the script, as its panel shows it.
export const scriptOf = async (page) => {
  await page.locator(".to-script").click();
  const text = await eventually(() => page.locator(".script-text").inputValue(), Boolean);
  await page.locator(".to-script").click();
  return text;
};

// Replaces the scenario by another script, which ends at 3 s, in its panel.
export const writeScript = async (page, text) => {
  await page.locator(".to-script").dispatchEvent("click");
  await eventually(() => page.locator(".script-text").inputValue(), Boolean);
  await page.locator(".script-text").fill(text);
  await page.locator(".clock-end", { hasText: "of 3 s" }).waitFor({ state: "attached" });
  await page.locator('.panel-head [aria-label="Close"]').dispatchEvent("click");
};

// The name that the page gave to a file. Firefox numbers a second file of the same name.
export const nameOf = (download) => download.suggestedFilename().replace(/\(\d+\)(?=\.\w+$)/, "");

// A hash of what a canvas shows. Firefox writes numbers of its own into a PNG, so that files of the same pixels differ.
export const pixels = (frame, css) =>
  frame.locator(css).first().evaluate(async (canvas) => {
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext("2d");
    copy.drawImage(canvas, 0, 0);
    const hash = await crypto.subtle.digest("SHA-256", copy.getImageData(0, 0, width, height).data);
    return new Uint8Array(hash).join(" ");
  });

const report = (file, input = "") => reports([file], input)[0];

const reports = (files, input = "") => JSON.parse(hustings(["run", "--json", ...files], input));

const hustings = (args, input) =>
  execFileSync("cargo", ["run", "--quiet", "--locked", "--", ...args], { cwd: root, encoding: "utf8", input, maxBuffer: 2 ** 28 });

export class Stage {
  constructor(page) {
    this.page = page;
  }

  static async open(page, url) {
    await page.goto(url);
    await page.locator(".spacetime canvas, .strip canvas").first().waitFor();
    await page.locator(".accessible-list button").first().waitFor();
    return new Stage(page);
  }

  async clock() {
    const text = await this.page.locator(".clock").textContent();
    return text.replace(/ of .*/, "").replace(/\s+/g, " ").trim();
  }

  verdict() {
    return this.page.locator(".verdict-title").textContent();
  }

  sentence() {
    return this.page.locator(".sentence span").textContent();
  }

  // What the scene says of each process, by rank.
  async processes() {
    const labels = await this.page.locator(".accessible-list [data-rank]").evaluateAll((buttons) =>
      buttons.map((button) => [button.dataset.rank, button.getAttribute("aria-label")]),
    );
    return Object.fromEntries(labels.map(([rank, label]) => [rank, label.split(": ")[1]]));
  }

  // How many messages of each kind the legend counts.
  async counts() {
    const kinds = await this.page.locator(".kind").evaluateAll((buttons) =>
      buttons.map((button) => [
        button.querySelector(".kind-name").textContent,
        Number(button.querySelector("b").textContent),
      ]),
    );
    return Object.fromEntries(kinds);
  }

  // Goes to the instant that decided an expectation, by its place in the list.
  async goToExpectation(place) {
    const tab = this.page.locator(".to-verdicts");
    if (await tab.isVisible()) await tab.click();
    await this.page.locator(".expectations .link").nth(place).click();
  }

  // Where a process is on the screen.
  async place(rank) {
    const box = await this.page.locator(`.accessible-list button[data-rank="${rank}"]`).boundingBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  async doubleClick(rank) {
    const { x, y } = await this.place(rank);
    await this.page.mouse.dblclick(x, y);
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  // The nearest place to a point where the pointer shows this picture.
  async find(cursor, { x, y }) {
    const shown = () => this.page.locator("canvas.stage").evaluate((canvas) => canvas.style.cursor);
    for (let reach = 0; reach <= 120; reach += 8) {
      for (let turn = 0; turn < 16; turn += 1) {
        const angle = (turn * Math.PI) / 8;
        const at = { x: x + reach * Math.cos(angle), y: y + reach * Math.sin(angle) };
        await this.page.mouse.move(at.x, at.y);
        if ((await shown()) === cursor) return at;
      }
    }
    throw new Error(`no pointer shows ${cursor}`);
  }

  picture() {
    return pixels(this.page, "canvas.stage");
  }
}
