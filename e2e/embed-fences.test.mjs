// Fenced blocks of the language `leader-election`, in the HTML of site generators.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "./browser.mjs";
import { hosts, ready, events, watchShifts } from "./host.mjs";
import { eventually } from "./eventually.mjs";

const { open, shared, tag } = hosts();

const SCRIPT = "processes 5\n# the highest goes\nat 100ms crash 5\n\nfigure start 90ms height 300\n";
const lines = SCRIPT.trimEnd().split("\n");
const each = (line, by = "") => lines.map(line).join(by);

// The HTML of the same block of Markdown, by generator.
const SHAPES = {
  mdBook:
    `<pre><div class="buttons"><button class="clip-button" title="Copy">Copy</button></div>` +
    `<code class="language-leader-election hljs">${SCRIPT}</code></pre>`,
  "MkDocs, custom_fences": `<pre class="leader-election"><code>${SCRIPT}</code></pre>`,
  "MkDocs, numbered":
    `<div class="language-leader-election highlight"><table class="highlighttable"><tbody><tr>` +
    `<td class="linenos"><div class="linenodiv"><pre>${each((_, i) => i + 1, "\n")}</pre></div></td>` +
    `<td class="code"><div><pre><span></span><button class="md-clipboard"></button><code>${SCRIPT}</code></pre></div></td>` +
    `</tr></tbody></table></div>`,
  VitePress:
    `<div class="language-leader-election vp-adaptive-theme line-numbers-mode"><button title="Copy Code" class="copy"></button>` +
    `<span class="lang">leader-election</span><pre class="shiki vp-code"><code>` +
    `${each((line) => `<span class="line"><span>${line}</span></span>`, "\n")}</code></pre>` +
    `<div class="line-numbers-wrapper" aria-hidden="true">${each((_, i) => `<span class="line-number">${i + 1}</span><br>`)}</div></div>`,
  Docusaurus:
    `<div class="language-leader-election codeBlockContainer_mQmQ theme-code-block" style="--prism-color:#bfc7d5"><div class="codeBlockContent_t_Hd">` +
    `<pre tabindex="0" class="prism-code language-leader-election codeBlock_RMoD thin-scrollbar" style="color:#bfc7d5"><code class="codeBlockLines_AclH">` +
    `${each((line) => `<div class="token-line"><span class="token plain">${line}</span><br></div>`)}` +
    `</code></pre><div class="buttonGroup_M5ko"><button aria-label="Copy">Copy</button></div></div></div>`,
  "Docusaurus, numbered":
    `<div class="language-leader-election codeBlockContainer_mQmQ theme-code-block"><div class="codeBlockTitle_kY6l">A title</div><div class="codeBlockContent_t_Hd">` +
    `<pre tabindex="0" class="prism-code language-leader-election codeBlock_RMoD thin-scrollbar"><code class="codeBlockLines_AclH codeBlockLinesWithNumbering_O625">` +
    `${each((line) => `<div class="token-line codeLine_FAqz"><span class="codeLineNumber_BE9Z"></span><span class="codeLineContent_EF2y"><span class="token plain">${line}</span></span><br></div>`)}` +
    `</code></pre></div></div>`,
  "Sphinx, numbered":
    `<div class="highlight-leader-election notranslate"><div class="highlight"><pre><span></span>` +
    `${each((line, i) => `<span class="linenos">${i + 1}</span>${line}`, "\n")}</pre></div>\n</div>`,
  "Sphinx, in a table":
    `<div class="highlight-leader-election notranslate"><table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>` +
    `${each((_, i) => `<span class="normal">${i + 1}</span>`, "\n")}</pre></div></td><td class="code"><div><pre><span></span>${SCRIPT}</pre></div></td></tr></table></div>`,
  "Jekyll, rouge":
    `<div class="language-leader-election highlighter-rouge"><div class="highlight"><pre class="highlight"><code>${SCRIPT}</code></pre></div></div>`,
  "Jekyll, numbered":
    `<div class="language-leader-election highlighter-rouge"><div class="highlight"><pre class="highlight"><code>` +
    `<table class="rouge-table"><tbody><tr><td class="rouge-gutter gl"><pre class="lineno">${each((_, i) => i + 1, "\n")}</pre></td>` +
    `<td class="rouge-code"><pre>${SCRIPT}</pre></td></tr></tbody></table></code></pre></div></div>`,
  "Hugo, Zola, Prism": `<div class="highlight"><pre tabindex="0"><code class="language-leader-election" data-lang="leader-election">${SCRIPT}</code></pre></div>`,
};

