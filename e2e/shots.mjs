// Takes screenshots of the mock-ups' situations from the built page into target/shots/, light and dark, to compare
// them with the mock-ups: `node e2e/shots.mjs`.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { still } from "./eventually.mjs";
import { serve } from "./serve.mjs";
import { Stage } from "./stage.mjs";

const folder = fileURLToPath(new URL("../target/shots/", import.meta.url));
const dist = fileURLToPath(new URL("../dist", import.meta.url));
const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

const select = async (stage, rank) => {
  const { x, y } = await stage.place(rank);
  await stage.page.mouse.click(x, y);
  // Nothing is pointed at.
  await stage.page.mouse.move(700, 20);
};

// By the name of the picture: where it opens, how large, and what is done there.
const situations = {
  "1-election": {
    at: "#preset/bully-figure&t=268ms",
    act: (stage) => select(stage, 3),
  },
  "2-split-brain": { at: "#preset/split-brain&t=1610ms" },
  "3-script-why": {
    at: "#preset/bully-figure&t=284ms",
    async act(stage) {
      await stage.page.locator(".to-script").click();
      const editor = stage.page.locator(".panel textarea");
      await editor.fill((await editor.inputValue()).replace("at 200ms suspect 3", "at 200ms suspect 3\nat 900ms partion 1 2 3 | 4 5 6"));
      await select(stage, 5);
      await stage.page.getByRole("button", { name: "Why?" }).last().click();
    },
  },
  "4-phone": { at: "#preset/bully-figure&t=268ms", size: phone, act: (stage) => select(stage, 3) },
  "5-embed": { at: "?embed=1#preset/bully-figure&t=282ms", size: { width: 720, height: 420 } },
  "5-embed-small": { at: "?embed=1#preset/bully-figure&t=282ms", size: { width: 320, height: 260 } },
  "6-compare": {
    at: "#preset/bully-figure&t=227ms",
    act: ({ page }) => page.locator(".to-compare").click(),
  },
  "7-gallery": {
    at: "#preset/bully-figure",
    act: ({ page }) => page.locator(".to-gallery").click(),
  },
  "8-start": { at: "" },
  "8-start-phone": { at: "", size: phone },
  "9-parts": { at: "#preset/bully-figure", act: (stage) => stage.press("?") },
  "9-twelve": { at: "#preset/long-pause&t=600ms" },
  "9-thirty-two": { at: "#preset/thirty-two&t=280ms" },
};

mkdirSync(folder, { recursive: true });
const site = await serve(dist, "/");
const browser = await launch();
for (const colorScheme of ["light", "dark"]) {
  for (const [name, { at, size = desktop, act }] of Object.entries(situations)) {
    // Without motion what is shown comes to rest.
    const page = await browser.newPage({ viewport: size, colorScheme, reducedMotion: "reduce" });
    const stage = await Stage.open(page, site.url + at);
    await act?.(stage);
    const path = `${folder}${name}${colorScheme === "dark" ? "-dark" : ""}.png`;
    await still(() => page.screenshot({ path }));
    console.log(path);
    await page.close();
  }
}
await browser.close();
site.close();
