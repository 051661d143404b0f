// The functions of the npm package: they return what the native program writes.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder, load, native, root } from "./installed.mjs";

const { run, check, render, figure, encode, decode, ScriptError } = await load("hustings");
const preset = (name) => readFileSync(join(root, `presets/${name}.hustings`), "utf8");
const NAMES = ["bully-figure", "two-leaders", "raft-split-vote", "groups-merge", "keepalived"];

test("a report is that of `run --json`", () => {
  for (const name of NAMES) {
    const [report] = JSON.parse(native(["run", "--json", "-"], preset(name)).stdout);
    assert.deepEqual(run(preset(name)), report, name);
  }
});

test("a picture is that of `render`", () => {
  const script = preset("two-leaders");
  for (const [options, flags] of [
    [{}, []],
    [{ at: "268ms", theme: "dark" }, ["--at", "268ms", "--theme", "dark"]],
    [{ view: "spacetime", from: "0ms", to: "500ms" }, ["--view", "spacetime", "--from", "0ms", "--to", "500ms"]],
    [{ animate: true, speed: "25ms" }, ["--animate", "--speed", "25ms"]],
  ]) {
    assert.equal(render(script, options), native(["render", "-", ...flags], script).stdout, flags.join(" "));
  }
});

test("a link is that of `link`, and opens as the same script", () => {
  for (const name of NAMES) {
    const link = encode(preset(name));
    assert.equal(`${link}\n`, native(["link", "-"], preset(name)).stdout);
    assert.equal(decode(`https://your.site/hustings/${link}`), preset(name));
  }
});

test("a figure is the element of `embed`", () => {
  for (const script of ["at 100ms crash 6\nat 200ms suspect 3\n", preset("two-leaders")]) {
    const { stdout } = native(["embed", "-", "--base", "x/", "--poster"], script);
    assert.equal(figure(script), stdout.slice(stdout.indexOf("\n") + 1));
    assert.doesNotMatch(figure(script, { poster: false }), /<svg/);
  }
});

test("check searches and counts as `check` does", () => {
  const script = "expect always no split brain with 1 fault of crash\nexpect in 50% of seeds leader 6\n";
  const result = check(script);
  const [{ fine, report }] = JSON.parse(native(["check", "--format", "json", "-"], script).stdout).scenarios;
  assert.deepEqual(result, { fine, report });
  const unused = "message Alive 5->3 #2 lost\n";
  assert.equal(check(unused).fine, true);
  assert.equal(check(unused, { strict: true }).fine, false);
});

test("JSON is a scenario too", () => {
  const json = native(["open", "--json", "#preset/bully-figure"], "").stdout;
  assert.equal(run(json).digest, run(preset("bully-figure")).digest);
});

test("an error has a message, a line and a column", () => {
  const script = "at 100ms crsh 6\nat 200ms suspect 9\n";
  for (const call of [run, check, render, figure, encode]) {
    assert.throws(() => call(script), (error) => {
      assert.ok(error instanceof ScriptError && error instanceof Error);
      assert.equal(error.message, "line 1, column 10: `crsh` is not something that happens at a time; did you mean `crash`?");
      assert.deepEqual([error.line, error.column, error.problems.length], [1, 10, 2]);
      assert.equal(error.problems[1].line, 2);
      return true;
    }, call.name);
  }
});

test("a link, an option or a value that cannot be read is an error without a place", () => {
  const refused = (call, message) => assert.throws(call, { name: "ScriptError", line: null, column: null, message });
  refused(() => decode("#1/AAAA"), /link/);
  refused(() => render("", { at: "soon" }), /invalid value 'soon' for '--at <T>'/);
  refused(() => render("", { at: "60m" }), /--at is .*, but the run ends at /);
  refused(() => check("", { seconds: 0 }), /invalid value '0' for '--seconds <N>'/);
  refused(() => run("x".repeat(70_000)), /this is longer than 65536 bytes/);
  assert.throws(() => render("", { output: "a.svg" }), TypeError);
});

test("the options are those of the commands, but for files and formats", () => {
  const refusal = (call) => {
    try {
      return call();
    } catch ({ message }) {
      return message;
    }
  };
  const options = (call) => refusal(() => call("", { nothing: 1 })).split("the options are ")[1].split(", ").sort();
  const flags = (command) => {
    const found = native([command, "--help"], "").stdout.matchAll(/^ +(?:-\w, )?--([\w-]+)/gm);
    return [...found].map(([, name]) => name).filter((name) => !["format", "help", "output"].includes(name)).sort();
  };
  assert.deepEqual(options(render), flags("render"));
  assert.deepEqual(options(check), flags("check"));
});

test("a program in TypeScript compiles, and one with mistakes does not", () => {
  const compile = (text) => {
    writeFileSync(join(folder, "uses.ts"), text);
    const tsc = join(root, "e2e/node_modules/typescript/bin/tsc");
    const options = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022", "--types", "", "--pretty", "false"];
    const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, "uses.ts"], { cwd: folder, encoding: "utf8" });
    return { status, stdout };
  };
  const fine = compile(`
    import { run, check, render, encode, decode, ScriptError, type Report, type Scenario } from "hustings";
    import remarkLeaderElection from "hustings/remark";
    const scenario: Scenario = { processes: [1, 2, 3], timeline: [{ atUs: 100000, kind: "crash", processes: [3] }] };
    const report: Report = run(JSON.stringify(scenario));
    const digest: string = report.digest;
    const svg: string = render("", { at: "1ms", theme: "dark" });
    const line: number | null = new ScriptError([]).line;
    remarkLeaderElection({ player: "/hustings/" });
    export { digest, svg, line, check, encode, decode };
  `);
  assert.equal(fine.stdout, "");
  const wrong = compile('import { run, render } from "hustings";\nrun(3);\nrender("", { theme: "blue" });\n');
  assert.deepEqual(wrong.stdout.match(/uses\.ts\(\d+/g), ["uses.ts(2", "uses.ts(3"]);
});

test("the package has the player's files, and no other page's", () => {
  const player = join(folder, "node_modules/hustings/player");
  for (const file of ["index.html", "v1/embed.js", "v1/embed.css", "v1/embed.d.ts", "v1/posters/bully-figure.svg"]) {
    assert.ok(existsSync(join(player, file)), file);
  }
  const page = readFileSync(join(player, "index.html"), "utf8");
  for (const [, file] of page.matchAll(/(?:src|href)="\.\/([^"#?]+)"/g)) {
    assert.ok(existsSync(join(player, file)), file);
  }
  assert.ok(!readdirSync(player).includes("book"));
});
