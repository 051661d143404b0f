// The npm package as `cargo xtask test npm` has installed it, and the native program beside it.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const folder = process.env.HUSTINGS_INSTALLED ?? join(root, "target/npm-installed");

// A module of the package, found as a program in that folder finds it.
export async function load(name) {
  const file = join(folder, `uses-${name.replace(/\W/g, "-")}.mjs`);
  writeFileSync(file, `export * from "${name}";\nimport * as all from "${name}";\nexport default all.default;\n`);
  return import(pathToFileURL(file));
}

// What the native program writes for this input.
export function native(args, input) {
  const program = join(root, "target/debug/hustings");
  return spawnSync(program, args, { input, encoding: "utf8", cwd: root });
}
