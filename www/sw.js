// Keeps the page available offline, never as a mixture of two versions.
//
// The page names its files by their content, so its text is the list of what belongs together and the
// hash of that text is the version. A cache holds one version; the page goes into it last, so a cache
// that holds a page is whole. A visit gets the newest whole version at once, and a newer one is
// fetched behind it for the next visit. The tools are kept once they were used, and from then on with
// every newer version.

const PAGE = new URL("./", self.location).href;
// Other pages of the same origin have caches of their own.
const OURS = `hustings ${PAGE} `;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(refresh());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A page that was open for long asks whether it is the newest. A page that has just opened says that it can be
// notified: a newer version may have been installed before.
self.addEventListener("message", (event) => {
  if (event.data === "look") event.waitUntil(look());
  if (event.data === "here") event.waitUntil(greet(event.source));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  const address = origin + pathname;
  if (request.method !== "GET" || !address.startsWith(PAGE)) return;
  if (request.mode !== "navigate") {
    event.respondWith(file(request));
  } else if ([PAGE, `${PAGE}index.html`].includes(address) && !searchParams.has("embed")) {
    event.respondWith(page(request, event.resultingClientId));
    event.waitUntil(look());
  }
});

// By client, the version that it was given.
const given = new Map();

const page = async (request, client) => {
  const [newest] = await versions();
  if (newest) given.set(client, newest.name);
  return newest?.page ?? fetch(request);
};

// For every version: a file of another content has another name.
const file = async (request) => {
  const all = await versions();
  for (const { cache } of all) {
    const known = await cache.match(request);
    if (known) return known;
  }
  const answer = await fetch(request);
  for (const { cache, page } of answer.ok ? all : []) {
    if (!tools(await page.text()).includes(request.url)) continue;
    await cache.put(request.url, answer.clone()).catch(() => {}); // without room they are fetched each time
    break;
  }
  return answer;
};

// The whole versions, newest first.
const versions = async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS)).reverse();
  const all = names.map(async (name) => {
    const cache = await caches.open(name);
    return { name, cache, page: await cache.match(PAGE) };
  });
  return (await Promise.all(all)).filter(({ page }) => page);
};

// Notifies every open page of a version that is now complete. Offline there is none.
const look = async () => {
  if (!(await refresh().catch(() => false))) return;
  for (const client of await self.clients.matchAll()) client.postMessage("newer");
};

const greet = async (client) => {
  const [newest] = await versions();
  if (given.has(client.id) && given.get(client.id) !== newest?.name) client.postMessage("newer");
};

// Fetches the present version unless it is there. True where it takes the place of another.
const refresh = async () => {
  const answer = await fetch(PAGE, { cache: "no-cache" });
  if (!answer.ok) return false;
  const text = await answer.text();
  const name = OURS + (await hash(text));
  const before = await versions();
  if (before[0]?.name === name) return false;
  await caches.delete(name); // never finished, or an older one that was brought back
  const cache = await caches.open(name);
  await cache.addAll((await usesTools(before[0])) ? [...named(text), ...tools(text)] : named(text));
  await cache.put(PAGE, new Response(text, { headers: { "content-type": "text/html; charset=utf-8" } }));
  // An open page may still be of the version before; all else is old, or was never finished.
  const kept = [name, before[0]?.name];
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && !kept.includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  return before.length > 0;
};

// The files of the page's own folder that its text names.
const named = (text) => {
  const all = [...text.matchAll(/(?:href|src|data-js|data-wasm)="([^"#]+)"/g)].map(
    ([, path]) => new URL(path, PAGE).href,
  );
  return [...new Set(all)].filter((address) => address.startsWith(PAGE) && address !== PAGE);
};

// The files of the worker that makes exports.
const tools = (text) => {
  const [, name] = text.match(/data-tools="([^"]+)"/) ?? [];
  return name ? [".worker.js", ".js", "_bg.wasm"].map((end) => new URL(name + end, PAGE).href) : [];
};

const usesTools = async (version) => {
  const files = version ? tools(await version.page.text()) : [];
  return files.length > 0 && (await version.cache.match(files.at(-1))) !== undefined;
};

const hash = async (text) => {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};
