// Ctrl-C while the npm package's command line works: it prints what is finished and says that it stopped.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { folder, root } from "./installed.mjs";

// Says on standard error that the program listens for the signal.
const HOOK = "data:text/javascript,process.on('newListener',(name)=>name==='SIGINT'&&process.stderr.write('listens'))";

test("an interrupted sweep prints what is finished", { skip: process.platform === "win32" }, async () => {
  const program = join(folder, "node_modules/hustings/cli.js");
  const sweep = ["sweep", "presets/unstable-rank.hustings", "--vary", "timeout=150ms..950ms/50ms", "--seeds", "10000"];
  const child = spawn(process.execPath, ["--import", HOOK, program, ...sweep], { cwd: root });
  let [out, err] = ["", ""];
  child.stdout.on("data", (text) => (out += text));
  child.stderr.on("data", (text) => {
    if (err === "") {
      child.kill("SIGINT");
    }
    err += text;
  });
  const [code, signal] = await once(child, "close");
  assert.deepEqual([code, signal, err], [3, null, "listens"]);
  assert.match(out, /^stopped: by Ctrl-C; \d+ of 170000 runs are done\n/);
});
