// Serves a folder, and nothing outside it, as a static host would: `node e2e/serve.mjs FOLDER
// [--port N] [--address A]`. The tests import `serve` and put the folder under a sub path.
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

// Resolves once it listens; port 0 takes any that is free.
export const serve = (root, base = "/", { port = 0, address = "127.0.0.1" } = {}) =>
  new Promise((done, failed) => {
    const server = createServer((request, response) =>
      answer(root, base, request, response).catch(() => plain(response, 404, "not found")),
    );
    server.once("error", failed);
    server.listen(port, address, () => {
      const { family, port } = server.address();
      const host = family === "IPv6" ? `[${address}]` : address;
      done({
        url: `http://${host}:${port}${base}`,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });

const answer = async (root, base, request, response) => {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return plain(response, 405, "only GET and HEAD");
  }
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  if (!path.startsWith(base)) return plain(response, 404, "not found");
  // The leading slash keeps `..` from climbing out of the folder.
  const inside = normalize(`/${path.slice(base.length)}`);
  let file = join(root, inside);
  if ((await stat(file)).isDirectory()) {
    if (!path.endsWith("/")) return response.writeHead(301, { location: `${path}/` }).end();
    file = join(file, "index.html");
  }
  const body = await readFile(file);
  response.writeHead(200, {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "content-length": body.length,
    // A page that was built again must not come from the cache.
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
  });
  response.end(request.method === "HEAD" ? undefined : body);
};

const plain = (response, status, text) =>
  response.writeHead(status, { "content-type": "text/plain" }).end(`${text}\n`);

const main = async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      address: { type: "string", default: "127.0.0.1" },
      port: { type: "string", default: "8080" },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port ${values.port}: a port is a number from 0 to 65535`);
  }
  const site = await serve(resolve(positionals[0] ?? "dist"), "/", { port, address: values.address });
  console.log(site.url);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
};

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    const taken = error.code === "EADDRINUSE";
    const hint = "this port is taken; another one: cargo xtask serve --port 8081";
    console.error(`error: ${taken ? hint : error.message}`);
    process.exit(1);
  });
}
