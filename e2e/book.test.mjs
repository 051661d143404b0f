// The built book, beside the page whose player its figures use.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "./eventually.mjs";
import { isGivenUp, visits } from "./visit.mjs";

const { fresh, url } = visits();

const isReady = (figure) =>
  figure.evaluate(
    (element) =>
      new Promise((done) => {
        if (element.duration > 0) done();
        else element.addEventListener("ready", () => done(), { once: true });
      }),
  );

// Leaving a page while its figures load aborts their requests.
const wrong = (bad) => bad.filter((line) => !isGivenUp(line));

test("a figure of the book plays, and its script stands below it", async () => {
  const { page, bad } = await fresh();
  await page.goto(url("book/"));
  const figure = page.locator("leader-election").first();
  await isReady(figure);
  await eventually(() => figure.evaluate((element) => element.currentTime), 0.45);
  await figure.evaluate((element) => element.play());
  await page.waitForFunction(() => document.querySelector("leader-election").currentTime > 0.5);
  await page.locator("details.script summary").first().click();
  await eventually(() => page.locator("details.script code").first().textContent(), /^title "The network splits, and heals"\n[^]*at 2s heal/);
  assert.deepEqual(bad, []);
});

test("every page of the book loads without a message and fits a phone", async () => {
  const { page, bad } = await fresh({ viewport: { width: 390, height: 844 } });
  const list = await (await page.request.get(url("book/toc.html"))).text();
  const paths = [...list.matchAll(/href="([^"#]+\.html)"/g)].map(([, path]) => path);
  const pages = [...new Set(paths)].map((path) => url(`book/${path}`));
  assert.ok(pages.length > 20, `${pages.length} pages`);
  for (const address of pages) {
    await page.goto(address);
    await eventually(() => page.evaluate(() => document.scrollingElement.scrollWidth), (width) => width <= 390, address);
    assert.ok((await page.locator("main h1").count()) > 0, address);
    assert.deepEqual(wrong(bad), [], address);
  }
});

test("the book leads to its lesson in the page", async () => {
  const { page, bad } = await fresh();
  await page.goto(url("book/lessons/2-the-leader-is-gone.html"));
  await page.getByText("Do this lesson in the page.").click();
  await page.locator(".lesson-panel").waitFor();
  await eventually(() => page.locator(".lesson-panel").getAttribute("aria-label"), "Lesson: The leader is gone");
  assert.deepEqual(wrong(bad), []);
});
