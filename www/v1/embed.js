// Live leader-election figures in any page: <script src="…/v1/embed.js" defer></script>, and then
// <leader-election preset="bully-figure" style="display:block;height:420px"></leader-election> or a fenced
// block of the language `leader-election`. docs/src/embedding.md tells it to authors, embed.d.ts has the types,
// embed.css keeps the place until this file has come. A figure is a poster until it comes near; then it is a frame
// with the player in it, and typed messages over a port. What a script says is for the player to read.
// Times are microseconds in messages and seconds in everything that a page sees.
(() => {
  "use strict";
  const NAME = "leader-election";
  // Where a page is made on a server there is nothing to do; whoever comes first stays.
  if (typeof document === "undefined" || typeof customElements === "undefined" || customElements.get(NAME)) return;

  const PROTOCOL = 1;
  const MOST_LIVE = 6; // frames at once
  const PATIENCE = { hello: 20_000, answer: 10_000, load: 60_000 }; // milliseconds; a run may have two million events
  const STALE = 250; // no clock runs on by itself for longer, in milliseconds
  const MOST_KIB = 1024; // of a file, as the player has it
  const MOST_LISTED = 10_000; // leaders or expectations in a notice
  const SERVE = "Serve the folder and open it by http: python3 -m http.server";
  const SOURCES = ["src", "scenario", "preset"];
  // What a frame reads in its address.
  // From src/scenario/figure.rs; `UPDATE=1 cargo test figure_options` writes the list anew.
  const OPTIONS = ["start-at", "end-at", "speed", "view", "theme", "controls", "heading", "skip-quiet", "autoplay", "loop", "readonly"];
  // The end of the list.
  const LOOKS = ["poster", "poster-dark", "aria-label", "title"];
  // What a live figure follows, with the command for it; for any other option it needs another frame.
  const FOLLOWED = { loop: "loop", "skip-quiet": "skipQuiet", autoplay: null, theme: null };
  const FRAMED = [...OPTIONS.filter((name) => !(name in FOLLOWED)), "player"];

  const urlOf = (text, base) => {
    try { return new URL(text, base); } catch { return null; }
  };
  // A module has no `currentScript`, and one that another module imports has no tag.
  const own = document.currentScript?.src || new Error().stack?.match(/[\w-]+:\/\/[^\s()]*?\/embed\.js/)?.[0]
    || document.querySelector('script[src*="/v1/embed.js"]')?.src;
  const PLAYER = own && new URL("..", own).href;

  const figures = new Set(); // in the page
  const live = new Set(); // with a frame
  const inside = new WeakMap(); // of an element, its figure
  const make = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  // Once, at the end of the task, however often it is asked for.
  const later = (run) => {
    let isDue = false;
    return () => {
      if (!isDue) queueMicrotask(() => run((isDue = false)));
      isDue = true;
    };
  };

  // A sheet that is made so needs no `style-src` of the page. The colours are those of www/style.css.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; height: 420px; break-inside: avoid; }
    :host(:not([style])) { margin: 1em 0; }
    .all { display: flex; flex-direction: column; height: 100%; text-align: start; font: 400 13px/20px
      var(--leader-election-font, -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", system-ui, sans-serif); }
    .light { --ground: #FFFFFF; --ink: #16191D; --quiet-ink: #616972; --line: #B9BDB9; color-scheme: light; }
    .dark { --ground: #15181B; --ink: #ECEEF0; --quiet-ink: #8D959F; --line: #4A5058; color-scheme: dark; }
    .view { position: relative; flex: 1; min-height: 0; }
    .view > * { position: absolute; inset: 0; box-sizing: border-box; width: 100%; height: 100%; }
    .poster, .note, .text { border: 1px solid var(--leader-election-line, var(--line)); border-radius: 8px;
      color: var(--leader-election-ink, var(--ink)); background-color: var(--leader-election-ground, var(--ground)); }
    .probe { display: none; color: var(--leader-election-ink); background-color: var(--leader-election-ground);
      outline-color: var(--leader-election-quiet-ink); column-rule-color: var(--leader-election-line);
      font-family: var(--leader-election-font); }
    .poster { padding: 40px 12px 98px; overflow: hidden; }
    .poster > *, ::slotted(*) { display: block !important; width: 100% !important; height: 100% !important;
      max-width: none !important; margin: 0 !important; object-fit: contain; }
    .poster > .calm, .note { display: grid !important; place-content: center; text-align: center; overflow-wrap: anywhere; }
    .calm { font-size: 15px; font-weight: 600; }
    .note { gap: 8px; padding: 20px; overflow: auto; }
    .note p { margin: 0; max-width: 34rem; font-size: 16px; }
    iframe { height: round(down, 100%, 1px); border: 0; border-radius: 8px; background: none; }
    iframe.coming { opacity: 0; }
    a, button { color: inherit; font: inherit; font-weight: 500; }
    button { border: 0; background: none; cursor: pointer; }
    .start { display: grid; place-content: end center; padding: 0 0 16px; }
    .script { align-self: start; height: 28px; padding: 0 4px; color: var(--leader-election-quiet-ink, var(--quiet-ink)); font-size: 12px; }
    .script::before { content: "▸ "; content: "▸ " / ""; }
    .script[aria-expanded="true"]::before { content: "▾ "; content: "▾ " / ""; }
    .text { flex: 0 1 auto; max-height: 45%; margin: 8px 0 0; padding: 12px; overflow: auto; box-sizing: border-box;
      font: 400 13px/22px ui-monospace, Menlo, Consolas, monospace; }
    :focus-visible { outline: 2.5px solid var(--leader-election-ink, var(--ink)); outline-offset: 2px; }
    :host([hidden]), .all [hidden] { display: none !important; }
    @media print {
      .all { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      .start, .script, .pictured iframe, :host([data-print]) .view { display: none; }
      .pictured .poster { display: block !important; padding: 12px; }
      :host([data-print="text"]) { height: auto !important; max-height: none !important; }
      :host([data-print="block"]) { display: none !important; }
      :host([data-print]) .text { max-height: none; white-space: pre-wrap; }
    }`);

  // ---- Who has a frame

  // From the box to the window, in pixels; 0 is in sight.
  const distance = ({ element }) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return Math.max(0, top - innerHeight, -bottom) + Math.max(0, left - innerWidth, -right);
  };
  const playSeen = () => figures.forEach((figure) => figure.playSeen());
  const observer = (note, options) =>
    new IntersectionObserver((entries) => {
      for (const entry of entries) note(inside.get(entry.target), entry);
      arrange();
      playSeen();
    }, options);
  // Where both margins are known, they would add up.
  const margin = "scrollMargin" in IntersectionObserver.prototype ? "scrollMargin" : "rootMargin";
  const near = observer((figure, { isIntersecting }) => (figure.isNear = isIntersecting), { [margin]: "100%" });
  // What plays by itself begins when half of it is there, or when it fills half of the window.
  const seen = observer((figure, { isIntersecting, intersectionRatio, intersectionRect, rootBounds }) => {
    const fills = intersectionRect.height >= (rootBounds?.height ?? innerHeight) / 2;
    figure.isSeen = isIntersecting && (intersectionRatio >= 0.5 || fills);
  }, { threshold: [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1] });
  // Some makers of slides hide all but one of them where they stand, which no observer tells.
  const SHOWN = { visibilityProperty: true, opacityProperty: true, checkVisibilityCSS: true, checkOpacity: true };
  const isShown = (element) => element.checkVisibility?.(SHOWN) ?? true;
  const lessMotion = matchMedia("(prefers-reduced-motion: reduce)");

  // Gives the places to who is asked something, then to the nearest. Who is in sight keeps its own
  // unless a script or a press asks for another.
  const arrange = () => {
    for (const { start } of figures) start.hidden = true;
    const waiting = [...figures].filter((figure) => figure.waits());
    const far = new Map(waiting.map((figure) => [figure, figure.isCalled() ? -1 : distance(figure)]));
    for (const figure of waiting.sort((a, b) => far.get(a) - far.get(b))) {
      const idle = live.size < MOST_LIVE ? [] : [...live].filter((other) => !other.isBusy());
      const [[there, other] = [-1]] = idle.map((other) => [distance(other), other]).sort(([a], [b]) => b - a);
      if (there > far.get(figure)) other.rest();
      if (live.size < MOST_LIVE) figure.enter();
      else figure.start.hidden = false;
    }
  };

  // ---- Light or dark, as it is behind a figure

  const parentOf = (node) => node.parentElement ?? node.getRootNode().host;
  const ancestors = function* (node) {
    for (; node; node = parentOf(node)) yield node;
  };
  const isDark = (ground) => {
    for (const node of ancestors(ground)) {
      const light = lightness(getComputedStyle(node).backgroundColor);
      if (light !== null) return light < 0.18;
    }
    // Nobody paints: the browser does, and text that was left to it is light on dark.
    return lightness(getComputedStyle(document.documentElement).color) > 0.5;
  };
  // Red, green, blue and alpha of a computed colour, from 0 to 255. What is not `rgb(…)` is painted and read.
  const bytesOf = (colour) => {
    const [red, green, blue, alpha = 1] = colour.startsWith("rgb") ? colour.match(/[\d.]+/g).map(Number) : [];
    if (blue !== undefined) return [red, green, blue, alpha * 255];
    pen ??= make("canvas", { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return pen.getImageData(0, 0, 1, 1).data;
  };
  let pen;
  const hexOf = (byte) => Math.round(byte).toString(16).padStart(2, "0");
  // Relative luminance from 0 to 1; null where it lets through what is behind it.
  const lightness = (colour) => {
    const [red, green, blue, alpha] = bytesOf(colour);
    const linear = (byte) => (byte / 255) ** 2.2;
    return alpha < 127 ? null : 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  };
  // The colours that a page sets: the name of each, and the property of `.probe` that has it.
  const COLOURS = {
    ground: ["ground", "backgroundColor"], ink: ["ink", "color"], quietInk: ["quiet-ink", "outlineColor"],
    line: ["line", "columnRuleColor"],
  };
  const retheme = () => figures.forEach((figure) => figure.retheme());
  const attired = new MutationObserver((records) => {
    if (records.some(({ attributeName }) => /^(class|style|data-.*)$/.test(attributeName))) retheme();
    playSeen();
  });
  // For all that came and went in this task.
  const watch = later(() => {
    attired.disconnect();
    const around = [...figures].flatMap(({ element }) => [...ancestors(element)]);
    for (const node of new Set(around)) attired.observe(node, { attributes: true });
    retheme();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", retheme);
  addEventListener("load", retheme); // by then every style sheet is there
  // A background that fades shows its new colour at the end, and so does a slide.
  document.addEventListener("transitionend", ({ target, propertyName }) => {
    if (![...figures].some(({ element }) => target.contains?.(element))) return;
    if (propertyName.startsWith("background")) retheme();
    playSeen();
  });
  // A frame that is not there cannot be printed; the author's text can.
  addEventListener("beforeprint", () => figures.forEach((figure) => figure.print(true)));
  addEventListener("afterprint", () => figures.forEach((figure) => figure.print(false)));

  // ---- What frames say

  const isHello = (data) => data?.hustings === "hello" && Number.isInteger(data.protocol) && data.protocol >= 1;
  addEventListener("message", ({ data, source }) => {
    const figure = source && [...live].find(({ frame }) => frame.contentWindow === source);
    if (figure && isHello(data)) figure.greet();
    else for (const other of figure ? [figure] : data?.hustings ? live : []) other.ignored += 1;
  });
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    for (const figure of [...live].filter(({ port }) => !port && effectiveDirective === "frame-src")) {
      const { origin } = new URL(figure.player());
      const why = `The Content-Security-Policy of this page keeps the figure out: frame-src needs ${origin}.`;
      if (blockedURI.startsWith(origin)) figure.fail(why);
    }
  });

  // Whoever made the frame may say anything, so what it says is read field by field.
  const isText = (value) => typeof value === "string";
  const isFlag = (value) => typeof value === "boolean";
  const isTime = (value) => Number.isFinite(value) && value >= 0;
  const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
  const orNull = (is) => (value) => value === null || is(value);
  // Where a list has holes, `every` would pass over them.
  const isAll = (is) => (value) => Array.isArray(value) && value.length <= MOST_LISTED && Array.from(value).every(is);
  const FIELDS = {
    atUs: isTime, endUs: isTime, speedUs: isTime, isPlaying: isFlag, changed: isFlag, holds: isFlag, shift: isFlag,
    algorithm: isText, group: isText, key: isText, reason: isText, text: isText, title: orNull(isText),
    kept: isCount, total: isCount, line: orNull(isCount), height: orNull(isCount), leaders: isAll(isCount),
    expectations: isAll((one) => read(JUDGED, one)),
  };
  const JUDGED = "text holds atUs reason line";
  // What notices have, by their kind; `?` is after what may be left out.
  const NOTICES = {
    __proto__: null,
    ready: "atUs endUs speedUs isPlaying title algorithm height?",
    play: "atUs speedUs?", pause: "atUs", timeupdate: "atUs", ended: "atUs",
    leaderchange: "atUs group leaders", splitbrain: "atUs group leaders",
    verdict: "holds kept total expectations", changed: "changed endUs?", error: "text line", key: "key shift",
  };
  // The fields of a shape, and nothing else; null where one of them is not so.
  const read = (shape, from) => {
    const fields = shape.split(" ").map((name) => [name.replace("?", ""), from?.[name.replace("?", "")], name.endsWith("?")]);
    if (!fields.every(([name, value, isOptional]) => (isOptional && value === undefined) || FIELDS[name](value))) return null;
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  };
  // What commands are answered with, where that is not nothing.
  const ANSWERS = { link: isText, report: (value) => typeof value === "object" && value !== null };
  // As a page sees a notice: seconds, and `paused` as media elements have it.
  const seconds = (us) => us / 1e6;
  const SEEN = {
    atUs: (us) => ["time", seconds(us)],
    endUs: (us) => ["duration", seconds(us)],
    speedUs: (us) => ["speed", seconds(us)],
    isPlaying: (isPlaying) => ["paused", !isPlaying],
    expectations: (all) => ["expectations", all.map((one) => detailOf(read(JUDGED, one)))],
  };
  const detailOf = (notice) => Object.fromEntries(Object.entries(notice).map(([name, value]) => SEEN[name]?.(value) ?? [name, value]));
  // Keys that a figure leaves to the page, and their numbers, by which makers of slides know them.
  const NAMES = ["Escape", "PageUp", "PageDown", "End", "Home", "ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"];
  const numberOf = (key) => [27, 33, 34, 35, 36, 37, 38, 39, 40][NAMES.indexOf(key)];

  // ---- A figure

  class Figure {
    // Unset at first are: isIn (the page; false once it was), isNear, isSeen (by half), isDue (to play by itself once
    // it is seen), isHushed (paused because it was hidden), isWanted (by a press), isReady (for commands), failure (why
    // there is no frame), frame, port, given (what `load` has put in the place of what the author wrote), named (what
    // the player calls it), resume ({ at, isPlaying } of a frame that comes back), and fence (the author's block that
    // it stands for: { block, text, kept, tries }).
    ignored = 0; // messages that are not of the protocol
    waiting = []; // commands without an answer; those with an `id` are sent
    count = 0; // of commands
    leading = new Map(); // by the name of a group, who leads it
    now = { at: 0, since: 0, isPlaying: false, end: NaN, speed: 50_000 }; // microseconds; `since` in ms
    changes = new Set(); // names of attributes, and `content`
    refused = {}; // by the name of a custom property, what was said of its value

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
      this.probe = make("span", { class: "probe" });
      this.all = make("div", { class: "all" }, this.view, this.text, this.script, this.probe);
      const root = element.attachShadow({ mode: "open", slotAssignment: "manual" });
      root.adoptedStyleSheets = [sheet];
      root.append(this.all);
      this.start.addEventListener("click", () => arrange((this.isWanted = true)));
      this.script.addEventListener("click", () => this.unfold(this.script.getAttribute("aria-expanded") === "false"));
      this.content = new MutationObserver(() => this.change("content"));
    }

    connect() {
      this.isIn = true;
      figures.add(this);
      this.authored = JSON.stringify(this.written());
      this.content.observe(this.element, { childList: true, characterData: true, subtree: true });
      this.retheme();
      this.draw();
      for (const observer of [near, seen]) observer.observe(this.element);
      watch();
    }
    // Who is only moved comes back within the task, and goes on where it was.
    disconnect() {
      this.isIn = this.isNear = false;
      figures.delete(this);
      for (const observer of [near, seen]) observer.unobserve(this.element);
      this.content.disconnect();
      watch();
      this.rest();
      queueMicrotask(() => this.isIn || this.refuse("the figure was taken out of the page"));
    }

    attribute = (name) => this.element.getAttribute(name);
    isOn = (name) => /^(|1|true)$/.test(this.attribute(name) ?? "no");
    // The folder of the player; null where nobody can know it.
    player() {
      const asked = this.attribute("player");
      const url = asked === null ? urlOf(PLAYER) : urlOf(asked, document.baseURI);
      if (!url || !/^(https?|file):$/.test(url.protocol)) return null;
      url.search = url.hash = "";
      if (!/\/$|\.html?$/.test(url.pathname)) url.pathname += "/";
      return url.href;
    }
    // What the author wants to be played: { src }, { fragment } or { text }; null if nothing is there yet.
    written() {
      const [src, scenario, preset] = SOURCES.map((name) => this.attribute(name)?.trim());
      if (src) return { src };
      if (scenario) return { fragment: scenario.replace(/^[^#]*#/, "").replace(/^[^/]*$/, "1/$&") };
      if (preset) return { fragment: `preset/${preset}`, preset };
      if (this.fence) return { text: this.fence.text };
      const text = plain(this.element.querySelector('script[type="text/plain"], pre') ?? this.element);
      return text.trim() ? { text } : null;
    }
    source = () => (this.given === undefined ? this.written() : { text: this.given });
    // The author's name for it, else the player's once it is ready, else a caption beside its text.
    title() {
      const { preset } = this.source() ?? {};
      const caption = (this.fence?.block ?? this.element).querySelector("figcaption")?.textContent.trim();
      const name = this.attribute("aria-label") || this.attribute("title") || this.named || caption;
      return name || `Leader election${preset ? `: ${preset}` : ""}`;
    }

    // The poster: of the attributes, else the author's picture, else the preset's, else the title.
    draw() {
      const { preset = "" } = this.source() ?? {};
      const isDark = this.style.theme === "dark";
      const picture = [...this.element.children].find((child) => child.matches("svg, img, picture"));
      // It shows an instant of its own, and there are two: not every browser tells a picture how its page is.
      const isTheirs = /^[\w-]+$/.test(preset) && !picture && this.attribute("start-at") === null && this.player();
      const ours = isTheirs && `${this.player()}v1/posters/${preset}${isDark ? "-dark" : ""}.svg`;
      const address = (isDark && this.attribute("poster-dark")) || (this.attribute("poster") ?? ours);
      const show = (node, isPicture = true) => {
        this.all.classList.toggle("pictured", isPicture);
        this.poster.replaceChildren(node);
      };
      const calm = () => show(make("p", { class: "calm" }, this.title()), false);
      this.script.hidden = !this.fence;
      if (address) {
        const img = make("img", { alt: this.title(), decoding: "async", src: address });
        img.addEventListener("error", calm);
        show(img);
      } else if (picture) {
        // A `<picture>` is a box around what has to fit.
        const fitted = picture.matches("picture") && picture.querySelector("img");
        if (fitted) Object.assign(fitted.style, { width: "100%", height: "100%", objectFit: "contain" });
        show(this.slot);
        this.slot.assign(picture);
      } else calm();
    }
    // On paper there is the poster, else the frame, else the author's text.
    print(isPrinting) {
      const text = this.source()?.text;
      const hasOther = this.failure || this.all.matches(".pictured") || this.frame?.matches(":not(.coming)");
      if (isPrinting ? !text || hasOther : this.attribute("data-print") === null) return;
      if (isPrinting) this.element.setAttribute("data-print", this.fence ? "block" : "text");
      else this.element.removeAttribute("data-print");
      if (this.fence) this.unfold(isPrinting);
      else this.reveal(isPrinting && text);
    }
    // The colours and the font that the page sets, as the player takes them: no CSS of the page enters the frame.
    hostStyle() {
      const style = getComputedStyle(this.probe);
      const valueOf = (name) => style.getPropertyValue(`--leader-election-${name}`).trim();
      const colours = {};
      for (const [field, [name, property]] of Object.entries(COLOURS)) {
        const value = valueOf(name);
        const [red, green, blue, alpha] = bytesOf(style[property]);
        const isColour = CSS.supports("color", value) && alpha === 255;
        if (value && !isColour) this.refuseStyle(name, value, "no opaque colour");
        else if (value) colours[field] = `#${[red, green, blue].map(hexOf).join("")}`;
      }
      const value = valueOf("font");
      const font = value && style.fontFamily;
      const isFont = CSS.supports("font-family", value) && /^[\p{L}\p{N}"' ,._-]{1,500}$/u.test(font);
      if (value && !isFont) this.refuseStyle("font", value, "no list of font families");
      return { ...colours, ...(value && isFont && { font }) };
    }
    refuseStyle(name, value, why) {
      const text = `--leader-election-${name} is ignored: "${value.slice(0, 80)}" is ${why}.`;
      if (this.refused[name] !== text) this.complain((this.refused[name] = text));
    }
    retheme() {
      const asked = this.attribute("theme");
      const own = this.hostStyle();
      const theme = ["light", "dark"].includes(asked) ? asked : isDark(own.ground ? this.probe : parentOf(this.element)) ? "dark" : "light";
      const style = { theme, ...own };
      if (JSON.stringify(style) === JSON.stringify(this.style)) return;
      const isOther = theme !== this.style?.theme;
      this.style = style;
      if (this.port) this.say({ kind: "theme", ...style });
      if (!isOther) return;
      // The poster and the frame inherit its `color-scheme`.
      this.all.classList.remove("light", "dark");
      this.all.classList.add(theme);
      if (this.isIn && this.poster.querySelector("img")) this.draw();
    }

    // What changes in one task is followed once.
    change = (name) => this.isIn && this.follow(this.changes.add(name));
    follow = later(() => {
      const { changes } = this;
      const has = (...names) => names.some((name) => changes.has(name));
      this.changes = new Set();
      if (!this.isIn) return;
      const authored = JSON.stringify(this.written());
      const isOther = authored !== this.authored;
      if (isOther) this.given = this.named = undefined;
      if (isOther || has(...FRAMED)) {
        this.authored = authored;
        this.forgive();
        this.fetching?.abort();
        // What a frame reads at its start needs another frame.
        if (has(...FRAMED) || !this.source()) this.rest();
        this.resume = null;
        if (this.port) this.begin();
      }
      for (const [name, kind] of Object.entries(FOLLOWED)) {
        if (kind && has(name) && this.port) this.say({ kind, on: this.element[kind] });
      }
      if (has("autoplay")) this.isDue = this.isReady && this.plays();
      this.playSeen();
      if (has("theme")) this.retheme();
      if (isOther || has("content", ...LOOKS)) this.draw();
      if (this.frame) this.frame.title = this.title();
      arrange();
    });

    plays = () => this.isOn("autoplay") && !lessMotion.matches;
    playSeen() {
      if (!this.isReady || !this.port) return;
      const { isPlaying } = this.now;
      const isVisible = isShown(this.element);
      if (isPlaying && !isVisible) {
        this.isHushed = true;
        this.say({ kind: "pause" });
      } else if (isVisible && (this.isHushed || (this.isDue && this.isSeen))) {
        this.isDue = this.isHushed = false;
        if (!isPlaying) this.say({ kind: "play" });
      }
    }

    // ---- Its frame

    isCalled = () => this.isWanted || this.waiting.some(({ id }) => !id);
    isBusy = () => this.waiting.some(({ isPublic }) => isPublic);
    waits = () => !this.frame && !this.failure && (this.isCalled() || this.isNear) && isWhole(this.element);
    // Why it cannot have one.
    hindrance() {
      if (!this.player()) return "The player is not known: the attribute player names the folder of Hustings.";
      if (this.player().startsWith("file:")) return `Browsers play no figures from files. ${SERVE}.`;
      if (this.source() || this.isBusy()) return null;
      return "There is no scenario yet: src, scenario or preset names one, or it stands inside as text.";
    }
    enter() {
      this.isWanted = false;
      if (this.hindrance()) return this.fail(this.hindrance());
      const url = new URL(this.player());
      const ask = (name, value) => url.searchParams.set(name, value || "1");
      ask("embed");
      for (const name of OPTIONS) {
        const value = this.attribute(name);
        // When it plays by itself is known here; what it cannot be is said there.
        if (value !== null && !(name === "autoplay" && /^(|0|1|false|true)$/.test(value))) ask(name, value);
      }
      if ((this.attribute("theme") || "auto") === "auto") ask("theme", this.style.theme);
      this.opened = this.source()?.fragment;
      if (this.opened) url.hash = this.opened;
      else ask("host");
      // It has its address before it is in the page, so that it makes no entry in the page's history.
      const asked = { allow: "clipboard-write; fullscreen", referrerpolicy: "no-referrer", src: url.href };
      this.frame = make("iframe", { class: "coming", title: this.title(), ...asked });
      live.add(this);
      this.view.append(this.frame);
      this.timer = setTimeout(() => this.fail("The figure could not be loaded."), PATIENCE.hello);
    }
    // Back to the poster. What a visitor has changed is lost, the instant is not.
    rest() {
      if (!this.frame) return;
      this.keep();
      clearTimeout(this.timer);
      this.fetching?.abort();
      this.port?.postMessage({ id: (this.count += 1), command: { kind: "dispose" } });
      this.port?.close();
      this.frame.remove();
      this.port = this.frame = null;
      this.poster.hidden = false;
      if (this.poster.querySelector(".calm")) this.draw();
      live.delete(this);
      queueMicrotask(arrange);
    }
    // What was not answered is asked again where it goes on.
    keep() {
      if (this.isReady) this.resume = { at: this.at(), isPlaying: this.now.isPlaying };
      this.now = { ...this.now, ...this.resume, isPlaying: false };
      this.isReady = false;
      this.waiting = this.waiting.filter(({ isPublic }) => isPublic);
      for (const one of this.waiting) one.id = null;
      this.attend();
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
      this.timer = setTimeout(() => this.flush(), PATIENCE.answer);
      this.say({ kind: "theme", ...this.style });
      this.begin();
    }
    // Sends the scenario, unless it was in the address.
    async begin() {
      const { port } = this;
      const source = this.source();
      if (!source) return this.flush();
      if (source.fragment && source.fragment === this.opened) return;
      this.opened = this.hasComplained = null;
      const text = source.src ? await this.fetch(source.src) : (source.text ?? `#${source.fragment}`);
      if (text === null) return;
      try {
        await this.ask({ kind: "load", text, ...(this.given !== undefined && { alone: true }) });
      } catch ({ message }) {
        // The figure says it, and shows the script that it could not read.
        if (port === this.port && !this.hasComplained) this.complain(message);
      }
      if (port === this.port) this.flush();
    }
    // Asked for by the page, so its policy and the other site's sharing decide; null where it fails or is given up.
    async fetch(src) {
      this.fetching?.abort();
      const { signal } = (this.fetching = new AbortController());
      const url = urlOf(src, document.baseURI);
      const answer = url && (await fetch(url, { signal }).catch(() => null));
      const text = await answer?.text().catch(() => null);
      if (signal.aborted) return null;
      let why = text?.length > MOST_KIB * 1024 && `has over ${MOST_KIB} KiB`;
      if (!url) why = "is no address";
      else if (!answer && url.protocol === "file:") why = `is a file, and pages read none. ${SERVE}`;
      else if (!answer || text === null) why = "does not answer, or not to this page (CORS, connect-src)";
      else if (!answer.ok) why = `answers ${answer.status}`;
      if (why) this.fail(`The scenario could not be fetched: ${src} ${why}.`);
      return why ? null : text;
    }
    // The first picture is there, and somebody to do what was asked for.
    flush() {
      clearTimeout(this.timer);
      this.frame.classList.remove("coming");
      this.poster.hidden = this.isReady = true;
      for (const one of this.waiting.filter(({ id }) => !id)) this.send(one);
    }

    fail(text) {
      const source = this.source() ?? {};
      const fragment = source.fragment ? `#${source.fragment}` : "";
      const link = { href: this.player() + fragment, target: "_blank", rel: "noopener" };
      this.rest();
      this.failure = text;
      this.poster.hidden = this.start.hidden = true;
      this.note.hidden = false;
      this.note.replaceChildren(make("p", {}, text));
      if (this.player()) this.note.append(make("a", link, fragment ? "Open it on its own page" : "Open Hustings"));
      this.reveal(source.text);
      this.refuse(text);
      this.complain(text);
    }
    // For the page's script, and for whoever looks for what is wrong with it.
    complain(text, line = null) {
      console.error(`<${NAME}>: ${text}`, this.element);
      this.emit("error", { text, line });
    }
    forgive() {
      if (this.failure) this.poster.hidden = false;
      this.failure = null;
      this.note.hidden = this.text.hidden = true;
    }
    // The author's text, where the figure cannot play it.
    reveal(text) {
      if (this.fence) return this.unfold(true);
      this.text.textContent = text || "";
      this.text.hidden = !text;
    }
    // The author's block stands right behind the figure.
    unfold(isOpen) {
      if (isOpen) this.fence.block.style.removeProperty("display");
      else this.fence.block.style.setProperty("display", "none", "important");
      this.script.setAttribute("aria-expanded", isOpen);
    }

    // ---- Commands

    // For the page: waits until somebody can answer.
    async call(command) {
      const { kind } = command;
      const why = this.isIn === false ? "the figure was taken out of the page" : this.failure;
      if (why) throw new Error(`${kind}: ${why}`);
      if (kind === "pause") this.isDue = this.isHushed = false;
      const answer = new Promise((resolve, reject) => this.waiting.push({ command, resolve, reject, isPublic: true }));
      if (this.isReady) this.flush();
      else arrange();
      return answer;
    }
    // For a property: its refusal is an event.
    tell = (command) => void this.call(command).catch(({ message }) => this.complain(message));
    ask = (command) =>
      new Promise((resolve, reject) => {
        this.waiting.push({ command, resolve, reject });
        this.send(this.waiting.at(-1));
      });
    // Where a refusal changes nothing.
    say = (command) => void this.ask(command).catch(() => {});
    send(one) {
      one.id = this.count += 1;
      if (this.waiting.find(({ id }) => id) === one) this.attend();
      this.port?.postMessage({ id: one.id, command: one.command });
    }
    // Answers come in order, so the first who waits has the only clock, and all wait in vain with it.
    attend() {
      clearTimeout(this.clock);
      const first = this.waiting.find(({ id }) => id);
      const patience = PATIENCE[first?.command.kind] ?? PATIENCE.answer;
      const check = `Does ${this.player()} open by itself, in the version that this page was made for?`;
      const late = () => this.refuse(`no answer within ${patience / 1000} s. ${check}`, ({ id }) => id);
      this.clock = first && setTimeout(late, patience);
    }
    refuse(why, isMeant = () => true) {
      const refused = this.waiting.filter(isMeant);
      this.waiting = this.waiting.filter((one) => !isMeant(one));
      this.attend();
      for (const { reject, command } of refused) reject(new Error(`${command.kind}: ${why}`));
    }

    // ---- What it hears

    hear(data) {
      const at = this.waiting.findIndex(({ id }) => id && id === data?.answer);
      if (at >= 0) return this.settle(this.waiting.splice(at, 1)[0], data);
      const kind = data?.notice?.kind;
      const shape = isText(kind) && NOTICES[kind];
      const notice = shape && read(shape, data.notice);
      if (notice) this.heed(kind, notice);
      // A kind that is newer than this file is nobody's fault.
      else if (!isText(kind) || shape) this.ignored += 1;
    }
    settle({ command, resolve, reject }, { error, value }) {
      const { kind } = command;
      this.attend();
      if (!this.isBusy()) arrange();
      if (isText(error)) return reject(new Error(error));
      if (ANSWERS[kind]?.(value) === false) return reject(new Error(`${kind}: the player's answer cannot be read`));
      // An instant and a speed are known from here on, not only with the next notice.
      this.anchor(command);
      resolve(ANSWERS[kind] && value);
    }
    anchor({ atUs = this.at(), endUs = this.now.end, speedUs = this.now.speed, isPlaying = this.now.isPlaying }) {
      this.now = { at: Math.min(atUs, endUs || Infinity), since: performance.now(), isPlaying, end: endUs, speed: speedUs };
    }
    heed(kind, notice) {
      if (kind === "key") return this.pass(notice);
      const isCommanded = this.waiting.some(({ id, isPublic, command }) => id && isPublic && command.kind === "load");
      this.anchor({ isPlaying: { play: true, pause: false, ended: false }[kind], ...notice });
      if (kind === "ready") this.welcome(notice);
      if (kind === "leaderchange") this.leading.set(notice.group, notice.leaders);
      if (kind === "error") {
        this.hasComplained = true;
        // Nothing was loaded by us, so nothing more will come.
        if (this.opened && !this.isReady) this.flush();
        // Whoever asked for it is told by a promise.
        if (!isCommanded) return this.complain(notice.text, notice.line);
      }
      this.emit(kind, detailOf(notice));
      if (kind === "ready") this.playSeen();
    }
    // Its scenario is there. Who comes back goes on as it was left.
    welcome({ title, height, isPlaying }) {
      const { resume } = this;
      this.resume = null;
      this.leading.clear();
      this.named = title;
      this.frame.title = this.title();
      if (this.fence && this.given === undefined) this.element.style.height = heightOf(this.fence, height);
      if (resume) {
        this.now.at = resume.at;
        this.say({ kind: "seek", atUs: resume.at });
        if (resume.isPlaying) this.say({ kind: "play" });
      } else this.isDue = !isPlaying && this.plays();
      this.flush();
    }
    // A key that was pressed in the frame, for whoever listens in the page: slides turn by it.
    pass({ key, shift }) {
      const keyCode = numberOf(key);
      // While the focus is in its frame, an element is active but does not match `:focus-within`.
      if (!keyCode || this.element.getRootNode().activeElement !== this.element) return;
      const pressed = { key, code: key, keyCode, which: keyCode, shiftKey: shift, bubbles: true, cancelable: true, composed: true };
      this.element.dispatchEvent(new KeyboardEvent("keydown", pressed));
    }
    // An error stays with the figure: on its way up it would look like one of the page's scripts.
    emit(name, detail) {
      this.element.dispatchEvent(new CustomEvent(name, { bubbles: name !== "error", detail }));
    }
    // In microseconds.
    at() {
      const { at, since, isPlaying, end, speed } = this.now;
      const passed = isPlaying ? Math.min(performance.now() - since, STALE) / 1000 : 0;
      return Math.min(Math.round(at + passed * speed), end || Infinity);
    }
  }

  // ---- The element: what a page may use of it

  const micros = (name, value, least = 0) => {
    if (typeof value === "number" && value >= least && value < Infinity) return Math.round(value * 1e6);
    throw new RangeError(`${name}: ${value} is no number of seconds`);
  };
  // An attribute without a value is on; a framework sets the property to that.
  const isSetOn = (value) => value === "" || Boolean(value);

  class LeaderElection extends HTMLElement {
    static observedAttributes = [...SOURCES, ...OPTIONS, ...LOOKS, "player"];
    #figure = new Figure(this);

    connectedCallback() {
      this.#figure.connect();
      // What was set before this file came.
      for (const name of ["speed", "currentTime", "src", "loop", "skipQuiet"].filter((name) => Object.hasOwn(this, name))) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    disconnectedCallback() { this.#figure.disconnect(); }
    // Moved by `moveBefore`, which keeps the frame.
    connectedMoveCallback() { watch(); }
    attributeChangedCallback(name) { this.#figure.change(name); }

    play() { return this.#figure.call({ kind: "play" }); }
    pause() { return this.#figure.call({ kind: "pause" }); }
    report() { return this.#figure.call({ kind: "report" }); }
    async seek(time) { return this.#figure.call({ kind: "seek", atUs: micros("seek", time) }); }
    async pauseAt(time) { return this.#figure.call({ kind: "pauseAt", atUs: micros("pauseAt", time) }); }
    async step(by = 1) {
      if (!Number.isInteger(by)) throw new RangeError(`step: ${by} is no whole number`);
      return this.#figure.call({ kind: "step", by });
    }
    async load(scenario) {
      const text = typeof scenario === "string" ? scenario : JSON.stringify(scenario);
      await this.#figure.call({ kind: "load", text, alone: true });
      this.#figure.given = text;
    }
    async toLink() {
      const fragment = await this.#figure.call({ kind: "link" });
      return `${this.#figure.player()}#${fragment.replace(/^#/, "")}`;
    }

    get currentTime() { return seconds(this.#figure.at()); }
    set currentTime(time) { this.#figure.tell({ kind: "seek", atUs: micros("currentTime", time) }); }
    get duration() { return seconds(this.#figure.now.end); }
    get paused() { return !this.#figure.now.isPlaying; }
    get ended() { return this.paused && this.duration > 0 && this.currentTime >= this.duration; }
    get ignored() { return this.#figure.ignored; }
    // Of the first group, where there are several.
    get leaders() { return [...this.#figure.leading.values()].slice(0, 1).flat(); }
    get src() { return this.getAttribute("src") ?? ""; }
    set src(src) { this.setAttribute("src", src); }
    get loop() { return this.#figure.isOn("loop"); }
    set loop(isOn) { this.toggleAttribute("loop", isSetOn(isOn)); }
    get skipQuiet() { return !this.hasAttribute("skip-quiet") || this.#figure.isOn("skip-quiet"); }
    set skipQuiet(isOn) { this.setAttribute("skip-quiet", isSetOn(isOn)); }
    get speed() { return seconds(this.#figure.now.speed); }
    // A framework that finds the property sets it where it means the attribute, as text.
    set speed(speed) {
      if (typeof speed === "string") this.setAttribute("speed", speed);
      else this.#figure.tell({ kind: "speed", speedUs: micros("speed", speed, 1e-6) });
    }
  }

  // ---- Fenced blocks, as the makers of sites write them

  const FENCES = `pre.${NAME}, pre[data-language="${NAME}"], .highlight-${NAME}, [class~="language-${NAME}"]`;
  const AROUND = ".highlight, .highlighter-rouge, .highlighttable, .code-toolbar, .expressive-code, .expressive-code > .frame";
  // Around the lines, and what stands in an element beside its script.
  const CLUTTER = "button, figcaption, .copy, .ln, .lineno, .linenos, .gutter, .rouge-gutter, .line-numbers-rows, " +
    "[aria-hidden=true], script:not([type='text/plain']), style, template, svg, img, picture, iframe";
  const HEIGHT = 420; // of a figure, and
  const SCRIPT_LINE = 28; // of the button under it, in pixels
  const fences = new Map(); // of a block, its figure
  // As the script asks for, once the player has told; else the place that embed.css keeps.
  const heightOf = ({ kept }, asked) => {
    const height = Math.min(Math.max(asked ?? HEIGHT, 120), 2000);
    return `${(height === HEIGHT && kept) || height + SCRIPT_LINE}px`;
  };
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
    const isAround = (node) => node.matches(FENCES) || (node.matches(AROUND) && !node.querySelector("p, h1, h2, h3, li"));
    return [...ancestors(pre.parentElement)].filter(isAround).pop() ?? pre;
  };
  // While the page is parsed: something follows, so its end is there.
  const isWhole = (node) => document.readyState !== "loading" || [...ancestors(node)].some(({ nextSibling }) => nextSibling);

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
    const isOpen = style.display === "block" && style.overflowY === "visible";
    const joins = child && isOpen && !parseFloat(style[`padding${side}`]) && !parseFloat(style[`border${side}Width`]);
    return Math.max(parseFloat(style[`margin${side}`]), joins ? marginOf(child, side, end) : 0);
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
    const [marginTop, marginBottom] = [["Top", "first"], ["Bottom", "last"]].map((at) => `${marginOf(block, ...at)}px`);
    const isKept = getComputedStyle(code).getPropertyValue("--leader-election-kept");
    figure.fence = { block, text, kept: isKept && block.getBoundingClientRect().height, tries: 0 };
    Object.assign(element.style, { marginTop, marginBottom, height: heightOf(figure.fence) });
    figure.unfold(false);
    if (element === before) figure.change("content");
    else block.before(element);
  };
  // The block stays the site's: it is never moved, only hidden. So a site that draws its pages anew
  // may remove it, change it, or sweep the figure away while it compares the page with what it sent.
  const tend = (records, block, { element, fence }) => {
    if (!block.isConnected) return element.remove(fences.delete(block));
    const isSwept = block.previousElementSibling !== element;
    if (isSwept && (fence.tries += 1) <= 3) block.before(element);
    else if (isSwept) inside.get(element).unfold(true);
    if (!records.some(({ target }) => block.contains(target))) return;
    fence.text = plain(codeOf(block));
    inside.get(element).change("content");
  };
  const brings = ({ addedNodes }) => [...addedNodes].some((node) => node.nodeType === 1 && (node.matches(FENCES) || node.querySelector(FENCES)));

  customElements.define(NAME, LeaderElection);
  scan();
  document.addEventListener("DOMContentLoaded", () => arrange(scan()));
  new MutationObserver((records) => {
    for (const [block, figure] of fences) tend(records, block, figure);
    if (document.readyState === "loading" || records.some(brings)) scan();
  }).observe(document, { childList: true, subtree: true });
})();
