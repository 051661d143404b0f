// The page without a network, and its update to a newer version. The service worker is not used on localhost, so the
// page is served at another loopback address, which browsers trust as they do localhost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { eventually } from "./eventually.mjs";
import { serve } from "./serve.mjs";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const BASE = "/sub/dir/";
const ADDRESS = "127.0.0.2";

let folder, site, browser, PAGE;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "hustings-"));
  await cp(dist, folder, { recursive: true });
  site = await serve(folder, BASE, { address: ADDRESS });
  PAGE = site.url;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
  await rm(folder, { recursive: true });
});

// A new page of a browser that has cached the page.
const kept = async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(PAGE);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async (page) => {
    for (const name of await caches.keys()) {
      if (await (await caches.open(name)).match(page)) return true;
    }
    return false;
  }, PAGE);
  return { context, page };
};

const index = () => join(folder, "index.html");
const version = (page) => page.locator("html").getAttribute("data-version");

// The site with another first line of the page, put there at once as a host does.
const release = async (name, text = null) => {
  const was = await readFile(join(dist, "index.html"), "utf8");
  const now = (text ?? was).replace('<html lang="en"', `<html lang="en" data-version="${name}"`);
  await writeFile(`${index()}.new`, now);
  await rename(`${index()}.new`, index());
};

test("the page opens and plays with the network off", async () => {
  await release("one");
  const { context, page } = await kept();
  site.close();
  const bad = [];
  page.on("pageerror", (error) => bad.push(String(error)));
  await page.goto(`${PAGE}#preset/bully-figure`);
  await page.reload();
  await page.locator("canvas").first().waitFor();
  await page.keyboard.press("End");
  await page.getByText("leader 5", { exact: false }).first().waitFor();
  assert.deepEqual(bad, []);
  await context.close();
  site = await serve(folder, BASE, { address: ADDRESS, port: new URL(PAGE).port });
});

const status = (page) => page.locator(".exports-status").textContent();
const wantsCsv = async (page) => {
  await page.goto(`${PAGE}#preset/bully-figure`);
  await page.reload();
  await page.locator(".accessible-list button").first().waitFor();
  await page.locator("body").press("l");
  await page.getByRole("button", { name: "CSV" }).click();
};
const keptTools = (page) =>
  page.evaluate(async () => {
    const names = [];
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) {
        if (url.includes("/tools-")) names.push(new URL(url).pathname.split("/").at(-1));
      }
    }
    return names.sort();
  });

test("the tools are kept once they were used, and with every newer version", async () => {
  await release("one");
  const { context, page } = await kept();
  assert.deepEqual(await keptTools(page), [], "they are not fetched before");
  site.close();
  await wantsCsv(page);
  await eventually(() => status(page), /could not be loaded/);
  site = await serve(folder, BASE, { address: ADDRESS, port: new URL(PAGE).port });
  await wantsCsv(page);
  await eventually(() => status(page), /^Saved as /);
  const files = await keptTools(page);
  assert.equal(files.length, 3, String(files));
  site.close();
  await wantsCsv(page);
  await eventually(() => status(page), /^Saved as /);
  site = await serve(folder, BASE, { address: ADDRESS, port: new URL(PAGE).port });
  await release("two");
  await page.reload();
  await page.locator(".newer").waitFor();
  assert.deepEqual(await keptTools(page), [...files, ...files].sort(), "the older version has its own");
  await context.close();
});

test("a newer version is offered in a line, and all of its files are replaced", async () => {
  await release("one");
  const { context, page } = await kept();
  assert.equal(await version(page), "one");
  await release("two");
  await page.reload();
  assert.equal(await version(page), "one", "a visit never waits for the network");
  const line = page.locator(".newer");
  await line.waitFor();
  await eventually(() => line.textContent(), /newer Hustings/);
  await Promise.all([page.waitForEvent("load"), line.getByRole("button", { name: "Reload" }).click()]);
  assert.equal(await version(page), "two");
  await page.locator("#app > *").first().waitFor();
  assert.equal(await line.count(), 0);
  await context.close();
});

test("an incomplete release is not installed", async () => {
  await release("one");
  const { context, page } = await kept();
  const was = await readFile(join(dist, "index.html"), "utf8");
  // Its page is there before its style sheet.
  await release("three", was.replace(/style-[0-9a-f]+\.css/, "style-0123456789abcdef.css"));
  await page.reload();
  await page.waitForFunction(async () => (await caches.keys()).length === 2); // it has begun
  assert.equal(await version(page), "one");
  await page.reload();
  assert.equal(await version(page), "one");
  assert.equal(await page.locator(".newer").count(), 0);
  await context.close();
});

test("the page is not kept on localhost, where it is built and changed", async () => {
  const local = await serve(folder, BASE);
  const page = await browser.newPage();
  await page.goto(local.url);
  await page.waitForLoadState("networkidle");
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  local.close();
});

test("the manifest names icons that are there, in the sizes that it says", async () => {
  const manifest = await (await fetch(`${site.url}manifest.webmanifest`)).json();
  for (const { src, sizes } of manifest.icons) {
    const bytes = Buffer.from(await (await fetch(new URL(src, site.url))).arrayBuffer());
    assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes);
  }
});
