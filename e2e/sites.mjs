// The site generators (`cargo xtask tools` installs them), each with a small site in sites/ that follows
// docs/src/embedding.md. It is built for another origin than the player's, and for a folder far below its root.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serve } from "./serve.mjs";
import { visits } from "./visit.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BASE = "/deep/manual/";
const OUT = "out"; // in the folder of the site, as Starlight needs it
const tool = (path) => here(`../target/tools/${path}`);
const env = {
  ...process.env,
  PATH: [tool("bin"), process.env.PATH].join(delimiter),
  NO_MKDOCS_2_WARNING: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
};
const pythonOf = (maker) => tool(process.platform === "win32" ? `${maker}/Scripts/python.exe` : `${maker}/bin/python`);

// Where a site finds what it imports, as in an author's own folder.
const MODULES = { starlight: tool("starlight/node_modules"), vitepress: here("node_modules") };
// The Node.js that came with Starlight, where there is one for this system.
const { platform, arch } = process;
const suffix = platform === "win32" ? ".exe" : "";
const ownNode = join(MODULES.starlight, `node-${suffix ? "win" : platform}-${arch}`, `bin/node${suffix}`);
const node22 = existsSync(ownNode) ? ownNode : process.execPath;

// How each is called in the folder `site`, into `out`.
const BUILD = {
  mdbook: (site, out) => ["mdbook", "build", site, "--dest-dir", out],
  mkdocs: (site, out) => {
    const paths = ["--config-file", join(site, "mkdocs.yml"), "--site-dir", out];
    return [pythonOf("mkdocs"), "-m", "mkdocs", "build", "--strict", ...paths];
  },
  sphinx: (site, out) => [pythonOf("sphinx"), "-m", "sphinx", "--fail-on-warning", "--quiet", site, out],
  starlight: (site, out) => [node22, join(site, "node_modules/astro/bin/astro.mjs"), "build", "--outDir", out],
  vitepress: (site, out) => [process.execPath, here("node_modules/vitepress/bin/vitepress.js"), "build", site, "--outDir", out],
};
export const MAKERS = Object.keys(BUILD);

// Builds all of them around the tests of a file, and serves them.
export const sites = () => {
  const { fresh, url } = visits();
  const shared = {};
  before(async () => {
    // Beside its modules: Astro takes the path of a module that shares no folder with the site for one within it.
    shared.folder = await mkdtemp(here("../target/sites-"));
    for (const maker of MAKERS) shared[maker] = await serve(join(shared.folder, maker, OUT), BASE);
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
  if (MODULES[maker]) await symlink(MODULES[maker], join(from, "node_modules"), "junction");
  const [program, ...args] = BUILD[maker](from, join(from, OUT));
  await promisify(execFile)(program, args, { cwd: from, env }).catch((error) => {
    const remedy = error.code === "ENOENT" ? "it is not here: cargo xtask tools" : `${error.stdout}${error.stderr}`;
    throw new Error(`${maker}: ${remedy}`);
  });
};
