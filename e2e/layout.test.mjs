// The page at every width: it does not scroll sideways, and no control overlaps another.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "./eventually.mjs";
import { visits } from "./visit.mjs";

const { fresh, url } = visits();

const [WIDEST, NARROWEST] = [1440, 280];
// As long as a title and a clock can be.
const script = `title "${"What happens when the leader is lost and found ".repeat(4).trim()}"
processes 7
until 60m

at 3599s crash 7
at 3599.999s suspect 6
`;

// Each state, and what is pressed in a wide window to get there.
const states = {
  "the start": { at: "" },
  "the stage": {},
  "the stage alone": { press: ['[aria-label="Stage alone"]'] },
  "the diagram alone": { press: ['[aria-label="Diagram alone"]'] },
  "the set-up": { press: [".head-algorithm"] },
  "the script": { press: [".to-script"] },
  "the search": { press: [".to-search"] },
  "the comparison": { press: [".to-compare"] },
  "the gallery": { press: [".to-gallery"] },
  "groups": { at: "#preset/two-crowns" },
  "a lesson": { at: "#lesson/the-leader-is-gone" },
  "a presentation": { press: ['[aria-label="Present"]'] },
  "a presentation in a high window": { press: ['[aria-label="Present"]'], height: 2000 },
};

// Opens the page in a frame, whose width is changed without waiting for a window.
const framed = async (page, { at = "#preset/bully-figure", press = [], height = 900 }) => {
  await page.goto(url("icon-192.png"));
  await page.evaluate(({ src, width, height }) => {
    document.body.innerHTML = `<iframe src="${src}" width="${width}" height="${height}" style="border:0"></iframe>`;
  }, { src: url(at), width: WIDEST, height });
  const inside = page.frameLocator("iframe");
  await inside.locator(".accessible-list button").first().waitFor();
  if (at === "#preset/bully-figure") {
    await inside.locator(".to-script").dispatchEvent("click");
    await page.waitForFunction(() => document.querySelector("iframe").contentDocument.querySelector(".script-text")?.value);
    await inside.locator(".script-text").fill(script);
    await inside.locator(".clock-end", { hasText: "of 3600 s" }).waitFor({ state: "attached" });
    await inside.locator('.panel-head [aria-label="Close"]').dispatchEvent("click");
    await inside.locator("body").press("End");
    await inside.locator("body").press("ArrowLeft");
    await inside.locator(".clock b", { hasText: /^3599\.\d{3}$/ }).waitFor();
  }
  for (const selector of press) await inside.locator(selector).first().dispatchEvent("click");
};

// At every width: by how much the page is too wide, and which controls of a row meet, leave it or are too narrow.
const measured = (page) =>
  page.evaluate(async ({ WIDEST, NARROWEST }) => {
    const frame = document.querySelector("iframe");
    const page = frame.contentDocument;
    const found = [];
    // What is there for assistive technology alone is a pixel wide.
    const shown = (element) => element.getBoundingClientRect().width > 1;
    const frames = () => new Promise((done) =>
      frame.contentWindow.requestAnimationFrame(() => frame.contentWindow.requestAnimationFrame(done)));
    // What is wrong at the present width.
    const wrong = (width) => {
      const wide = page.scrollingElement.scrollWidth;
      const found = wide > width ? [`${width}: ${wide - width} too wide`] : [];
      for (const line of [...page.querySelectorAll(".transport, .panel-head")].filter(shown)) {
        const row = line.getBoundingClientRect();
        const parts = [...line.children].filter(shown).map((part) => [part.className, part.getBoundingClientRect()]);
        for (const [place, [name, box]] of parts.entries()) {
          const inside = box.left >= row.left - 0.5 && box.right <= row.right + 0.5;
          if (!inside) found.push(`${width}: ${name} leaves its row`);
          if (/button|play/.test(name) && box.width < 24) found.push(`${width}: ${name} is ${box.width} wide`);
          for (const [other, beside] of parts.slice(place + 1)) {
            const meets = box.left < beside.right - 0.5 && beside.left < box.right - 0.5;
            if (meets && box.top < beside.bottom && beside.top < box.bottom) found.push(`${width}: ${name} on ${other}`);
          }
        }
      }
      return found;
    };
    for (let width = WIDEST; width >= NARROWEST; width -= 1) {
      frame.width = width;
      if (wrong(width).length === 0) continue;
      // What the program lays out follows a few frames later.
      for (let tries = 0; tries < 60 && wrong(width).length > 0; tries += 1) await frames();
      found.push(...wrong(width));
    }
    return found;
  }, { WIDEST, NARROWEST });

for (const pointer of ["fine", "coarse"]) {
  for (const [name, state] of Object.entries(states)) {
    test(`${name} fits into every width, with a ${pointer} pointer`, async () => {
      const touch = pointer === "coarse" ? { hasTouch: true, isMobile: true } : {};
      const { page } = await fresh({ viewport: { width: 1500, height: 1000 }, ...touch });
      await framed(page, state);
      assert.deepEqual(await measured(page), []);
    });
  }
}

test("where there is room for it the switch of the views is in the transport, elsewhere in the menu", async () => {
  for (const [width, isThere] of [[1440, true], [1024, true], [800, true], [720, true], [390, false]]) {
    const { page } = await fresh({ viewport: { width, height: 900 } });
    await page.goto(url("#preset/bully-figure"));
    await page.locator(".accessible-list button").first().waitFor();
    await eventually(() => page.locator(".transport .views").isVisible(), isThere, `${width}`);
    await page.locator(".menu summary").click();
    await page.getByRole("menuitem", { name: "Stage alone" }).waitFor();
    await page.context().close();
  }
});
