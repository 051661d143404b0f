// The plugin of remark: a block becomes a figure, and one that fails fails the build.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import rehypeStringify from "rehype-stringify";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { load, root } from "./installed.mjs";

const { default: remarkLeaderElection } = await load("hustings/remark");
const { figure } = await load("hustings");
const block = (script, info = "leader-election") => `# Ours\n\n\`\`\`${info}\n${script}\`\`\`\n\nThe end.\n`;
const rendered = (text, options) =>
  unified()
    .use(remarkParse)
    .use(remarkLeaderElection, options)
    .use(remarkRehype)
    .use(rehypeStringify)
    .processSync({ value: text, path: "ours.md" });
const LEADS = "at 100ms crash 6\nat 200ms suspect 3\nexpect leader 5 by 500ms\n";

test("a block becomes an element with a picture and the script", () => {
  const html = String(rendered(block(LEADS)));
  assert.match(html, /^<h1>Ours<\/h1>\n<leader-election style="[^"]*height:420px[^"]*">/);
  assert.match(html, /<svg [^>]*viewBox="[^"]*"/);
  assert.match(html, /<pre>\n?at 100ms crash 6\nat 200ms suspect 3\n/);
  assert.match(html, /<\/leader-election>\n<p>The end\.<\/p>$/);
  assert.doesNotMatch(html, /<script/);
});

test("in lists and quotes too", () => {
  const lines = block(LEADS).split("\n");
  for (const text of [lines.map((line) => `> ${line}`).join("\n"), `- a\n\n${lines.map((line) => `  ${line}`).join("\n")}`]) {
    assert.match(String(rendered(text)), /<leader-election/);
  }
});

test("with a player the page loads it once", () => {
  const html = String(rendered(block(LEADS) + block(LEADS), { player: "/hustings/" }));
  assert.equal(html.match(/<leader-election/g).length, 2);
  assert.deepEqual(html.match(/<script[^>]*>/g), ['<script src="/hustings/v1/embed.js" defer>']);
});

test("the tree has all that the element has, for every preset", () => {
  // Quotes, character references and empty elements are written in several ways.
  const spelling = (html) =>
    html
      .replace(/&#(?:x([\da-f]+)|(\d+));/gi, (_, hex, number) => String.fromCodePoint(hex ? parseInt(hex, 16) : number))
      .replace(/&lt;|&gt;|&quot;|&amp;/g, (entity) => ({ "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" })[entity])
      .replace(/<([\w-]+)([^<>]*?)\s*\/>/g, "<$1$2></$1>")
      .replace(/\s+/g, " ")
      .trim();
  for (const file of readdirSync(join(root, "presets"))) {
    const script = readFileSync(join(root, "presets", file), "utf8");
    const html = String(rendered(`~~~leader-election\n${script}~~~\n`));
    assert.ok(spelling(html) === spelling(figure(script)), file);
  }
});

test("an expectation that fails fails the build at its line of the document", () => {
  const script = LEADS.replace("leader 5", "leader 4");
  assert.throws(() => rendered(block(script)), (error) => {
    assert.match(String(error), /^ours\.md:6:1: expect leader 4 by 500ms: /);
    return error.fatal === true;
  });
});

test("a script that cannot be read fails the build, too", () => {
  assert.throws(() => rendered(block("at 100ms crsh 6\n")), /ours\.md:4:1: `crsh` is not something that happens at a time; did you mean `crash`\?/);
});

test("without check the same is a warning, and the block stays", () => {
  const file = rendered(block("at 100ms crsh 6\n"), { check: false });
  assert.match(String(file), /<pre><code class="language-leader-election">at 100ms crsh 6/);
  assert.deepEqual(file.messages.map(({ line, fatal }) => [line, fatal]), [[4, false]]);
});

test("a block that is marked `ignore`, and one of another language, stay", () => {
  for (const info of ["leader-election,ignore", "leader-election ignore", "text"]) {
    assert.doesNotMatch(String(rendered(block("at 100ms crsh 6\n", info))), /<leader-election/);
  }
});