const element = (page) => page.locator("leader-election");
// Without a height of its own, which only the player reads.
const unsized = (shape) => shape.replaceAll(" height 300", "");

test("the block of each generator becomes a figure of the height in its script", async () => {
  for (const [maker, shape] of Object.entries(SHAPES)) {
    const { page, bad } = await open(`<p>Before</p><div id="block">${shape}</div><p>After</p>`);
    await ready(page);
    await eventually(() => element(page).count(), 1, maker);
    const [{ text }] = await events(page);
    assert.equal(text.trimEnd(), SCRIPT.trimEnd(), maker);
    // The player has read it.
    await eventually(async () => (await element(page).locator(".view").boundingBox()).height, 300, maker);
    // The author's block stays where it was, and comes up whole.
    const block = page.locator("#block > :nth-child(2)");
    await eventually(() => block.isVisible(), false, maker);
    const button = element(page).getByRole("button", { name: "Script" });
    await button.press("Enter");
    await eventually(() => block.isVisible(), true, maker);
    await eventually(() => button.getAttribute("aria-expanded"), "true");
    await button.press("Enter");
    await eventually(() => block.isVisible(), false, maker);
    assert.deepEqual(bad, [], maker);
    await page.context().close();
  }
});

test("inline code, another language, an ignored block and one in an editor stay as they are", async () => {
  const { page } = await open(
    `<p>As <code class="language-leader-election">at 1ms crash 6</code>.</p>
    <pre><code class="language-leader-election,ignore">at 1ms crash 6</code></pre>
    <pre><code class="language-leader-election ignore hljs">at 1ms crash 6</code></pre>
    <pre><code class="language-rust">fn main() {}</code></pre>
    <div contenteditable="true"><pre><code class="language-leader-election">at 1ms crash 6</code></pre></div>
    <pre class="leader-election"><code>processes 3</code></pre>`,
  );
  await ready(page);
  await eventually(() => element(page).count(), 1);
  assert.equal(await page.locator("pre:visible").count(), 4);
});

test("without its file, without scripts, or without a player, the text is shown", async () => {
  const shape = SHAPES["Jekyll, rouge"];
  const visible = (page) => page.locator("code").isVisible();
  // No other driver can turn JavaScript off.
  if (engine === "chromium") assert.equal(await visible((await open(shape, { javaScriptEnabled: false })).page), true);
  assert.equal(await visible((await open(shape, { head: '<script src="/gone/v1/embed.js" defer></script>' })).page), true);
  const { page } = await open(shape, {
    ready: async (page) => {
      await page.clock.install();
      await page.route("**/?embed=1*", (route) => route.fulfill({ contentType: "text/html", body: "<p>gone</p>" }));
    },
  });
  await page.locator("iframe").waitFor({ state: "attached" });
  await eventually(() => visible(page), false);
  await page.clock.runFor(20_500);
  await page.locator(".note p").waitFor();
  await eventually(() => visible(page), true);
});

test("a site that changes pages by script gets figures, and loses them with their blocks", async () => {
  const { page, bad } = await open('<div id="page"><pre><code class="language-leader-election">processes 3</code></pre></div>', {
    ready: (page) => page.addInitScript(watchShifts),
  });
  await ready(page);
  const turn = (html) =>
    page.evaluate((html) => {
      window.shifts.length = 0;
      document.getElementById("page").innerHTML = html;
    }, html);
  for (let round = 0; round < 5; round += 1) {
    await turn(`<p>Page ${round}</p>${unsized(SHAPES.VitePress)}<p>and</p>${unsized(SHAPES.Docusaurus)}`);
    await ready(page, 1);
    await eventually(() => element(page).count(), 2);
    assert.deepEqual(await page.evaluate(() => window.shifts), []);
    await turn("<p>Nothing here</p>");
    await page.waitForFunction(() => !document.querySelector("leader-election"));
    await eventually(() => page.locator("iframe").count(), 0);
  }
  // A framework takes each node away by itself, and knows nothing of the figure between them.
  await turn(SHAPES.mdBook);
  await ready(page);
  await page.evaluate(() => document.querySelector("#page > pre").remove());
  await page.waitForFunction(() => !document.querySelector("leader-election"));
  assert.deepEqual(bad, []);
});

