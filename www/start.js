// Runs before the first paint: sets the Content-Security-Policy, requests the program, shows the start of index.html
// if the address names it, in the chosen theme, and queues presses until the program has loaded.

const root = document.documentElement;
const hash = location.hash.slice(1);
const isFigure = new URLSearchParams(location.search).has("embed");
const isStart = !isFigure && (hash === "" || hash === "preset/start");
root.classList.add(isFigure ? "embedded" : isStart ? "at-start" : "elsewhere");

// The files of this site, and no others. In a sandboxed frame the origin is opaque, and WebKit lets
// 'self' match nothing there, so the address of this folder is used instead.
const folder = new URL("./", document.baseURI).href.replaceAll(";", "%3B").replaceAll(",", "%2C");
const own = origin !== "null" ? "'self'" : location.protocol === "file:" ? "file:" : folder;
document.head.append(
  Object.assign(document.createElement("meta"), {
    httpEquiv: "Content-Security-Policy",
    content:
      `default-src ${own}; script-src ${own} 'wasm-unsafe-eval'; style-src ${own}; ` +
      `img-src ${own} data: blob:; object-src 'none'; base-uri ${own}`,
  }),
);

// Requests the program that boot.js starts: the page, or the smaller program of a figure. The response itself is
// passed on, since WebKit would fetch a preloaded wasm again.
const entry = document.querySelector('meta[name="hustings-entry"]').dataset;
const files = isFigure ? [`${entry.figure}.js`, `${entry.figure}_bg.wasm`] : [entry.js, entry.wasm];
const [program, wasm] = files.map((path) => new URL(path, document.baseURI).href);
document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: program }));
window.hustingsProgram = { program, wasm: fetch(wasm) };

// Firefox stops what a page still loads before it hides the page: that has not failed.
// A page that listens for it is not kept for Back, so boot.js ends this once the program runs.
window.hustingsProgram.onLeave = () => (window.hustingsProgram.isLeft = true);
addEventListener("beforeunload", window.hustingsProgram.onLeave);
const fail = () => {
  if (!window.hustingsProgram.isLeft) root.dataset.failed = "";
};
// boot.js reports the error, if it loads.
window.hustingsProgram.wasm.catch(fail);

try {
  const theme = localStorage.getItem("hustings.theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
} catch {
  // Storage is refused; then the system's theme shows.
}

// A reload, or a return to the page, shows the last scenario; a link shows its scenario.
root.dataset.opened = performance.getEntriesByType("navigation")[0]?.type ?? "navigate";

// A file of the page that fails to load is reported at once; the style sheet reports a slow one.
addEventListener("error", ({ target }) => {
  if (target.matches?.("script, link[rel$=load]")) fail();
}, true);

// For the program: when the picture was first shown, and whether its leader has to crash.
root.dataset.shown = String(performance.now());

const keep = () => {
  root.dataset.crash = "asked";
  document.getElementById("crash")?.setAttribute("aria-pressed", "true");
};
const waits = () => root.classList.contains("at-start") && document.getElementById("crash");
addEventListener("click", (event) => {
  if (event.target.closest?.("#crash") && waits()) keep();
});
addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && event.key.toLowerCase() === "x" && waits()) keep();
});
