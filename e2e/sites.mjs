// The real makers of sites (`cargo xtask tools` puts them in place), each with a small site in sites/ that
// does what docs/src/embedding.md says. It is built for an address that no author has: another origin
// than the player's, and a folder far below its root.
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serve } from "./serve.mjs";
import { visits } from "./visit.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BASE = "/deep/manual/";
const TOOLS = ["../target/tools/bin", "../target/tools/mkdocs/bin", "../target/tools/mkdocs/Scripts"].map(here);
const env = { ...process.env, PATH: [...TOOLS, process.env.PATH].join(delimiter), NO_MKDOCS_2_WARNING: "1" };

// How each is called: from `site` into `out`.
const BUILD = {
  mdbook: (site, out) => ["mdbook", "build", site, "--dest-dir", out],
  mkdocs: (site, out) => ["mkdocs", "build", "--strict", "--config-file", join(site, "mkdocs.yml"), "--site-dir", out],
  vitepress: (site, out) => [process.execPath, here("node_modules/vitepress/bin/vitepress.js"), "build", site, "--outDir", out],
};
export const MAKERS = Object.keys(BUILD);

// Builds all of them around the tests of a file, and serves them.
export const sites = () => {
  const { fresh, url } = visits();
  const shared = {};
  before(async () => {
    shared.folder = await mkdtemp(join(tmpdir(), "hustings-"));
    // As in an author's own folder, where VitePress finds what it imports.
    await symlink(here("node_modules"), join(shared.folder, "node_modules"), "junction");
    for (const maker of MAKERS) shared[maker] = await serve(join(shared.folder, `${maker}-out`), BASE);
    await Promise.all(MAKERS.map((maker) => make(maker, shared.folder, { player: url(), site: shared[maker].url })));
  });
  after(async () => {
    for (const maker of MAKERS) shared[maker]?.close();
    await rm(shared.folder, { recursive: true });
  });
  return { fresh, url: (maker, path = "") => shared[maker].url + path };
};

const make = async (maker, folder, { player, site }) => {
  const from = join(folder, maker);
  await cp(here(`sites/${maker}`), from, { recursive: true });
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replaceAll("https://your.site/hustings/", player).replaceAll("https://docs.example/manual/", site));
  }
  const [program, ...args] = BUILD[maker](from, join(folder, `${maker}-out`));
  await promisify(execFile)(program, args, { env }).catch((error) => {
    const remedy = error.code === "ENOENT" ? "it is not here: cargo xtask tools" : `${error.stdout}${error.stderr}`;
    throw new Error(`${maker}: ${remedy}`);
  });
};
