// The static server: it serves only its folder, and redirects to no other host.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { serve } from "./serve.mjs";

let folder, site;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "hustings-"));
  await mkdir(join(folder, "v1"));
  await writeFile(join(folder, "v1/index.html"), "v1");
  site = await serve(folder);
});
after(async () => {
  site.close();
  await rm(folder, { recursive: true });
});

// The path goes as it is: `fetch` would tidy it up.
const get = (path) =>
  new Promise((done, failed) => {
    const { hostname, port } = new URL(site.url);
    request({ hostname, port, path }, (response) => {
      response.resume();
      done({ status: response.statusCode, location: response.headers.location });
    }).once("error", failed).end();
  });

test("a folder without its slash redirects to the folder and keeps the query", async () => {
  assert.deepEqual(await get("/v1"), { status: 301, location: "/v1/" });
  assert.deepEqual(await get("/v1?embed=1"), { status: 301, location: "/v1/?embed=1" });
});

test("a path that looks like another host redirects to none", async () => {
  for (const path of [
    "/%2Fevil.example%2F..%2Fv1", "/%2f%2fevil.example%2f..%2f..%2fv1", "/.//evil.example/..%2Fv1", "/%5Cevil.example%2F..%2Fv1",
    "//evil.example/v1", "http://evil.example/v1",
  ]) {
    const { location = "/" } = await get(path);
    assert.equal(new URL(location, site.url).origin, new URL(site.url).origin, path);
  }
});

test("no path leads out of the folder", async () => {
  for (const path of ["/../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/v1/..%2f..%2f..%2fetc/passwd"]) {
    assert.equal((await get(path)).status, 404, path);
  }
});
