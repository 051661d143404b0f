// The TypeScript types of a scenario, the element and its protocol: valid scenarios compile and can be simulated, and
// mistakes do not compile.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const made = mkdtempSync(join(tmpdir(), "hustings-types-"));
after(() => rmSync(made, { recursive: true }));

// What the compiler says, and whether it is content.
const tsc = (...args) => {
  const program = here("node_modules/typescript/bin/tsc");
  const strict = ["--strict", "--module", "nodenext", "--target", "es2022", "--types", "", "--pretty", "false"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...strict, ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { fine: status === 0, text: stdout + stderr };
};

test("the types compile by themselves", () => {
  const files = ["www/types/scenario.d.ts", "www/types/player.d.ts", "www/v1/embed.d.ts"];
  const { fine, text } = tsc("--noEmit", "--skipLibCheck", "false", ...files);
  assert.ok(fine, text);
});

test("a page that uses the element compiles, and so does one that speaks to a frame itself", () => {
  const { fine, text } = tsc("--noEmit", "e2e/types/embed.ts", "e2e/types/protocol.ts");
  assert.ok(fine, text);
});

test("every scenario that the types allow is valid", async () => {
  const { fine, text } = tsc("--outDir", made, "e2e/types/scenarios.ts");
  assert.ok(fine, text);
  writeFileSync(join(made, "package.json"), '{ "type": "module" }');
  const { scenarios } = await import(pathToFileURL(join(made, "scenarios.js")));
  const files = Object.entries(scenarios).map(([name, scenario]) => {
    const file = join(made, `${name}.hustings.json`);
    writeFileSync(file, JSON.stringify(scenario));
    return file;
  });
  assert.equal(files.length, 4);
  const ran = spawnSync("cargo", ["run", "--quiet", "--locked", "--", "run", ...files], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(ran.status, 0, ran.stderr);
  assert.doesNotMatch(ran.stderr, /^error/m);
});

test("invalid scenarios do not compile, line by line", () => {
  const name = "e2e/types/mistakes.ts";
  const { fine, text } = tsc("--noEmit", name);
  assert.equal(fine, false, "mistakes were let through");
  const found = [...text.matchAll(/^e2e\/types\/mistakes\.ts\((\d+),\d+\): error/gm)];
  const reported = [...new Set(found.map(([, line]) => Number(line)))];
  const lines = readFileSync(join(root, name), "utf8").split("\n");
  const wrong = lines.flatMap((line, index) => (/[^/ ].*\/\/ /.test(line) ? [index + 1] : []));
  assert.deepEqual(reported, wrong, text);
  assert.match(text, /'sead' does not exist/);
  assert.match(text, /'proceses' does not exist/);
});
