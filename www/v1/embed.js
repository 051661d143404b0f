// Live leader-election figures in any page: <script src="…/v1/embed.js" defer></script>, and then
// <leader-election preset="bully-figure" style="display:block;height:420px"></leader-election> or a
// fenced block of the language `leader-election`. docs/src/embedding.md tells it to authors, embed.d.ts
// has the types, embed.css keeps the place until this file has come.
//
// A figure is a poster until it comes near; then it is a frame with the player in it, and typed
// messages over a port. Times are microseconds in messages and seconds in everything that a page sees.

(() => {
  "use strict";
  const NAME = "leader-election";
  const SERVE = "Serve the folder and open it by http: python3 -m http.server.";
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
  const MOST_LISTED = 10_000; // leaders or expectations in a notice
  const SOURCES = ["src", "scenario", "preset"];
  // What a frame reads in its address.
  const OPTIONS = ["autoplay", "start-at", "end-at", "speed", "loop", "skip-quiet", "view", "controls", "heading", "readonly"];

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
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };

  // ---- What a script says to who does not run it

  // The last of the lines that say something; none of them is long enough to be searched for long.
  const said = (text, pattern) => [...text.slice(0, SCRIPT_MOST * 1024).matchAll(pattern)].pop()?.[1];
  const heightOf = (text) => {
    const height = said(text, /^[ \t]*figure\b[^#\n]*?\bheight[ \t]+(\d+)/gim);
    return height ? Math.min(Math.max(Number(height), 120), 2000) : 420;
  };
  const titleOf = (text) => said(text, /^[ \t]*title[ \t]+"([^"\n]*)"/gim);
  const tooLarge = (text) => {
    const [most, kind] = text.trimStart().startsWith("{") ? [JSON_MOST, "JSON"] : [SCRIPT_MOST, "a script"];
    const size = new TextEncoder().encode(text).length;
    return size > most * 1024 && `The scenario has ${Math.ceil(size / 1024)} KiB; ${kind} has ${most} KiB at most.`;
  };

  // A sheet that is made so needs no `style-src` of the page. The colours are those of www/style.css.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; height: 420px; break-inside: avoid; }
    :host(:not([style])) { margin: 1em 0; }
    :host([hidden]) { display: none; }
    .all {
      --stage: var(--leader-election-ground, #FFFFFF); --ink: var(--leader-election-ink, #16191D);
      --ink3: var(--leader-election-quiet-ink, #616972); --line2: var(--leader-election-line, #B9BDB9);
      display: flex; flex-direction: column; height: 100%; color-scheme: light; text-align: start;
      font: 400 13px/20px var(--leader-election-font, -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", system-ui, sans-serif);
    }
    .dark {
      --stage: var(--leader-election-ground, #15181B); --ink: var(--leader-election-ink, #ECEEF0);
      --ink3: var(--leader-election-quiet-ink, #8D959F); --line2: var(--leader-election-line, #4A5058);
      color-scheme: dark;
    }
    .view { position: relative; flex: 1; min-height: 0; }
    .view > * { position: absolute; inset: 0; box-sizing: border-box; width: 100%; height: 100%; }
    .poster, .note, .text {
      border: 1px solid var(--line2); border-radius: 8px; color: var(--ink); background: var(--stage);
    }
    .poster { padding: 40px 12px 98px; overflow: hidden; }
    .poster > .calm { display: grid !important; place-content: center; font-size: 15px; font-weight: 600;
      text-align: center; overflow-wrap: anywhere; }
    .poster > *, ::slotted(*) {
      display: block !important; width: 100% !important; height: 100% !important; max-width: none !important;
      margin: 0 !important; object-fit: contain;
    }
    iframe { height: round(down, 100%, 1px); border: 0; border-radius: 8px; background: none; }
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
    [hidden] { display: none !important; }
    @media print {
      .all { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      .start, .script { display: none; }
      .pictured .poster[hidden] { display: block !important; }
      .pictured .poster { padding: 12px; }
      .pictured iframe { display: none; }
      :host([data-print="text"]) { height: auto !important; max-height: none !important; }
      :host([data-print="block"]) { display: none !important; }
      :host([data-print]) .view { display: none; }
      :host([data-print]) .text { max-height: none; white-space: pre-wrap; }
    }`);

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
  // Who was near and had no place gets one at the latest when it is seen. What plays by itself begins
  // when half of it is there, or when it fills half of the window.
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, intersectionRatio, intersectionRect, rootBounds } of entries) {
        const fills = intersectionRect.height >= (rootBounds?.height ?? innerHeight) / 2;
        inside.get(target).isSeen = isIntersecting && (intersectionRatio >= 0.5 || fills);
      }
      arrange();
      figures.forEach((figure) => figure.playSeen());
    },
    { threshold: [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1] },
  );
  // Some makers of slides hide all but one of them where they stand, which no observer tells.
  const SHOWN = { visibilityProperty: true, opacityProperty: true, checkVisibilityCSS: true, checkOpacity: true };
  const isShown = (element) => element.checkVisibility?.(SHOWN) ?? true;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

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
    figures.forEach((figure) => figure.playSeen());
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
    const around = [...figures].filter(({ element }) => target.contains?.(element));
    if (around.length && propertyName.startsWith("background")) retheme();
    for (const figure of around) figure.playSeen();
  });
  // A frame that is not there cannot be printed; the author's text can.
  addEventListener("beforeprint", () => figures.forEach((figure) => figure.print(true)));
  addEventListener("afterprint", () => figures.forEach((figure) => figure.print(false)));

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

  // Whoever made the frame may say anything, so what it says is read field by field.
  const isText = (value) => typeof value === "string";
  const isFlag = (value) => typeof value === "boolean";
  const isTime = (value) => Number.isFinite(value) && value >= 0;
  const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
  // Where a list has holes, `every` would pass over them.
  const isAll = (is) => (value) => Array.isArray(value) && value.length <= MOST_LISTED && Array.from(value).every(is);
  const orNull = (is) => (value) => value === null || is(value);
  const orNone = (is) => (value) => value === undefined || is(value);
  const LEADERS = { atUs: isTime, group: isText, leaders: isAll(isCount) };
  const JUDGED = { text: isText, holds: isFlag, atUs: isTime, reason: isText, line: orNull(isCount) };
  // What notices have, by their kind.
  const NOTICES = {
    __proto__: null,
    ready: { atUs: isTime, endUs: isTime, speedUs: isTime, isPlaying: isFlag, title: orNull(isText), algorithm: isText },
    play: { atUs: isTime, speedUs: orNone(isTime) },
    pause: { atUs: isTime },
    timeupdate: { atUs: isTime },
    leaderchange: LEADERS,
    splitbrain: LEADERS,
    verdict: { holds: isFlag, kept: isCount, total: isCount, expectations: isAll((one) => read(JUDGED, one)) },
    ended: { atUs: isTime },
    changed: { changed: isFlag, endUs: orNone(isTime) },
    error: { text: isText, line: orNull(isCount) },
    key: { key: isText, shift: isFlag },
  };
  // What commands are answered with, where that is not nothing.
  const ANSWERS = { link: isText, report: (value) => typeof value === "object" && value !== null };
  // The fields of a shape, and nothing else; null where one of them is not so.
  const read = (shape, from) => {
    const fields = Object.keys(shape).map((name) => [name, from?.[name]]);
    if (!fields.every(([name, value]) => shape[name](value))) return null;
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  };
  // Keys that a figure leaves to the page, and their numbers, by which makers of slides know them.
  const KEYS = {
    __proto__: null,
    Escape: 27, PageUp: 33, PageDown: 34, End: 35, Home: 36, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40,
  };
  const seconds = (us) => us / 1e6;
  // As a page sees it: seconds, and `paused` as media elements have it.
  const detailOf = ({ atUs, endUs, speedUs, isPlaying, ...detail }) => {
    if (atUs !== undefined) detail.time = seconds(atUs);
    if (endUs !== undefined) detail.duration = seconds(endUs);
    if (speedUs !== undefined) detail.speed = seconds(speedUs);
    if (isPlaying !== undefined) detail.paused = !isPlaying;
    if (detail.expectations) {
      detail.expectations = detail.expectations.map((one) => {
        const { atUs, ...rest } = read(JUDGED, one);
        return { ...rest, time: seconds(atUs) };
      });
    }
    return detail;
  };

  // ---- A figure

  class Figure {
    isIn = null; // the page; false once it was
    isNear = false;
    isSeen = false; // by half
    isDue = false; // to play by itself once it is seen
    isHushed = false; // paused because it was hidden
    isWanted = false; // by a press on its poster
    isReady = false; // for commands
    ignored = 0; // messages that are not of the protocol
    failure = null; // why there is no frame, as a sentence
    fence = null; // the author's block that it stands for: { block, text, kept, tries }
    given = null; // what `load` has put in the place of what the author wrote
    frame = null;
    port = null;
    queue = []; // commands that wait for a frame
    asked = new Map(); // commands that wait for an answer, by their number
    first = { id: null, timer: null }; // of them
    next = 0;
    resume = null; // where a frame that comes back goes on: { at, isPlaying }
    leading = new Map(); // by the name of a group, who leads it
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
      const text = plain(this.element.querySelector('script[type="text/plain"], pre') ?? this.element);
      return text.trim() ? { text } : null;
    }

    source = () => (this.given === null ? this.written() : { text: this.given });

    title() {
      const { text = "", preset } = this.source() ?? {};
      return this.attribute("aria-label") || titleOf(text) || `Leader election${preset ? `: ${preset}` : ""}`;
    }

    isOn = (name) => /^(|1|true)$/.test(this.attribute(name) ?? "no");

    // The poster: of the attributes, else the author's picture, else the preset's, else the title.
    draw() {
      const { preset } = this.source() ?? {};
      const picture = [...this.element.children].find((child) => child.matches("svg, img, picture"));
      // It shows an instant of its own.
      const isTheirs = /^[\w-]+$/.test(preset ?? "") && !picture && this.attribute("start-at") === null;
      const isDark = this.theme === "dark";
      // Not every browser tells a picture how the page around it is.
      const ours = isTheirs && this.player() && `${this.player()}v1/posters/${preset}${isDark ? "-dark" : ""}.svg`;
      const address = (isDark && this.attribute("poster-dark")) || (this.attribute("poster") ?? ours);
      const show = (node, isPicture) => {
        this.all.classList.toggle("pictured", isPicture);
        this.poster.replaceChildren(node);
      };
      const still = () => show(make("p", { class: "calm" }, this.title()), false);
      this.script.hidden = !this.fence;
      if (address) {
        const img = make("img", { alt: this.title(), decoding: "async", src: address });
        img.addEventListener("error", still);
        show(img, true);
      } else if (picture) {
        // A `<picture>` is a box around what has to fit.
        if (picture.matches("picture")) Object.assign(picture.querySelector("img")?.style ?? {}, FIT);
        show(this.slot, true);
        this.slot.assign(picture);
      } else {
        still();
      }
    }

    // On paper there is the poster, else the frame, else the author's text.
    print(isPrinting) {
      const isLive = this.frame && !this.frame.matches(".coming");
      const text = this.source()?.text;
      if (isPrinting && (!text || isLive || this.failure || this.all.matches(".pictured"))) return;
      if (!isPrinting && this.attribute("data-print") === null) return;
      if (isPrinting) this.element.setAttribute("data-print", this.fence ? "block" : "text");
      else this.element.removeAttribute("data-print");
      if (this.fence) this.unfold(isPrinting);
      else this.reveal(isPrinting ? text : "");
    }

    retheme() {
      const asked = this.attribute("theme");
      const theme = ["light", "dark"].includes(asked) ? asked : isDark(this.element) ? "dark" : "light";
      if (theme === this.theme) return;
      this.theme = theme;
      // The poster and the frame inherit its `color-scheme`.
      this.all.classList.toggle("dark", theme === "dark");
      if (this.isIn && this.poster.querySelector("img")) this.draw();
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
      for (const [name, kind] of Object.entries(SWITCHES)) {
        if (changes.has(name) && this.port) this.ask({ kind, on: this.element[kind] }).catch(() => {});
      }
      if (changes.has("autoplay")) this.isDue = this.isReady && this.plays();
      this.playSeen();
      if (changes.has("theme")) this.retheme();
      if (isOther || changes.has("looks") || changes.has("source")) this.draw();
      if (this.frame) this.frame.title = this.title();
      arrange();
    }

    // ---- Playing by itself

    plays = () => this.isOn("autoplay") && !calm.matches;

    playSeen() {
      const { isPlaying } = this.now;
      const isVisible = isShown(this.element);
      if (!this.isReady || !this.port) return;
      if (isPlaying && !isVisible) {
        this.isHushed = true;
        this.ask({ kind: "pause" }).catch(() => {});
      } else if (isVisible && (this.isHushed || (this.isDue && this.isSeen))) {
        this.isDue = this.isHushed = false;
        if (!isPlaying) this.ask({ kind: "play" }).catch(() => {});
      }
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
      if (this.player().startsWith("file:")) return this.fail(`Browsers play no figures from files. ${SERVE}`);
      if (!source && !this.queue.length) {
        return this.fail("There is no scenario yet: src, scenario or preset names one, or it stands inside as text.");
      }
      const url = new URL(this.player());
      url.searchParams.set("embed", "1");
      for (const name of OPTIONS) {
        const value = this.attribute(name);
        // When it plays by itself is known here; what it cannot be is said there.
        if (value !== null && !(name === "autoplay" && /^(|0|1|false|true)$/.test(value))) url.searchParams.set(name, value || "1");
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
        if (port === this.port && !this.hasComplained) this.complain({ text: message, line: null });
      }
      if (port === this.port) this.flush();
    }

    // Asked for by the page, so its policy and the other site's sharing decide.
    async fetch(src) {
      this.fetching?.abort();
      this.fetching = new AbortController();
      const { signal } = this.fetching;
      const unfetched = (why) => new Error(`The scenario could not be fetched: ${src} ${why}.`);
      const url = URL.canParse?.(src, document.baseURI) === false ? null : new URL(src, document.baseURI);
      if (!url) throw unfetched("is no address");
      const answer = await fetch(url, { signal }).catch((error) => {
        if (signal.aborted) throw error;
        if (url.protocol === "file:") throw unfetched(`is a file, and pages read none. ${SERVE.slice(0, -1)}`);
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
      this.complain({ text, line: null });
    }

    // For the page's script, and for whoever looks for what is wrong with it.
    complain(problem) {
      console.error(`<${NAME}>: ${problem.text}`, this.element);
      this.emit("error", problem);
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
      if (kind === "pause") this.isDue = this.isHushed = false;
      return new Promise((resolve, reject) => {
        this.queue.push({ command, resolve, reject, isPublic: true });
        if (this.isReady) this.flush();
        else arrange();
      });
    }

    // For a property: its refusal is an event.
    tell(command) {
      this.call(command).catch(({ message }) => this.complain({ text: message, line: null }));
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
      const waiting = this.asked.get(data?.answer);
      if (waiting) {
        const { kind } = waiting.command;
        this.asked.delete(data.answer);
        this.attend();
        if (!this.isBusy()) arrange();
        if (isText(data.error)) return waiting.reject(new Error(data.error));
        if (ANSWERS[kind]?.(data.value) === false) return waiting.reject(new Error(`${kind}: the player's answer cannot be read`));
        // An instant and a speed are known from here on, not only with the next notice.
        this.anchor(waiting.command);
        return waiting.resolve(data.value);
      }
      const kind = data?.notice?.kind;
      const shape = isText(kind) && NOTICES[kind];
      const notice = shape && read(shape, data.notice);
      if (notice) this.heed(kind, notice);
      // A kind that is newer than this file is nobody's fault.
      else if (!isText(kind) || shape) this.ignored += 1;
    }

    anchor({ kind, atUs = this.at(), endUs = this.now.end, speedUs = this.now.speed, isPlaying = this.now.isPlaying }) {
      this.now = { at: Math.min(atUs, endUs || Infinity), since: performance.now(), isPlaying, end: endUs, speed: speedUs };
    }

    heed(kind, notice) {
      if (kind === "key") return this.pass(notice);
      const isCommanded = [...this.asked.values()].some(({ isPublic, command }) => isPublic && command.kind === "load");
      this.anchor({ isPlaying: { play: true, pause: false, ended: false }[kind], ...notice });
      if (kind === "ready") {
        const { resume } = this;
        this.resume = null;
        this.leading.clear();
        // Who comes back goes on as it was left.
        if (!resume) this.isDue = !notice.isPlaying && this.plays();
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
        // Whoever asked for it is told by a promise.
        if (!isCommanded) return this.complain(notice);
      } else if (kind === "leaderchange") {
        this.leading.set(notice.group, notice.leaders);
      }
      this.emit(kind, detailOf(notice));
      if (kind === "ready") this.playSeen();
    }

    // A key that was pressed in the frame, for whoever listens in the page: slides turn by it.
    pass({ key, shift }) {
      const keyCode = KEYS[key];
      // While the focus is in its frame, an element is active but does not match `:focus-within`.
      if (!keyCode || this.element.getRootNode().activeElement !== this.element) return;
      const pressed = { key, code: key, keyCode, which: keyCode, shiftKey: shift };
      this.element.dispatchEvent(new KeyboardEvent("keydown", { ...pressed, bubbles: true, cancelable: true, composed: true }));
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

  const SWITCHES = { loop: "loop", "skip-quiet": "skipQuiet" };
  const KINDS = {
    theme: "theme", poster: "looks", "poster-dark": "looks", "aria-label": "looks", player: "options", autoplay: "autoplay",
    loop: "loop", "skip-quiet": "skip-quiet",
  };
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
      for (const name of ["speed", "currentTime", "src", "loop", "skipQuiet"]) {
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

    async pauseAt(time) {
      await this.#figure.call({ kind: "pauseAt", atUs: number("pauseAt", time, 0) });
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

    get ended() {
      const { paused, currentTime, duration } = this;
      return paused && duration > 0 && currentTime >= duration;
    }

    // Of the first group, where there are several.
    get leaders() {
      const [first = []] = this.#figure.leading.values();
      return [...first];
    }

    get src() {
      return this.getAttribute("src") ?? "";
    }

    set src(src) {
      this.setAttribute("src", src);
    }

    // An attribute without a value is on; a framework sets the property to that.
    get loop() {
      return this.#figure.isOn("loop");
    }

    set loop(isOn) {
      this.toggleAttribute("loop", isOn === "" || Boolean(isOn));
    }

    get skipQuiet() {
      return this.#figure.attribute("skip-quiet") === null || this.#figure.isOn("skip-quiet");
    }

    set skipQuiet(isOn) {
      this.setAttribute("skip-quiet", isOn === "" || Boolean(isOn));
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

  const FENCES = `pre.${NAME}, pre[data-language="${NAME}"], .highlight-${NAME}, [class~="language-${NAME}"]`;
  const AROUND = ".highlight, .highlighter-rouge, .highlighttable, .code-toolbar, .expressive-code, .expressive-code > .frame";
  const CLUTTER =
    "button, figcaption, .copy, .ln, .lineno, .linenos, .gutter, .rouge-gutter, .line-numbers-rows, [aria-hidden=true], " +
    // What stands in an element beside its script.
    "script:not([type='text/plain']), style, template, svg, img, picture, iframe";
  const SCRIPT_LINE = 28; // of the button under the figure, in pixels
  const fences = new Map(); // of a block, its figure
  const heightIn = ({ text, kept }) => `${(heightOf(text) === 420 && kept) || heightOf(text) + SCRIPT_LINE}px`;

  // The text of a code block without what was put around its lines.
  const plain = (code) => {
    const copy = code.cloneNode(true);
    for (const node of copy.querySelectorAll(CLUTTER)) node.remove();
    for (const node of copy.querySelectorAll("br")) node.append("\n");
    // From within: a line that ends has its end once, however many boxes it stands in.
    for (const node of [...copy.querySelectorAll("div, p")].reverse()) if (!node.textContent.endsWith("\n")) node.append("\n");
    return copy.textContent;
  };
  const codeOf = (node) =>
    node.matches("code") ? node : (node.querySelector("pre > code") ?? node.querySelector(":not(.linenos, .linenodiv) > pre") ?? node);
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

  // A margin of a block is also that of the outermost box in it, unless something lies between them.
  const marginOf = (block, side, end) => {
    const style = getComputedStyle(block);
    const child = block[`${end}ElementChild`];
    const own = parseFloat(style[`margin${side}`]);
    const isOpen = style.display === "block" && style.overflowY === "visible";
    const joins = isOpen && !parseFloat(style[`padding${side}`]) && !parseFloat(style[`border${side}Width`]);
    return `${Math.max(own, (joins && child && parseFloat(marginOf(child, side, end))) || 0)}px`;
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
    // The figure takes the place of its block, and where embed.css keeps that, not a pixel more.
    const [marginTop, marginBottom] = [["Top", "first"], ["Bottom", "last"]].map(([side, end]) => marginOf(block, side, end));
    const isKept = getComputedStyle(code).getPropertyValue("--leader-election-kept");
    const fence = { block, text, kept: isKept && block.getBoundingClientRect().height, tries: 0 };
    figure.fence = fence;
    Object.assign(element.style, { marginTop, marginBottom, height: heightIn(fence) });
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
      element.style.height = heightIn(fence);
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
