// A figure in a host page: the size of its file and its poster, the time until it is visible on a slow machine, and
// its frames and timers while it is paused.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { brotliCompressSync } from "node:zlib";
import { least, median } from "../numbers.mjs";

const TIMES = 7;
const SLOWER = 4;
const SECONDS = 3;

const brotli = async (...files) => {
  const contents = await Promise.all(files.map((file) => readFile(file)));
  return contents.reduce((sum, content) => sum + brotliCompressSync(content).length, 0);
};
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
const weight = (name, value, aim) => ({ name: `${name}, Brotli`, value, text: kilobytes(value), aim, aimText: aim && kilobytes(aim) });

const weights = async (folder) => {
  const [script, poster] = [`${folder}/v1/embed.js`, `${folder}/v1/posters/bully-figure.svg`];
  return [weight("embed.js", await brotli(script)), weight("embed.js and a poster", await brotli(script, poster), 15_000)];
};

// A page of another origin, of the same machine: the browser then does all of it in one thread, as the
// slowest of machines would.
const site = (body) =>
  new Promise((done) => {
    const server = createServer((_, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(`<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,">${body}</html>`);
    });
    server.listen(0, "127.0.0.1", () => done(server));
  });

const figure = (attributes) =>
  `<leader-election preset="bully-figure" ${attributes} style="display:block;height:420px"></leader-election>`;

const visit = async ({ fresh }, body, { slower = 1 } = {}) => {
  const visitor = await fresh();
  const server = await site(`<script src="${visitor.url}v1/embed.js" defer></script>${body}`);
  await visitor.page.addInitScript(() => document.addEventListener("ready", () => (window.live ??= performance.now())));
  await visitor.devtools.send("Emulation.setCPUThrottlingRate", { rate: slower });
  await visitor.page.goto(`http://127.0.0.1:${server.address().port}/`);
  await visitor.page.waitForFunction(() => window.live);
  const close = async () => {
    await visitor.close();
    server.close();
    server.closeAllConnections();
  };
  return { visitor, close };
};

const pictures = async (visits) => {
  const [seen, live] = [[], []];
  for (let time = 0; time < TIMES; time += 1) {
    const { visitor, close } = await visit(visits, figure(""), { slower: SLOWER });
    await visitor.rest(300);
    const times = await visitor.page.evaluate(() => [performance.getEntriesByName("first-contentful-paint")[0]?.startTime, window.live]);
    seen.push(times[0]);
    live.push(times[1]);
    await close();
  }
  const name = `${SLOWER} times slower`;
  return [
    { name: `${name}: poster on the screen, median of ${TIMES}`, value: median(seen) },
    { name: `${name}: live, median of ${TIMES}`, value: median(live), aim: 1000 },
    { name: `${name}: live, fastest`, value: least(live), aim: 1000 },
  ];
};

const still = async (visits, name, attributes, leave) => {
  const { visitor, close } = await visit(visits, `${figure(attributes)}<p style="height:4000px"></p>`);
  await visitor.rest(500);
  if (leave) await visitor.page.evaluate(() => scrollTo(0, 3000));
  await visitor.rest(1500);
  const windows = visitor.page.frames();
  const before = await visitor.metrics();
  await Promise.all(windows.map((one) => one.evaluate(() => Object.assign(window.bench, { asked: 0, ran: 0 }))));
  await visitor.rest(SECONDS * 1000);
  const counts = await Promise.all(windows.map((one) => one.evaluate(() => window.bench.asked + window.bench.ran)));
  const after = await visitor.metrics();
  await close();
  const share = (what) => ((100 * (after[what] - before[what])) / SECONDS).toFixed(2);
  const value = counts.reduce((sum, count) => sum + count, 0);
  return {
    name: `${name} for ${SECONDS} s: frames and timers, the page around included`, value, text: String(value), aim: 0, aimText: "0",
    note: `script ${share("ScriptDuration")} %, all ${share("TaskDuration")} % of the time`,
  };
};

export const embed = async (visits) => [
  ...(await weights(visits.folder)),
  ...(await pictures(visits)),
  await still(visits, "paused", "", false),
  await still(visits, "playing out of sight", "autoplay loop", true),
];