test("a site that removes the figure or rewrites the block keeps both, and the element gives up after three tries", async () => {
  const { page, bad } = await open('<div id="page"><pre><code class="language-leader-election">processes 3</code></pre></div>');
  await ready(page);
  await page.evaluate(() => document.querySelector("leader-election").remove());
  await ready(page);
  await page.evaluate(() => (document.querySelector("code").textContent = "processes 4\nfigure height 200"));
  await page.frames()[1].waitForFunction(() => window.player.commands.some(({ text }) => text?.startsWith("processes 4")));
  // The player tells it after the command; 28 pixels are those of the button below.
  await page.waitForFunction(() => document.querySelector("leader-election").style.height === "228px");
  // One that does so again and again has its block for itself.
  await page.evaluate(async () => {
    for (let round = 0; round < 9; round += 1) {
      document.querySelector("leader-election")?.remove();
      await new Promise((done) => setTimeout(done));
    }
  });
  await eventually(() => element(page).count(), 0);
  await eventually(() => page.locator("pre").isVisible(), true);
  assert.deepEqual(bad, []);
});

test("a page restored from a copy has each figure once", async () => {
  const { page, bad } = await open('<div id="page"><pre class="leader-election"><code>processes 3</code></pre></div>');
  await ready(page);
  await page.evaluate(() => {
    const kept = document.getElementById("page").cloneNode(true);
    document.getElementById("page").replaceWith(kept);
  });
  await ready(page);
  await eventually(() => element(page).count(), 1);
  await eventually(() => events(page), [{ kind: "load", text: "processes 3" }]);
  await element(page).getByRole("button", { name: "Script" }).press("Enter");
  await eventually(() => page.locator("pre.leader-election").isVisible(), true);
  assert.deepEqual(bad, []);
});

test("a page that a framework takes over is unchanged until then", async () => {
  const block = '<pre><code class="language-leader-election">processes 3</code></pre>';
  const { page } = await open(`<div id="app">${block}</div><div id="__docusaurus">${block}</div><hr>${block}`);
  // Outside of both it is there at once; with Vue once its root says so, with React once a node does.
  await ready(page);
  assert.equal(await page.locator("hr + leader-election").count(), 1);
  await eventually(() => element(page).count(), 1);
  await page.evaluate(() => {
    document.getElementById("app").__vue_app__ = {};
    document.querySelector("#__docusaurus > pre").__reactFiber$1 = {};
  });
  for (const index of [0, 1, 2]) await ready(page, index);
  // Where no program comes, it is not waited for it for ever.
  const second = await open(`<div id="app">${block}</div>`);
  await ready(second.page);
});

// The file comes when everything else was painted, as on a slow line.
const late = async (page) => {
  await page.addInitScript(watchShifts);
  await page.route("**/v1/embed.js", async (route) => {
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    await route.continue();
  });
};

test("with the style sheet in the head nothing moves, for every generator and a late script", async () => {
  const sheet = `<link rel="stylesheet" href="${shared.player.url}v1/embed.css">`;
  const themes = `<style>pre { margin: 7px 0; padding: 9px; line-height: 1.45; border: 1px solid } .highlight, .theme-code-block { margin: 1.25rem 0 }</style>`;
  for (const [maker, shape] of Object.entries(SHAPES)) {
    const body = `<p>Before</p>${unsized(shape)}<p>After</p><leader-election preset="start"></leader-election><p>End</p>`;
    const { page } = await open(body, { head: sheet + themes + tag(), ready: late, viewport: { width: 1000, height: 1400 } });
    await ready(page, 0);
    await ready(page, 1);
    assert.deepEqual(await page.evaluate(() => window.shifts), [], maker);
    await page.context().close();
  }
});

test("where the file is loaded in the head, in order, no block shows before its figure", async () => {
  const { page } = await open(`<p>Before</p>${unsized(SHAPES.mdBook).repeat(3)}<p>After</p>`, {
    head: tag().replace("defer", ""),
    ready: (page) => page.addInitScript(watchShifts),
  });
  for (const index of [0, 1, 2]) {
    await element(page).nth(index).scrollIntoViewIfNeeded();
    await ready(page, index);
  }
  assert.deepEqual(await page.evaluate(() => window.shifts), []);
});

test("a block that is still being parsed waits for its end", async () => {
  const { page } = await open(`<pre><code class="language-leader-election">${SCRIPT}${"# line\n".repeat(5000)}at 200ms suspect 1\n</code></pre>`, {
    head: tag().replace("defer", ""),
  });
  await ready(page);
  const [{ text }] = await events(page);
  assert.ok(text.endsWith("at 200ms suspect 1\n"));
});
