// Live leader-election figures in any page: <script src="…/v1/embed.js" defer></script>, and then
// <leader-election preset="bully-figure" style="display:block;height:420px"></leader-election> or a
// fenced block of the language `leader-election`. docs/src/embedding.md tells it to authors, embed.d.ts
// has the types.
//
// A figure is a poster until it comes near; then it is a frame with the player in it, and typed
// messages over a port. Times are microseconds in messages and seconds in everything that a page sees.

(() => {
  "use strict";
  const NAME = "leader-election";
  // Where a page is made on a server there is nothing to do; whoever comes first stays.
  if (typeof document === "undefined" || typeof customElements === "undefined") return;
  if (customElements.get(NAME)) return;

  const PROTOCOL = 1;
  const MOST = 6; // frames at once
  const HELLO = 20_000; // until a frame has said it, in milliseconds
  const ANSWER = 10_000; // from the answer before on
  const MAKING = 60_000; // of a run, which may have two million events
  const STALE = 250; // no clock runs on by itself for longer, in milliseconds
  const SCRIPT_MOST = 64; // in KiB, as the player has it
  const JSON_MOST = 1024;
  const SOURCES = ["src", "scenario", "preset"];
  const OPTIONS = ["autoplay", "start-at", "end-at", "speed", "loop", "view", "controls", "readonly"];

  // A module has no `currentScript`, and one that another module imports has no tag.
  const own =
    document.currentScript?.src ||
    new Error().stack?.match(/[\w-]+:\/\/[^\s()]*?\/embed\.js/)?.[0] ||
    document.querySelector('script[src*="/v1/embed.js"]')?.src;
  const PLAYER = own ? new URL("..", own).href : "";

  const FIT = { width: "100%", height: "100%", objectFit: "contain" };

  const figures = new Set(); // in the page
  const live = new Set(); // with a frame
  const inside = new WeakMap(); // of an element, its figure

  const make = (name, attributes = {}, ...children) => {
    const svg = ["svg", "path", "circle", "text"].includes(name);
    const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };

  // ---- What a script says to who does not run it

  const last = (text, pattern) => [...text.matchAll(pattern)].pop();
  const heightOf = (text) => {
    const said = last(text, /^[ \t]*figure\b[^#\n]*?\bheight[ \t]+(\d+)/gim);
    return said ? Math.min(Math.max(Number(said[1]), 120), 2000) : 420;
  };
  const asJson = (text) => {
    try {
      return text.trimStart().startsWith("{") && JSON.parse(text);
    } catch {
      return null; // the player says what is wrong with it
    }
  };
  const ranksOf = (text) => {
    const json = asJson(text)?.processes;
    const said = last(text, /^[ \t]*processes[ \t]+(?:list[ \t]+([\d \t]+)|(\d+))/gim);
    const listed = Array.isArray(json) ? json : said?.[1]?.trim().split(/\s+/);
    const ranks = listed ?? Array.from({ length: said?.[2] ?? 6 }, (_, i) => i + 1);
    const sorted = ranks.slice(0, 64).map(Number).sort((a, b) => a - b);
    return sorted.length ? sorted : [1];
  };
  const titleOf = (text) => asJson(text)?.title ?? last(text, /^[ \t]*title[ \t]+"([^"\n]*)"/gim)?.[1];
  const tooLarge = (text) => {
    const [most, kind] = text.trimStart().startsWith("{") ? [JSON_MOST, "JSON"] : [SCRIPT_MOST, "a script"];
    const size = new TextEncoder().encode(text).length;
    return size > most * 1024 && `The scenario has ${Math.ceil(size / 1024)} KiB; ${kind} has ${most} KiB at most.`;
  };

  // ---- The still ring: as the stage draws it, the highest rank on top and leading

  const ring = (ranks, label) => {
    const [rx, ry, cx, cy, steps] = [208, 110, 320, 168, 720];
    const on = (step) => {
      const angle = (step / steps) * 2 * Math.PI - Math.PI / 2;
      return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
    };
    // Equal distances along the line, not equal angles.
    const lengths = [0];
    for (let step = 1; step <= steps; step += 1) {
      const [[x, y], [u, v]] = [on(step - 1), on(step)];
      lengths.push(lengths[step - 1] + Math.hypot(u - x, v - y));
    }
    const n = ranks.length;
    const places = ranks.map((_, i) => {
      const at = (((i + 1) % n) / n) * lengths[steps];
      return n === 1 ? [cx, cy] : on(lengths.findIndex((length) => length >= at));
    });
    const gap = lengths[steps] / n;
    const r = n > 8 ? Math.max(6, Math.min(22, 0.29 * gap)) : Math.min(30, 0.33 * gap);
    const to = places[n - 1];
    const links = places.flatMap(([x, y], i) => places.slice(i + 1).map(([u, v]) => `M${x} ${y}L${u} ${v}`));
    const svg = make("svg", { viewBox: "0 0 640 312", role: "img", "aria-label": label });
    if (n <= 12) svg.append(make("path", { d: links.join(""), class: "line" }));
    ranks.forEach((rank, i) => {
      const [x, y] = places[i];
      const leads = i === n - 1;
      // A drop, whose nose points at the leader.
      const turn = Math.atan2(to[1] - y, to[0] - x);
      const point = (far, angle) => `${x + far * Math.cos(angle)} ${y + far * Math.sin(angle)}`;
      const half = Math.acos(1 / 1.42);
      const drop = `M${point(1.42 * r, turn)}L${point(r, turn + half)}A${r} ${r} 0 1 1 ${point(r, turn - half)}Z`;
      svg.append(make("circle", { cx: x, cy: y, r: r + 5, class: "gap" }));
      if (leads) svg.append(make("circle", { cx: x, cy: y, r: r + 3.5, class: "rim" }));
      svg.append(leads ? make("circle", { cx: x, cy: y, r, class: "body" }) : make("path", { d: drop, class: "body" }));
      if (r >= 9) svg.append(make("text", { x, y: y + 0.29 * r, "font-size": 0.8 * r }, String(rank)));
    });
    const crown = `translate(${to[0]} ${to[1] - r - 7}) scale(${r / 30})`;
    svg.append(make("path", { d: "M-13 0V-13.5L-6.4-7.6L0-17L6.4-7.6L13-13.5V0Z", class: "body", transform: crown }));
    return svg;
  };

  // A sheet that is made so needs no `style-src` of the page. The colours are those of www/style.css.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; height: 420px; }
    :host([hidden]) { display: none; }
    :host([data-fence]) { margin: 1em 0; }
    .all {
      --stage: #FFFFFF; --ink: #16191D; --ink3: #616972; --line: #E4E5E1; --line2: #B9BDB9; --edge: #094480;
      display: flex; flex-direction: column; height: 100%; color-scheme: light; text-align: start;
      font: 400 13px/20px -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", system-ui, sans-serif;
    }
    .dark {
      --stage: #15181B; --ink: #ECEEF0; --ink3: #8D959F; --line: #272B30; --line2: #4A5058; --edge: #7DB6FF;
      color-scheme: dark;
    }
    .view { position: relative; flex: 1; min-height: 0; }
    .view > * { position: absolute; inset: 0; box-sizing: border-box; width: 100%; height: 100%; }
    .poster, .note, .text {
      border: 1px solid var(--line2); border-radius: 8px; color: var(--ink); background: var(--stage);
    }
    .poster { padding: 12px 12px 98px; overflow: hidden; }
    .poster > *, ::slotted(*) {
      display: block !important; width: 100% !important; height: 100% !important; max-width: none !important;
      margin: 0 !important; object-fit: contain;
    }
    iframe { border: 0; border-radius: 8px; background: none; }
    iframe.coming { opacity: 0; }
    .note { display: grid; place-content: center; gap: 8px; padding: 20px; text-align: center; overflow: auto; }
    .note p { margin: 0; max-width: 34rem; font-size: 16px; overflow-wrap: anywhere; }
    a, button { color: inherit; font: inherit; font-weight: 500; }
    .start { background: none; border: 0; padding: 0 0 16px; display: grid; place-content: end center; cursor: pointer; }
    .text { flex: 0 1 auto; max-height: 45%; margin: 8px 0 0; padding: 12px; overflow: auto; box-sizing: border-box;
      font: 400 13px/22px ui-monospace, Menlo, Consolas, monospace; }
    .script { align-self: start; height: 28px; padding: 0 4px; border: 0; background: none; color: var(--ink3);
      font-size: 12px; cursor: pointer; }
    .script::before { content: "▸ "; content: "▸ " / ""; }
    .script[aria-expanded="true"]::before { content: "▾ "; content: "▾ " / ""; }
    :focus-visible { outline: 2.5px solid var(--ink); outline-offset: 2px; }
    .line { stroke: var(--line); fill: none; }
    .gap { fill: var(--stage); }
    .rim { fill: none; stroke: var(--edge); stroke-width: 2; }
    .body { fill: #1165C0; stroke: var(--edge); stroke-width: 2; stroke-linejoin: round; }
    text { fill: #FFFFFF; font-weight: 650; text-anchor: middle; }
    [hidden] { display: none !important; }`);

  // ---- Who has a frame

  // From the box to the window, in pixels; 0 is in sight.
  const distance = ({ element }) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return Math.max(0, top - innerHeight, -bottom) + Math.max(0, left - innerWidth, -right);
  };

  const sight = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) inside.get(target).isNear = isIntersecting;
      arrange();
    },
    // Where both are known, they would add up.
    { ["scrollMargin" in IntersectionObserver.prototype ? "scrollMargin" : "rootMargin"]: "100%" },
  );
  // Who was near and had no place gets one at the latest when it is seen.
  const seen = new IntersectionObserver(() => arrange());

  // Gives the places to who is asked something, then to the nearest. Who is in sight keeps its own
  // unless a script or a press asks for another.
  const arrange = () => {
    for (const { start } of figures) start.hidden = true;
    const waiting = [...figures].filter((figure) => figure.waits());
    const far = new Map(waiting.map((figure) => [figure, figure.isCalled() ? -1 : distance(figure)]));
    waiting.sort((a, b) => far.get(a) - far.get(b));
    for (const figure of waiting) {
      if (live.size >= MOST) {
        const idle = [...live].filter((other) => !other.isBusy()).map((other) => [distance(other), other]);
        const [there, other] = idle.sort(([a], [b]) => b - a)[0] ?? [-1];
        if (there > far.get(figure)) other.rest();
      }
      if (live.size < MOST) figure.enter();
      else figure.start.hidden = false;
    }
  };

  // ---- Light or dark, as it is behind a figure

  const ancestors = function* (node) {
    for (; node; node = node.parentElement ?? node.getRootNode().host) yield node;
  };
  const isDark = (element) => {
    for (const node of ancestors(element.parentElement ?? element.getRootNode().host)) {
      const light = lightness(getComputedStyle(node).backgroundColor);
      if (light !== null) return light < 0.18;
    }
    // Nobody paints: the browser does, and text that was left to it is light on dark.
    return lightness(getComputedStyle(document.documentElement).color) > 0.5;
  };
  // Relative luminance from 0 to 1; null where it lets through what is behind it.
  const lightness = (colour) => {
    const [, name, rest] = colour.match(/^(\w+)\((?:[a-z][\w-]* )?(.*)\)$/) ?? [];
    if (!rest) return null;
    const [a, b, c, alpha = 1] = rest.replaceAll("none", "0").match(/-?[\d.]+(?:e-?\d+)?/g).map(Number);
    if (alpha < 0.5) return null;
    if (/lab|lch/.test(name)) return (name.startsWith("ok") ? a : (a + 16) / 116) ** 3;
    const linear = (part) => (name === "color" ? part : part / 255) ** 2.2;
    return 0.2126 * linear(a) + 0.7152 * linear(b) + 0.0722 * linear(c);
  };
  const retheme = () => figures.forEach((figure) => figure.retheme());
  const attired = new MutationObserver((records) => {
    if (records.some(({ attributeName }) => /^(class|style|data-.*)$/.test(attributeName))) retheme();
  });
  let isWatching = false;
  // Once for all that came and went in this task.
  const watch = () => {
    if (isWatching) return;
    isWatching = true;
    queueMicrotask(() => {
      isWatching = false;
      attired.disconnect();
      const all = new Set([...figures].flatMap(({ element }) => [...ancestors(element)]));
      for (const node of all) attired.observe(node, { attributes: true });
      retheme();
    });
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", retheme);
  addEventListener("load", retheme); // by then every style sheet is there
  // A background that fades shows its new colour at the end.
  document.addEventListener("transitionend", ({ target, propertyName }) => {
    if (!propertyName.startsWith("background")) return;
    if ([...figures].some(({ element }) => target.contains?.(element))) retheme();
  });

  // ---- What frames say

  const isHello = (data) => data?.hustings === "hello" && Number.isInteger(data.protocol) && data.protocol >= 1;
  addEventListener("message", ({ data, source }) => {
    const figure = source && [...live].find(({ frame }) => frame.contentWindow === source);
    if (figure && isHello(data)) figure.greet();
    else if (figure) figure.ignored += 1;
    else if (data?.hustings) live.forEach((other) => (other.ignored += 1));
  });
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective !== "frame-src") return;
    for (const figure of [...live]) {
      const { origin } = new URL(figure.player());
      if (figure.port || !blockedURI.startsWith(origin)) continue;
      figure.fail(`The Content-Security-Policy of this page keeps the figure out: frame-src needs ${origin}.`);
    }
  });

  // The events of an element, and what their notices must have.
  const NOTICES = {
    __proto__: null,
    ready: ["atUs", "endUs", "speedUs"],
    play: ["atUs"],
    pause: ["atUs"],
    timeupdate: ["atUs"],
    leaderchange: ["atUs", "leaders"],
    splitbrain: ["atUs", "leaders"],
    verdict: ["kept", "total", "expectations"],
    ended: ["atUs"],
    changed: [],
    error: [],
  };
  const seconds = (us) => us / 1e6;
  // As a page sees it: seconds, and `paused` as media elements have it.
  const detailOf = ({ kind, atUs, endUs, speedUs, isPlaying, ...detail }) => {
    if (atUs !== undefined) detail.time = seconds(atUs);
    if (endUs !== undefined) detail.duration = seconds(endUs);
    if (speedUs !== undefined) detail.speed = seconds(speedUs);
    if (isPlaying !== undefined) detail.paused = !isPlaying;
    if (detail.expectations) {
      detail.expectations = detail.expectations.map(({ atUs, ...rest }) => ({ ...rest, time: seconds(atUs) }));
    }
    return detail;
  };
  const isNotice = (notice) =>
    NOTICES[notice?.kind]?.every((name) => name in notice) &&
    ["atUs", "endUs", "speedUs", "kept", "total"].every((name) => Number.isFinite(notice[name] ?? 0)) &&
    ["leaders", "expectations"].every((name) => Array.isArray(notice[name] ?? [])) &&
    (notice.expectations ?? []).every((one) => Number.isFinite(one?.atUs));

  // ---- A figure

  class Figure {
    isIn = null; // the page; false once it was
    isNear = false;
    isWanted = false; // by a press on its poster
    isReady = false; // for commands
    ignored = 0; // messages that are not of the protocol
    failure = null; // why there is no frame, as a sentence
    fence = null; // the author's block that it stands for: { block, text, tries }
    given = null; // what `load` has put in the place of what the author wrote
    frame = null;
    port = null;
    queue = []; // commands that wait for a frame
    asked = new Map(); // commands that wait for an answer, by their number
    first = { id: null, timer: null }; // of them
    next = 0;
    resume = null; // where a frame that comes back goes on: { at, isPlaying }
    now = { at: 0, since: 0, isPlaying: false, end: NaN, speed: 50_000 }; // microseconds; `since` in ms

    constructor(element) {
      this.element = element;
      inside.set(element, this);
      this.slot = make("slot");
      this.poster = make("div", { class: "poster" });
      this.start = make("button", { class: "start", type: "button", hidden: "" }, "Show this figure");
      this.note = make("div", { class: "note", role: "status", hidden: "" });
      this.view = make("div", { class: "view" }, this.poster, this.start, this.note);
      this.text = make("pre", { class: "text", tabindex: 0, role: "region", "aria-label": "Script", hidden: "" });
      this.script = make("button", { class: "script", type: "button", "aria-expanded": false, hidden: "" }, "Script");
      this.all = make("div", { class: "all" }, this.view, this.text, this.script);
      const root = element.attachShadow({ mode: "open", slotAssignment: "manual" });
      root.adoptedStyleSheets = [sheet];
      root.append(this.all);
      this.start.addEventListener("click", () => {
        this.isWanted = true;
        arrange();
      });
      this.script.addEventListener("click", () => this.unfold(this.script.getAttribute("aria-expanded") === "false"));
      this.content = new MutationObserver(() => this.change("source"));
    }

    connect() {
      this.isIn = true;
      figures.add(this);
      this.authored = JSON.stringify(this.written());
      this.content.observe(this.element, { childList: true, characterData: true, subtree: true });
      this.retheme();
      this.draw();
      sight.observe(this.element);
      seen.observe(this.element);
      watch();
    }

    // Who is only moved comes back within the task, and goes on where it was.
    disconnect() {
      this.isIn = this.isNear = false;
      figures.delete(this);
      this.content.disconnect();
      sight.unobserve(this.element);
      seen.unobserve(this.element);
      watch();
      this.rest();
      queueMicrotask(() => this.isIn || this.refuse("the figure was taken out of the page"));
    }

    attribute = (name) => this.element.getAttribute(name);

    // The folder of the player; null where nobody can know it.
    player() {
      const asked = this.attribute("player");
      try {
        const url = asked === null ? new URL(PLAYER) : new URL(asked, document.baseURI);
        url.search = url.hash = "";
        if (!/\/$|\.html?$/.test(url.pathname)) url.pathname += "/";
        return /^(https?|file):$/.test(url.protocol) ? url.href : null;
      } catch {
        return null;
      }
    }

    // What the author wants to be played: { src }, { fragment } or { text }; null if nothing is there yet.
    written() {
      const [src, scenario, preset] = SOURCES.map((name) => this.attribute(name)?.trim());
      if (src) return { src };
      if (scenario) {
        const fragment = scenario.replace(/^[^#]*#/, "");
        return { fragment: fragment.includes("/") ? fragment : `1/${fragment}` };
      }
      if (preset) return { fragment: `preset/${preset}`, preset };
      if (this.fence) return { text: this.fence.text };
      const content = this.element.querySelector('script[type="text/plain"], pre');
      return content && { text: plain(content) };
    }

    source = () => (this.given === null ? this.written() : { text: this.given });

    title() {
      const { text = "", preset } = this.source() ?? {};
      return this.attribute("aria-label") || titleOf(text) || `Leader election${preset ? `: ${preset}` : ""}`;
    }

    // The poster: of the attribute, else the author's picture, else the preset's, else the ring.
    draw() {
      const { text = "", preset } = this.source() ?? {};
      const picture = [...this.element.children].find((child) => child.matches("svg, img, picture"));
      // It shows an instant of its own.
      const isTheirs = preset && !picture && this.attribute("start-at") === null;
      const ours = isTheirs && this.player() && `${this.player()}v1/posters/${encodeURIComponent(preset)}.svg`;
      const address = this.attribute("poster") ?? ours;
      const still = () => this.poster.replaceChildren(ring(ranksOf(text), this.title()));
      this.script.hidden = !this.fence;
      if (address) {
        const img = make("img", { alt: this.title(), decoding: "async", src: address });
        img.addEventListener("error", still);
        this.poster.replaceChildren(img);
      } else if (picture) {
        // A `<picture>` is a box around what has to fit.
        if (picture.matches("picture")) Object.assign(picture.querySelector("img")?.style ?? {}, FIT);
        this.poster.replaceChildren(this.slot);
        this.slot.assign(picture);
      } else {
        still();
      }
    }

    retheme() {
      const asked = this.attribute("theme");
      const theme = ["light", "dark"].includes(asked) ? asked : isDark(this.element) ? "dark" : "light";
      if (theme === this.theme) return;
      this.theme = theme;
      // The poster and the frame inherit its `color-scheme`.
      this.all.classList.toggle("dark", theme === "dark");
      if (this.port) this.ask({ kind: "theme", theme }).catch(() => {});
    }

    // What changes in one task is followed once.
    change(what) {
      if (!this.isIn) return;
      if (!this.changes) queueMicrotask(() => this.follow());
      this.changes = (this.changes ?? new Set()).add(what);
    }

    follow() {
      const { changes } = this;
      this.changes = null;
      if (!this.isIn) return;
      const authored = JSON.stringify(this.written());
      const isOther = authored !== this.authored;
      if (isOther) this.given = null;
      if (isOther || changes.has("options")) {
        this.authored = authored;
        this.forgive();
        this.fetching?.abort();
        // What a frame reads at its start needs another frame.
        if (changes.has("options") || !this.source()) this.rest();
        this.resume = null;
        if (this.port) this.begin();
      }
      if (changes.has("theme")) this.retheme();
      if (isOther || changes.has("looks") || changes.has("source")) this.draw();
      if (this.frame) this.frame.title = this.title();
      arrange();
    }

    // ---- Its frame

    isCalled = () => this.isWanted || this.queue.length > 0;
    isBusy = () => this.queue.length > 0 || [...this.asked.values()].some(({ isPublic }) => isPublic);
    waits = () => !this.frame && !this.failure && (this.isCalled() || this.isNear) && isWhole(this.element);

    enter() {
      const source = this.source();
      const theme = this.attribute("theme");
      this.isWanted = false;
      if (!this.player()) return this.fail("The player is not known: the attribute player names the folder of Hustings.");
      if (!source && !this.queue.length) {
        return this.fail("There is no scenario yet: src, scenario or preset names one, or it stands inside as text.");
      }
      const url = new URL(this.player());
      url.searchParams.set("embed", "1");
      for (const name of OPTIONS) {
        const value = this.attribute(name);
        // Who comes back goes on as it was left.
        if (value !== null && !(name === "autoplay" && this.resume)) url.searchParams.set(name, value || "1");
      }
      url.searchParams.set("theme", theme && theme !== "auto" ? theme : this.theme);
      this.opened = source?.fragment;
      if (this.opened) url.hash = this.opened;
      else url.searchParams.set("host", "1");
      this.frame = make("iframe", {
        class: "coming",
        title: this.title(),
        allow: "clipboard-write; fullscreen",
        referrerpolicy: "no-referrer",
        // Before it is in the page, so that it makes no entry in the page's history.
        src: url.href,
      });
      live.add(this);
      this.view.append(this.frame);
      this.timer = setTimeout(() => this.fail("The figure could not be loaded."), HELLO);
    }

    // Back to the poster. What a visitor has changed is lost, the instant is not.
    rest() {
      if (!this.frame) return;
      this.keep();
      clearTimeout(this.timer);
      this.fetching?.abort();
      this.put({ command: { kind: "dispose" } });
      this.port?.close();
      this.frame.remove();
      this.port = this.frame = null;
      this.poster.hidden = false;
      live.delete(this);
      queueMicrotask(arrange);
    }

    // What was not answered is asked again where it goes on.
    keep() {
      if (this.isReady) this.resume = { at: this.at(), isPlaying: this.now.isPlaying };
      this.now = { ...this.now, ...this.resume, isPlaying: false };
      this.isReady = false;
      this.queue.unshift(...this.forget().filter(({ isPublic }) => isPublic));
    }

    greet() {
      clearTimeout(this.timer);
      this.keep();
      this.port?.close();
      const { port1, port2 } = new MessageChannel();
      this.port = port1;
      port1.onmessage = ({ data }) => this.hear(data);
      // A sandboxed player has no origin to be named, and nothing here is secret.
      this.frame.contentWindow.postMessage({ hustings: "hello", protocol: PROTOCOL }, "*", [port2]);
      // A player that has stopped is better seen than waited for.
      this.timer = setTimeout(() => this.flush(), ANSWER);
      this.ask({ kind: "theme", theme: this.theme }).catch(() => {});
      this.begin();
    }

    // Sends the scenario, unless it was in the address.
    async begin() {
      const { port } = this;
      const source = this.source();
      if (!source) return this.flush();
      if (source.fragment && source.fragment === this.opened) return;
      this.opened = null;
      this.hasComplained = false;
      let { text = `#${source.fragment}` } = source;
      try {
        if (source.src) text = await this.fetch(source.src);
        const large = tooLarge(text);
        if (large) return this.fail(large);
      } catch (error) {
        if (error.name !== "AbortError") this.fail(error.message);
        return;
      }
      try {
        await this.ask({ kind: "load", text, ...(this.given !== null && { alone: true }) });
      } catch ({ message }) {
        // The figure says it, and shows the script that it could not read.
        if (port === this.port && !this.hasComplained) this.emit("error", { text: message, line: null });
      }
      if (port === this.port) this.flush();
    }

    // Asked for by the page, so its policy and the other site's sharing decide.
    async fetch(src) {
      this.fetching?.abort();
      this.fetching = new AbortController();
      const { signal } = this.fetching;
      const unfetched = (why) => new Error(`The scenario could not be fetched: ${src} ${why}.`);
      const answer = await fetch(new URL(src, document.baseURI), { signal }).catch((error) => {
        if (signal.aborted) throw error;
        throw unfetched("does not answer, or not to this page (CORS, connect-src)");
      });
      if (!answer.ok) throw unfetched(`answers ${answer.status}`);
      if (answer.headers.get("content-length") > JSON_MOST * 1024) throw unfetched(`has over ${JSON_MOST} KiB`);
      return answer.text();
    }

    // The first picture is there.
    show() {
      clearTimeout(this.timer);
      this.frame.classList.remove("coming");
      this.poster.hidden = true;
    }

    fail(text) {
      const source = this.source() ?? {};
      const fragment = source.fragment ? `#${source.fragment}` : "";
      this.rest();
      this.failure = text;
      this.poster.hidden = this.start.hidden = true;
      this.note.hidden = false;
      this.note.replaceChildren(make("p", {}, text));
      if (this.player()) {
        const link = { href: this.player() + fragment, target: "_blank", rel: "noopener" };
        this.note.append(make("a", link, fragment ? "Open it on its own page" : "Open Hustings"));
      }
      this.reveal(source.text);
      this.refuse(text);
      this.emit("error", { text, line: null });
    }

    forgive() {
      if (this.failure) this.poster.hidden = false;
      this.failure = null;
      this.note.hidden = this.text.hidden = true;
    }

    // The author's text, where the figure cannot play it.
    reveal(text) {
      if (this.fence) return this.unfold(true);
      this.text.textContent = text ?? "";
      this.text.hidden = !text;
    }

    // The author's block stands right behind the figure.
    unfold(isOpen) {
      const { style } = this.fence.block;
      if (isOpen) style.removeProperty("display");
      else style.setProperty("display", "none", "important");
      this.script.setAttribute("aria-expanded", isOpen);
    }

    // ---- Commands

    // For the page: waits until somebody can answer.
    async call(command) {
      const { kind } = command;
      if (this.failure) throw new Error(`${kind}: ${this.failure}`);
      if (this.isIn === false) throw new Error(`${kind}: the figure was taken out of the page`);
      return new Promise((resolve, reject) => {
        this.queue.push({ command, resolve, reject, isPublic: true });
        if (this.isReady) this.flush();
        else arrange();
      });
    }

    // For a property: its refusal is an event.
    tell(command) {
      this.call(command).catch(({ message }) => this.emit("error", { text: message, line: null }));
    }

    ask = (command) => new Promise((resolve, reject) => this.put({ command, resolve, reject }));

    put(waiting) {
      const { command, reject } = waiting;
      const id = (this.next += 1);
      if (reject) this.asked.set(id, waiting);
      this.attend();
      this.port?.postMessage({ id, command });
    }

    // Answers come in order, so the first who waits has the only clock, and all wait in vain with it.
    attend() {
      const [id, waiting] = this.asked.entries().next().value ?? [null];
      if (id === this.first.id) return;
      clearTimeout(this.first.timer);
      const patience = waiting?.command.kind === "load" ? MAKING : ANSWER;
      const late = () => {
        const check = `Does ${this.player()} open by itself, in the version that this page was made for?`;
        const why = `no answer within ${patience / 1000} s. ${check}`;
        for (const { reject, command } of this.forget()) reject(new Error(`${command.kind}: ${why}`));
      };
      this.first = { id, timer: waiting && setTimeout(late, patience) };
    }

    flush() {
      this.show();
      this.isReady = true;
      for (const waiting of this.queue.splice(0)) this.put(waiting);
    }

    // All that is unanswered, without its clock.
    forget() {
      const all = [...this.asked.values()];
      this.asked.clear();
      this.attend();
      return all;
    }

    refuse(why) {
      const all = [...this.forget(), ...this.queue.splice(0)];
      for (const { reject, command } of all) reject(new Error(`${command.kind}: ${why}`));
    }

    // ---- What it hears

    hear(data) {
      const notice = data?.notice;
      const waiting = this.asked.get(data?.answer);
      if (waiting) {
        this.asked.delete(data.answer);
        this.attend();
        if (!this.isBusy()) arrange();
        if (typeof data.error === "string") return waiting.reject(new Error(data.error));
        // An instant and a speed are known from here on, not only with the next notice.
        this.anchor(waiting.command);
        waiting.resolve(data.value);
      } else if (isNotice(notice)) {
        this.heed(notice);
      } else if (typeof notice?.kind !== "string" || NOTICES[notice.kind]) {
        this.ignored += 1; // a kind that is newer than this file is nobody's fault
      }
    }

    anchor({ atUs = this.at(), endUs = this.now.end, speedUs = this.now.speed, isPlaying = this.now.isPlaying }) {
      this.now = { at: Math.min(atUs, endUs || Infinity), since: performance.now(), isPlaying, end: endUs, speed: speedUs };
    }

    heed(notice) {
      const { kind } = notice;
      this.anchor({ isPlaying: { play: true, pause: false, ended: false }[kind], ...notice });
      if (kind === "ready") {
        const { resume } = this;
        this.resume = null;
        this.frame.title = this.attribute("aria-label") || notice.title || this.title();
        if (resume) {
          this.now.at = resume.at;
          this.ask({ kind: "seek", atUs: resume.at }).catch(() => {});
          if (resume.isPlaying) this.ask({ kind: "play" }).catch(() => {});
        }
        this.flush();
      } else if (kind === "error") {
        this.hasComplained = true;
        // Nothing was loaded by us, so nothing more will come.
        if (this.opened && !this.isReady) this.flush();
      }
      this.emit(kind, detailOf(notice));
    }

    // An error stays with the figure: on its way up it would look like one of the page's scripts.
    emit(name, detail) {
      this.element.dispatchEvent(new CustomEvent(name, { bubbles: name !== "error", detail }));
    }

    // In microseconds.
    at() {
      const { at, since, isPlaying, end, speed } = this.now;
      if (!isPlaying) return at;
      const passed = Math.min(performance.now() - since, STALE) / 1000;
      return Math.min(Math.round(at + passed * speed), end || Infinity);
    }
  }

  // ---- The element: what a page may use of it

  const KINDS = { theme: "theme", poster: "looks", "aria-label": "looks", player: "options" };
  const number = (name, value, least) => {
    if (typeof value === "number" && value >= least && value < Infinity) return Math.round(value * 1e6);
    throw new RangeError(`${name}: ${value} is no number of seconds`);
  };

  class LeaderElection extends HTMLElement {
    static observedAttributes = [...SOURCES, ...OPTIONS, ...Object.keys(KINDS)];
    #figure = new Figure(this);

    connectedCallback() {
      this.#figure.connect();
      // What was set before this file came.
      for (const name of ["speed", "currentTime"]) {
        if (!Object.hasOwn(this, name)) continue;
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }

    disconnectedCallback() {
      this.#figure.disconnect();
    }

    // Moved by `moveBefore`, which keeps the frame.
    connectedMoveCallback() {
      watch();
    }

    attributeChangedCallback(name) {
      this.#figure.change(SOURCES.includes(name) ? "source" : (KINDS[name] ?? "options"));
    }

    async play() {
      await this.#figure.call({ kind: "play" });
    }

    async pause() {
      await this.#figure.call({ kind: "pause" });
    }

    async seek(time) {
      await this.#figure.call({ kind: "seek", atUs: number("seek", time, 0) });
    }

    async step(by = 1) {
      if (!Number.isInteger(by)) throw new RangeError(`step: ${by} is no whole number`);
      await this.#figure.call({ kind: "step", by });
    }

    async load(scenario) {
      const text = typeof scenario === "string" ? scenario : JSON.stringify(scenario);
      const large = tooLarge(text);
      if (large) throw new RangeError(`load: ${large}`);
      await this.#figure.call({ kind: "load", text, alone: true });
      this.#figure.given = text;
    }

    report() {
      return this.#figure.call({ kind: "report" });
    }

    async toLink() {
      const fragment = await this.#figure.call({ kind: "link" });
      return `${this.#figure.player()}#${fragment.replace(/^#/, "")}`;
    }

    get currentTime() {
      return seconds(this.#figure.at());
    }

    set currentTime(time) {
      const atUs = number("currentTime", time, 0);
      this.#figure.tell({ kind: "seek", atUs });
    }

    get duration() {
      return seconds(this.#figure.now.end);
    }

    get paused() {
      return !this.#figure.now.isPlaying;
    }

    get speed() {
      return seconds(this.#figure.now.speed);
    }

    // A framework that finds the property sets it where it means the attribute, as text.
    set speed(speed) {
      if (typeof speed === "string") this.setAttribute("speed", speed);
      else this.#figure.tell({ kind: "speed", speedUs: number("speed", speed, 1e-6) });
    }

    get ignored() {
      return this.#figure.ignored;
    }
  }

  // ---- Fenced blocks, as the makers of sites write them

  const FENCES = `pre.${NAME}, [class~="language-${NAME}"]`;
  const AROUND = ".highlight, .highlighter-rouge, .highlighttable, .code-toolbar";
  const CLUTTER = "button, .lineno, .linenos, .gutter, .rouge-gutter, .line-numbers-rows, [aria-hidden=true]";
  const SCRIPT_LINE = 28; // of the button under the figure, in pixels
  const fences = new Map(); // of a block, its figure

  // The text of a code block without what was put around its lines.
  const plain = (code) => {
    const copy = code.cloneNode(true);
    for (const node of copy.querySelectorAll(CLUTTER)) node.remove();
    for (const node of copy.querySelectorAll("br, div")) node.append("\n");
    return copy.textContent;
  };
  const codeOf = (node) =>
    node.matches("code") ? node : (node.querySelector("pre > code") ?? node.querySelector("pre") ?? node);
  const blockOf = (pre) => {
    let block = pre;
    for (let node = pre.parentElement; node; node = node.parentElement) {
      if (node.matches(FENCES) || (node.matches(AROUND) && !node.querySelector("p, h1, h2, h3, li"))) block = node;
    }
    return block;
  };

  // While the page is parsed: something follows, so its end is there.
  const isWhole = (node) => {
    if (document.readyState !== "loading") return true;
    for (; node; node = node.parentNode) if (node.nextSibling) return true;
    return false;
  };

  // A site that comes as HTML and is then taken over by a program (Vue, React) compares the two first,
  // and what was put in before that would be an error of the site's. No event tells when it is over.
  const ROOTS = "#app, #__nuxt, #__docusaurus, #__next";
  const TAKEOVER = 3000; // after the page's load the program will not come any more, in milliseconds
  const isTaken = (block) => {
    const root = block.closest(ROOTS);
    if (!root || root.__vue_app__ || Object.keys(block).some((key) => key.startsWith("__react"))) return true;
    const { loadEventEnd } = performance.getEntriesByType("navigation")[0];
    return loadEventEnd > 0 && performance.now() > loadEventEnd + TAKEOVER;
  };
  let again = 0;

  const scan = () => {
    for (const node of document.querySelectorAll(FENCES)) {
      const code = codeOf(node);
      const pre = code.closest("pre");
      if (!pre || node.closest(NAME) || node.matches(".ignore") || node.isContentEditable) continue;
      const block = blockOf(pre);
      if (fences.has(block) || !isWhole(block) || !plain(code).trim()) continue;
      if (isTaken(block)) adopt(block, code);
      else again ||= setTimeout(() => scan((again = 0)), 100);
    }
  };

  const adopt = (block, code) => {
    const text = plain(code);
    // A highlighter that comes later goes by the first name, and warns of one that it does not know.
    if (code.matches(FENCES)) code.className = `language-plaintext ${code.className}`;
    const before = block.previousElementSibling;
    // One that is there already came with a copy of the page, as some sites keep for the way back.
    const element = before?.matches(`${NAME}[data-fence]`) ? before : make(NAME, { "data-fence": "" });
    const figure = inside.get(element);
    fences.set(block, figure);
    figure.fence = { block, text, tries: 0 };
    element.style.height = `${heightOf(text) + SCRIPT_LINE}px`;
    figure.unfold(false);
    if (element === before) figure.change("source");
    else block.before(element);
  };

  // The block stays the site's: it is never moved, only hidden. So a site that draws its pages anew
  // may remove it, change it, or sweep the figure away while it compares the page with what it sent.
  const tend = (records) => {
    for (const [block, figure] of fences) {
      const { element, fence } = figure;
      if (!block.isConnected) {
        fences.delete(block);
        element.remove();
        continue;
      }
      if (block.previousElementSibling !== element) {
        fence.tries += 1;
        if (fence.tries <= 3) block.before(element);
        else figure.unfold(true);
      }
      if (!records.some(({ target }) => block.contains(target))) continue;
      fence.text = plain(codeOf(block));
      element.style.height = `${heightOf(fence.text) + SCRIPT_LINE}px`;
      figure.change("source");
    }
  };

  const brings = ({ addedNodes }) =>
    [...addedNodes].some((node) => node.nodeType === 1 && (node.matches(FENCES) || node.querySelector(FENCES)));

  customElements.define(NAME, LeaderElection);
  scan();
  document.addEventListener("DOMContentLoaded", () => {
    scan();
    arrange();
  });
  new MutationObserver((records) => {
    if (fences.size) tend(records);
    if (document.readyState === "loading" || records.some(brings)) scan();
  }).observe(document, { childList: true, subtree: true });
})();
