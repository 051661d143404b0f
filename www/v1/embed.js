// The element <leader-election>, and fenced blocks of the language `leader-election` as figures: see
// docs/src/embedding.md. A figure is a poster until it is near the visible part of the page; then it is a frame
// with the player, which exchanges typed messages over a port. Only the player parses scripts. Times are
// microseconds in messages, and seconds in everything that a page sees.
(() => {
  "use strict";
  const NAME = "leader-election";
  // On a server there is nothing to do; if a page loads this file several times, the first one counts.
  if (typeof document === "undefined" || !globalThis.customElements || customElements.get(NAME)) return;

  const PROTOCOL = 1;
  const MOST_LIVE = 6; // frames at once
  // Milliseconds. A run of two million events takes a while to load.
  const TIMEOUTS = { hello: 20_000, answer: 10_000, load: 60_000 };
  const STALE = 250; // milliseconds for which the clock runs on without a notification
  const MOST_KIB = 1024; // of a file: the player's limit
  const MOST_LISTED = 10_000; // leaders or expectations in a notification
  const SERVE = "Serve the folder and open it by http: python3 -m http.server";
  const SOURCES = ["src", "scenario", "preset"];
  // The options in the address of a frame.
  // From src/scenario/figure.rs; `UPDATE=1 cargo test figure_options` writes the list anew.
  const OPTIONS = ["start-at", "end-at", "speed", "view", "theme", "controls", "heading", "skip-quiet", "autoplay", "loop", "readonly"];
  // The end of the list.
  // The options that change in a live frame; any other needs another frame.
  const FOLLOWED = ["loop", "skip-quiet", "autoplay", "theme"];
  const FRAMED = ["player", ...OPTIONS.filter((name) => !FOLLOWED.includes(name))];

  const urlOf = (text) => {
    try { return new URL(text, document.baseURI); } catch { return null; }
  };
  // A module has no `currentScript`, and an imported one has no tag.
  const own = document.currentScript?.src || new Error().stack?.match(/[\w-]+:\/\/[^\s()]*?\/embed\.js/)?.[0]
    || document.querySelector('script[src*="/v1/embed.js"]')?.src;
  const PLAYER = own ? new URL("..", own).href : "about:blank";

  const figures = new Set(); // in the page
  const live = new Set(); // with a frame
  const inside = new WeakMap(); // the figure of an element
  const make = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  // Runs once, at the end of the task.
  const later = (run) => {
    let isDue = false;
    return () => {
      if (!isDue) queueMicrotask(() => run((isDue = false)));
      isDue = true;
    };
  };

  // A constructed sheet needs no `style-src` of the page. The colours are those of www/style.css.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; height: 420px; break-inside: avoid; }
    :host(:not([style])) { margin: 1em 0; }
    .all { --ground: #FFFFFF; --ink: #16191D; --quiet-ink: #616972; --line: #B9BDB9; color-scheme: light;
      display: flex; flex-direction: column; height: 100%; text-align: start;
      font: 400 13px/20px var(--leader-election-font,
        -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", system-ui, sans-serif); }
    .dark { --ground: #15181B; --ink: #ECEEF0; --quiet-ink: #8D959F; --line: #4A5058; color-scheme: dark; }
    .view { position: relative; flex: 1; min-height: 0; }
    .view > * { position: absolute; inset: 0; box-sizing: border-box; width: 100%; height: 100%; }
    .poster, .note, .text { border: 1px solid var(--leader-election-line, var(--line)); border-radius: 8px;
      color: var(--leader-election-ink, var(--ink)); background-color: var(--leader-election-ground, var(--ground)); }
    .poster { padding: 40px 12px 98px; overflow: hidden; }
    .poster > *, ::slotted(*) { display: block !important; width: 100% !important; height: 100% !important;
      max-width: none !important; margin: 0 !important; object-fit: contain; }
    .poster > .calm, .note { display: grid !important; place-content: center; text-align: center;
      overflow-wrap: anywhere; }
    .calm { font-size: 15px; font-weight: 600; }
    .note { gap: 8px; padding: 20px; overflow: auto; }
    .note p { margin: 0; max-width: 34rem; font-size: 16px; }
    iframe { height: round(down, 100%, 1px); border: 0; border-radius: 8px; background: none; }
    iframe.coming { opacity: 0; }
    a, button { color: inherit; font: inherit; font-weight: 500; }
    button { border: 0; background: none; cursor: pointer; }
    .start { display: grid; place-content: end center; padding: 0 0 16px; }
    .script { align-self: start; height: 28px; padding: 0 4px; font-size: 12px;
      color: var(--leader-election-quiet-ink, var(--quiet-ink)); }
    .script::before { content: "▸ "; content: "▸ " / ""; }
    .script[aria-expanded="true"]::before { content: "▾ "; content: "▾ " / ""; }
    .text { flex: 0 1 auto; max-height: 45%; margin: 8px 0 0; padding: 12px; overflow: auto; box-sizing: border-box;
      font: 400 13px/22px ui-monospace, Menlo, Consolas, monospace; }
    :focus-visible { outline: 2.5px solid var(--leader-election-ink, var(--ink)); outline-offset: 2px; }
    :host([hidden]), .all [hidden], :host(:not([data-fence])) .script { display: none !important; }
    @media print {
      .all { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      .start, .script, .pictured iframe, :host([data-print]) .view { display: none; }
      .pictured .poster { display: block !important; padding: 12px; }
      :host([data-print]) { height: auto !important; max-height: none !important; }
      :host([data-print][data-fence]) { display: none !important; }
      :host([data-print]) .text { max-height: none; white-space: pre-wrap; }
    }`);

  // ---- Which figures have a frame

  // Pixels between figure and window; 0 where it is visible.
  const distance = ({ element }) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return Math.max(0, top - innerHeight, -bottom) + Math.max(0, left - innerWidth, -right);
  };
  const observer = (note, options) =>
    new IntersectionObserver((entries) => {
      for (const entry of entries) note(inside.get(entry.target), entry);
      update();
    }, options);
  // A browser that knows both would add them up.
  const margin = "scrollMargin" in IntersectionObserver.prototype ? "scrollMargin" : "rootMargin";
  const near = observer((figure, { isIntersecting }) => (figure.isNear = isIntersecting), { [margin]: "100%" });
  // Autoplay begins when half of the figure is visible, or half of the window is filled.
  const seen = observer((figure, { isIntersecting, intersectionRatio, intersectionRect, rootBounds }) => {
    const fills = intersectionRect.height >= (rootBounds?.height ?? innerHeight) / 2;
    figure.isSeen = isIntersecting && (intersectionRatio >= 0.5 || fills);
  }, { threshold: [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1] });
  // Slides may be hidden without a change of place, which no observer reports.
  const SHOWN = { visibilityProperty: true, opacityProperty: true, checkVisibilityCSS: true, checkOpacity: true };

  // The frames go to figures with a command to answer, then to the nearest. A visible figure keeps its frame unless
  // a script or a press asks for another.
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

  // ---- What changes in the page

  // Another place or visibility.
  const update = later(() => {
    for (const figure of figures) figure.playSeen();
    arrange();
  });
  // Other styles. What a colour is made of is asked once for all figures.
  const colours = new Map();
  const restyle = later(() => {
    colours.clear();
    for (const figure of figures) figure.retheme();
    update();
  });
  const parentOf = (node) => node.parentElement ?? node.getRootNode().host;
  const ancestors = function* (node) {
    for (; node; node = parentOf(node)) yield node;
  };
  // The styles that a page can set: field of the command, custom property, type, method that reads it, error.
  const COLOUR = ["color", "hex", "no opaque colour"];
  const STYLES = [
    ["ground", "ground", ...COLOUR], ["ink", "ink", ...COLOUR], ["quietInk", "quiet-ink", ...COLOUR],
    ["line", "line", ...COLOUR], ["font", "font", "font-family", "families", "no list of font families"],
  ];
  const isStyle = ({ attributeName }) => /^(class|style|data-.*)$/.test(attributeName);
  const restyled = new MutationObserver((records) => (records.some(isStyle) ? restyle : update)());
  const watch = later(() => {
    restyled.disconnect();
    const around = [...figures].flatMap(({ element }) => [...ancestors(element)]);
    for (const node of new Set(around)) restyled.observe(node, { attributes: true });
    restyle();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
  addEventListener("load", restyle); // after the last style sheet
  // The end of a fade.
  document.addEventListener("transitionend", ({ target }) => {
    if ([...figures].some(({ element }) => target.contains?.(element))) restyle();
  });
  addEventListener("beforeprint", () => figures.forEach((figure) => figure.print(true)));
  addEventListener("afterprint", () => figures.forEach((figure) => figure.print(false)));

  // ---- Messages of frames

  const isHello = (data) => data?.hustings === "hello" && Number.isInteger(data.protocol) && data.protocol >= 1;
  addEventListener("message", ({ data, source }) => {
    const figure = source && [...live].find(({ frame }) => frame.contentWindow === source);
    if (figure && isHello(data)) figure.greet();
    else for (const other of figure ? [figure] : data?.hustings ? live : []) other.ignored += 1;
  });
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    for (const figure of effectiveDirective === "frame-src" ? live : []) {
      const { origin } = new URL(figure.player());
      const why = `The Content-Security-Policy of this page keeps the figure out: frame-src needs ${origin}.`;
      if (!figure.port && blockedURI.startsWith(origin)) figure.fail(why);
    }
  });

  // A frame may send anything, so each field is checked.
  const isText = (value) => typeof value === "string";
  const isFlag = (value) => typeof value === "boolean";
  const isTime = (value) => Number.isFinite(value) && value >= 0;
  const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
  const orNull = (is) => (value) => value === null || is(value);
  // `every` skips the holes of a list.
  const isAll = (is) => (value) =>
    Array.isArray(value) && value.length <= MOST_LISTED && Array.from(value).every(is);
  const seconds = (us) => us / 1e6;
  // The check of each field, and its name and value where they differ from those of the message.
  const FIELDS = {
    atUs: [isTime, "time", seconds], endUs: [isTime, "duration", seconds], speedUs: [isTime, "speed", seconds],
    isPlaying: [isFlag, "paused", (isPlaying) => !isPlaying], changed: [isFlag], holds: [isFlag], shift: [isFlag],
    algorithm: [isText], group: [isText], key: [isText], reason: [isText], text: [isText], title: [orNull(isText)],
    kept: [isCount], total: [isCount], line: [orNull(isCount)], height: [orNull(isCount)],
    leaders: [isAll(isCount)],
    expectations: [isAll((one) => read(JUDGED, one)), "expectations", (all) => all.map((one) => read(JUDGED, one))],
  };
  const JUDGED = "text holds atUs reason line";
  // The fields of each kind of notification; `?` marks an optional one.
  const NOTICES = {
    __proto__: null,
    ready: "atUs endUs speedUs isPlaying title algorithm height?",
    play: "atUs speedUs?", pause: "atUs", timeupdate: "atUs", ended: "atUs",
    leaderchange: "atUs group leaders", splitbrain: "atUs group leaders",
    verdict: "holds kept total expectations", changed: "changed endUs?", error: "text line", key: "key shift",
  };
  // The fields of a shape; null if one of them is invalid.
  const read = (shape, from) => {
    const fields = {};
    for (const [, name, isOptional] of shape.matchAll(/(\w+)(\??)/g)) {
      const value = from?.[name];
      if (isOptional && value === undefined) continue;
      const [is, shown = name, convert = (it) => it] = FIELDS[name];
      if (!is(value)) return null;
      fields[shown] = convert(value);
    }
    return fields;
  };
  // The answers to commands that have one.
  const ANSWERS = { link: isText, report: (value) => typeof value === "object" && value !== null };
  // Keys that a figure passes to the page, with the numbers that programs for slides use.
  const KEYS = {
    __proto__: null, Escape: 27, PageUp: 33, PageDown: 34, End: 35, Home: 36,
    ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40,
  };

  // ---- A figure

  class Figure {
    // Undefined at first: isIn (the page), isNear, isSeen (by half), isDue (to play once it is seen), isHushed
    // (paused because it was hidden), isWanted (by a press), isReady (for commands), failure (why there is no
    // frame), frame, port, given (the scenario of `load`), named (the player's title), resume ({ time, paused }
    // for the next frame), and fence (of the author's block: { block, text, kept, tries }).
    ignored = 0; // messages that are not of the protocol
    waiting = []; // commands without an answer; a command that was sent has an `id`
    count = 0; // of commands
    leading = new Map(); // the leaders of each group
    now = { time: 0, since: 0, paused: true, duration: NaN, speed: 0.05 }; // seconds; `since` in milliseconds
    derived = {}; // values that were found last, as JSON

    constructor(element) {
      this.element = element;
      inside.set(element, this);
      this.slot = make("slot");
      this.poster = make("div", { class: "poster" });
      this.start = make("button", { class: "start", type: "button", hidden: "" }, "Show this figure");
      this.note = make("div", { class: "note", role: "status", hidden: "" });
      this.view = make("div", { class: "view" }, this.poster, this.start, this.note);
      this.text = make("pre", { class: "text", tabindex: 0, role: "region", "aria-label": "Script", hidden: "" });
      this.script = make("button", { class: "script", type: "button", "aria-expanded": false }, "Script");
      this.probe = make("span", { hidden: "" });
      this.all = make("div", { class: "all" }, this.view, this.text, this.script, this.probe);
      const root = element.attachShadow({ mode: "open", slotAssignment: "manual" });
      root.adoptedStyleSheets = [sheet];
      root.append(this.all);
      this.start.addEventListener("click", () => arrange((this.isWanted = true)));
      const isFolded = () => this.script.getAttribute("aria-expanded") === "false";
      this.script.addEventListener("click", () => this.reveal(isFolded()));
      this.content = new MutationObserver(this.change);
    }

    connect() {
      this.isIn = true;
      figures.add(this);
      this.content.observe(this.element, { childList: true, characterData: true, subtree: true });
      this.look();
      for (const observer of [near, seen]) observer.observe(this.element);
      watch();
    }
    // An element that is only moved is connected again within the task.
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
    // The folder of the player, if it is known.
    player() {
      const url = urlOf(this.attribute("player") ?? PLAYER);
      if (!url || !/^(https?|file):$/.test(url.protocol)) return null;
      url.search = url.hash = "";
      if (!/\/$|\.html?$/.test(url.pathname)) url.pathname += "/";
      return url.href;
    }
    // The author's scenario: { src }, { fragment } or { text }; null if there is none yet.
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
    // The author's title, else the player's once it is ready, else a caption beside the text.
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
      // The poster of a preset shows an instant of its own; not every browser passes the theme to a picture.
      const isTheirs = /^[\w-]+$/.test(preset) && !picture && this.attribute("start-at") === null && this.player();
      const ours = isTheirs && `${this.player()}v1/posters/${preset}${isDark ? "-dark" : ""}.svg`;
      const address = (isDark && this.attribute("poster-dark")) || (this.attribute("poster") ?? ours);
      const fitted = picture?.matches("picture") && picture.querySelector("img");
      if (fitted) Object.assign(fitted.style, { width: "100%", height: "100%", objectFit: "contain" });
      if (picture) this.slot.assign(picture);
      if (!this.differs("poster", [address, !picture, this.title()])) return;
      const show = (node, isPicture = true) => {
        this.all.classList.toggle("pictured", isPicture);
        this.poster.replaceChildren(node);
      };
      const calm = () => show(make("p", { class: "calm" }, this.title()), false);
      if (address) {
        const img = make("img", { alt: this.title(), decoding: "async", src: address });
        img.addEventListener("error", calm);
        show(img);
      } else if (picture) show(this.slot);
      else calm();
    }
    // On paper there is the poster, else the frame, else the author's text.
    print(isPrinting) {
      const hasOther = this.failure || this.all.matches(".pictured") || this.frame?.matches(":not(.coming)");
      if (isPrinting ? !this.source()?.text || hasOther : this.attribute("data-print") === null) return;
      this.element.toggleAttribute("data-print", isPrinting);
      this.reveal(isPrinting);
    }
    // The computed value of a valid declaration.
    computed(property, value) {
      this.probe.style[property] = value;
      return getComputedStyle(this.probe)[property];
    }
    // The components of a computed colour in a colour space, and its alpha unless it is opaque.
    components(space, colour) {
      const mix = `color-mix(in ${space}, ${colour}, ${colour})`;
      const found = colours.get(mix) ?? this.computed("color", mix).match(/ [^ /)]+/g);
      if (found) colours.set(mix, found);
      return (found ?? []).map(Number);
    }
    // `#rrggbb`; null of a colour that is not opaque.
    hex(colour) {
      const [red, green, blue, alpha] = this.components("srgb", colour);
      const bytes = Uint8ClampedArray.of(red * 255, green * 255, blue * 255);
      const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
      return alpha === undefined ? `#${digits.join("")}` : null;
    }
    families(families) {
      return /^[\p{L}\p{N}"' ,._-]{1,500}$/u.test(families) ? families : null;
    }
    // The colours and the font that the page sets, as the player takes them: no CSS of the page enters the frame.
    hostStyle() {
      const own = {};
      const style = getComputedStyle(this.element);
      for (const [field, name, type, read, what] of STYLES) {
        const value = style.getPropertyValue(`--leader-election-${name}`).trim();
        const given = value && CSS.supports(type, value) ? this[read](this.computed(type, value)) : null;
        const refusal = `--leader-election-${name} is ignored: "${value.slice(0, 80)}" is ${what}.`;
        if (given) own[field] = given;
        else if (value && this.differs(name, refusal)) this.complain(refusal);
      }
      return own;
    }
    // By the luminance of the first background behind the figure that is not transparent.
    isOnDark() {
      for (const node of ancestors(parentOf(this.element))) {
        const [, luminance, , alpha = 1] = this.components("xyz", getComputedStyle(node).backgroundColor);
        if (alpha >= 0.5) return luminance < 0.18;
      }
      // The browser paints the background; its default text is light on dark.
      return this.components("xyz", getComputedStyle(document.documentElement).color)[1] > 0.5;
    }
    retheme() {
      const own = this.hostStyle();
      const [asked] = this.attribute("theme")?.match(/^(light|dark)$/) ?? [];
      const isDark = own.ground ? this.components("xyz", own.ground)[1] < 0.18 : this.isOnDark();
      const theme = asked ?? (isDark ? "dark" : "light");
      this.style = { theme, ...own };
      if (!this.differs("style", this.style)) return;
      this.say({ kind: "theme", ...this.style });
      // The poster and the frame inherit its `color-scheme`.
      this.all.classList.toggle("dark", theme === "dark");
      if (this.poster.querySelector("img")) this.draw();
    }

    // Whether a derived value is another than last time.
    differs(name, value) {
      const before = this.derived[name];
      this.derived[name] = JSON.stringify(value);
      return this.derived[name] !== before;
    }
    // Follows the attributes and the content.
    look() {
      const isOther = this.differs("scenario", this.written());
      const isFramed = this.differs("frame", FRAMED.map(this.attribute));
      if (isOther) this.given = this.named = undefined;
      if (isOther || isFramed) {
        this.forgive();
        this.fetching?.abort();
        if (isFramed || !this.source()) this.rest();
        this.resume = null;
        if (this.port) this.begin();
      }
      for (const kind of ["loop", "skipQuiet"]) {
        const on = this.element[kind];
        if (this.differs(kind, on)) this.say({ kind, on });
      }
      const plays = this.plays();
      if (this.differs("autoplay", plays)) this.isDue = this.isReady && plays;
      this.retheme();
      this.draw();
      if (this.frame) this.frame.title = this.title();
    }
    change = later(() => {
      if (this.isIn) this.look();
      update();
    });

    plays = () => this.isOn("autoplay") && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    playSeen() {
      if (!this.isReady) return;
      const { paused } = this.now;
      const isVisible = this.element.checkVisibility?.(SHOWN) ?? true;
      // The keys of a figure that is hidden belong to the page.
      if (!isVisible) this.frame.blur();
      if (!paused && !isVisible) {
        this.isHushed = true;
        this.say({ kind: "pause" });
      } else if (isVisible && (this.isHushed || (this.isDue && this.isSeen))) {
        this.isDue = this.isHushed = false;
        if (paused) this.say({ kind: "play" });
      }
    }

    // ---- Its frame

    isCalled = () => this.isWanted || this.waiting.some(({ id }) => !id);
    isBusy = () => this.waiting.some(({ isPublic }) => isPublic);
    waits = () => !this.frame && !this.failure && (this.isCalled() || this.isNear) && isWhole(this.element);
    // Why it cannot have a frame.
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
        // Autoplay is decided here; the player reports an invalid value.
        if (value !== null && !(name === "autoplay" && /^(|0|1|false|true)$/.test(value))) ask(name, value);
      }
      if ((this.attribute("theme") || "auto") === "auto") ask("theme", this.style.theme);
      this.opened = this.source()?.fragment;
      if (this.opened) url.hash = this.opened;
      else ask("host");
      // A frame whose address is set in the page would make an entry in its history.
      const asked = { allow: "clipboard-write; fullscreen", referrerpolicy: "no-referrer", src: url.href };
      this.frame = make("iframe", { class: "coming", title: this.title(), ...asked });
      live.add(this);
      this.view.append(this.frame);
      this.timer = setTimeout(() => this.fail("The figure could not be loaded."), TIMEOUTS.hello);
    }
    // Back to the poster. Changes by a reader are lost; the instant is kept.
    rest() {
      if (!this.frame) return;
      this.say({ kind: "dispose" });
      this.keep();
      this.fetching?.abort();
      this.frame.remove();
      this.frame = null;
      this.poster.hidden = false;
      live.delete(this);
      update();
    }
    // Ends the connection. Commands of the page without an answer are sent again in the next one.
    keep() {
      clearTimeout(this.timer);
      this.port?.close();
      this.port = null;
      if (this.isReady) this.resume = { time: this.time(), paused: this.now.paused };
      this.now = { ...this.now, ...this.resume, paused: true };
      this.isReady = false;
      this.waiting = this.waiting.filter(({ isPublic }) => isPublic);
      for (const one of this.waiting) one.id = null;
      this.attend();
    }
    greet() {
      this.keep();
      const { port1, port2 } = new MessageChannel();
      this.port = port1;
      port1.onmessage = ({ data }) => this.hear(data);
      // A sandboxed player has no origin to be named, and nothing here is secret.
      this.frame.contentWindow.postMessage({ hustings: "hello", protocol: PROTOCOL }, "*", [port2]);
      // Then a player that does not answer is shown.
      this.timer = setTimeout(() => this.flush(), TIMEOUTS.answer);
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
        // The figure shows the script and its errors.
        if (port === this.port && !this.hasComplained) this.complain(message);
      }
      if (port === this.port) this.flush();
    }
    // Fetched by the page, under its policy and CORS; null if that fails or is aborted.
    async fetch(src) {
      this.fetching?.abort();
      const { signal } = (this.fetching = new AbortController());
      const url = urlOf(src);
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
    // Shows the frame and sends the commands that wait.
    flush() {
      clearTimeout(this.timer);
      this.frame.classList.remove("coming");
      this.poster.hidden = this.isReady = true;
      for (const one of this.waiting.filter(({ id }) => !id)) this.send(one);
    }

    fail(text) {
      const { fragment } = this.source() ?? {};
      const href = this.player() + (fragment ? `#${fragment}` : "");
      this.rest();
      this.failure = text;
      this.poster.hidden = this.start.hidden = true;
      this.note.hidden = false;
      this.note.replaceChildren(make("p", {}, text));
      const words = fragment ? "Open it on its own page" : "Open Hustings";
      if (this.player()) this.note.append(make("a", { href, target: "_blank", rel: "noopener" }, words));
      this.reveal(true);
      this.refuse(text);
      this.complain(text);
    }
    complain(text, line = null) {
      console.error(`<${NAME}>: ${text}`, this.element);
      this.emit("error", { text, line });
    }
    forgive() {
      if (this.failure) this.poster.hidden = false;
      this.failure = null;
      this.note.hidden = this.text.hidden = true;
    }
    // Shows or hides the author's text: the block behind the figure, or a copy of what is inside the element.
    reveal(isShown) {
      this.text.textContent = this.source()?.text ?? "";
      this.text.hidden = !isShown || Boolean(this.fence) || !this.text.textContent;
      this.fence?.block.style.setProperty("display", isShown ? "" : "none", "important");
      this.script.setAttribute("aria-expanded", isShown);
    }

    // ---- Commands

    // A command to the frame that is here, whose answer is not awaited.
    say = (command) => this.port?.postMessage({ id: 0, command });
    // The answer to a command. One of the page waits until the frame is ready.
    ask = (command, isPublic = false) =>
      new Promise((resolve, reject) => {
        const one = { command, resolve, reject, isPublic };
        this.waiting.push(one);
        if (!isPublic || this.isReady) this.send(one);
      });
    // A command of the page.
    async call(command) {
      const { kind } = command;
      const why = this.isIn === false ? "the figure was taken out of the page" : this.failure;
      if (why) throw new Error(`${kind}: ${why}`);
      if (kind === "pause") this.isDue = this.isHushed = false;
      const answer = this.ask(command, true);
      if (!this.isReady) arrange();
      return answer;
    }
    // Of a property: a refusal is an event.
    tell = (command) => void this.call(command).catch(({ message }) => this.complain(message));
    send(one) {
      one.id = this.count += 1;
      if (this.waiting.find(({ id }) => id) === one) this.attend();
      this.port.postMessage({ id: one.id, command: one.command });
    }
    // Answers come in order, so the first command has the only timeout, and all are refused with it.
    attend() {
      clearTimeout(this.clock);
      const first = this.waiting.find(({ id }) => id);
      const timeout = TIMEOUTS[first?.command.kind] ?? TIMEOUTS.answer;
      const check = `Does ${this.player()} open by itself, in the version that this page was made for?`;
      const late = () => this.refuse(`no answer within ${timeout / 1000} s. ${check}`);
      this.clock = first && setTimeout(late, timeout);
    }
    refuse(why) {
      const refused = this.waiting.splice(0);
      this.attend();
      for (const { reject, command } of refused) reject(new Error(`${command.kind}: ${why}`));
    }

    // ---- Answers and notifications

    hear(data) {
      if (data?.answer === 0) return;
      const at = this.waiting.findIndex(({ id }) => id && id === data?.answer);
      if (at >= 0) return this.settle(this.waiting.splice(at, 1)[0], data);
      const kind = data?.notice?.kind;
      const shape = isText(kind) && NOTICES[kind];
      const notice = shape && read(shape, data.notice);
      if (notice) this.heed(kind, notice);
      // A newer player may send other kinds.
      else if (!isText(kind) || shape) this.ignored += 1;
    }
    settle({ command, resolve, reject }, { error, value }) {
      const { kind } = command;
      this.attend();
      if (!this.isBusy()) arrange();
      if (isText(error)) return reject(new Error(error));
      if (ANSWERS[kind]?.(value) === false) return reject(new Error(`${kind}: the player's answer cannot be read`));
      // Instant and speed are known before the next notification. `pauseAt` names a later instant.
      if (kind !== "pauseAt") this.anchor(read("atUs? speedUs?", command));
      resolve(ANSWERS[kind] && value);
    }
    anchor({ time = this.time(), duration = this.now.duration, speed = this.now.speed, paused = this.now.paused }) {
      this.now = { time, duration, speed, paused, since: performance.now() };
    }
    heed(kind, notice) {
      if (kind === "key") return this.pass(notice);
      const isCommanded = this.waiting.some((one) => one.id && one.isPublic && one.command.kind === "load");
      this.anchor({ paused: { play: false, pause: true, ended: true }[kind], ...notice });
      if (kind === "ready") this.welcome(notice);
      if (kind === "leaderchange") this.leading.set(notice.group, notice.leaders);
      if (kind === "error") {
        this.hasComplained = true;
        // The scenario of the address is invalid: no `ready` will follow.
        if (this.opened && !this.isReady) this.flush();
        // The promise of `load` is rejected instead.
        if (!isCommanded) return this.complain(notice.text, notice.line);
      }
      this.emit(kind, notice);
      if (kind === "ready") this.playSeen();
    }
    // The scenario is loaded; a frame that replaces another continues at its instant.
    welcome({ title, height, paused }) {
      const { resume } = this;
      this.resume = null;
      this.leading.clear();
      this.named = title;
      this.change();
      if (this.fence && this.given === undefined) this.element.style.height = heightOf(this.fence, height);
      if (resume) {
        this.now.time = resume.time;
        this.say({ kind: "seek", atUs: micros("seek", resume.time) });
        if (!resume.paused) this.say({ kind: "play" });
      } else this.isDue = paused && this.plays();
      this.flush();
    }
    // A key that was pressed in the frame, for the page.
    pass({ key, shift }) {
      const keyCode = KEYS[key];
      // An element with the focus in its frame does not match `:focus-within`.
      if (!keyCode || this.element.getRootNode().activeElement !== this.element) return;
      const pressed = { key, code: key, keyCode, which: keyCode, shiftKey: shift };
      const phases = { bubbles: true, cancelable: true, composed: true };
      this.element.dispatchEvent(new KeyboardEvent("keydown", { ...pressed, ...phases }));
    }
    // An error that bubbled would look like one of the page's scripts.
    emit(name, detail) {
      this.element.dispatchEvent(new CustomEvent(name, { bubbles: name !== "error", detail }));
    }
    time() {
      const { time, since, paused, duration, speed } = this.now;
      const passed = paused ? 0 : Math.min(performance.now() - since, STALE) / 1000;
      return Math.min(time + passed * speed, duration || Infinity);
    }
  }

  // ---- The element

  const micros = (name, value, least = 0) => {
    if (typeof value === "number" && value >= least && value < Infinity) return Math.round(value * 1e6);
    throw new RangeError(`${name}: ${value} is no number of seconds`);
  };
  // A framework sets the property to the attribute's value, which is empty where it is on.
  const isSetOn = (value) => value === "" || Boolean(value);

  class LeaderElection extends HTMLElement {
    static observedAttributes = [...SOURCES, ...OPTIONS, "player", "poster", "poster-dark", "aria-label", "title"];
    #figure = new Figure(this);

    connectedCallback() {
      this.#figure.connect();
      // Properties that were set before this file was loaded.
      for (const name of ["speed", "currentTime", "src", "loop", "skipQuiet"]) {
        if (!Object.hasOwn(this, name)) continue;
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    disconnectedCallback() { this.#figure.disconnect(); }
    // `moveBefore` keeps the frame.
    connectedMoveCallback() { watch(); }
    attributeChangedCallback() { this.#figure.change(); }

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

    get currentTime() { return this.#figure.time(); }
    set currentTime(time) { this.#figure.tell({ kind: "seek", atUs: micros("currentTime", time) }); }
    get duration() { return this.#figure.now.duration; }
    get paused() { return this.#figure.now.paused; }
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
    get speed() { return this.#figure.now.speed; }
    // A framework sets the property, as text, where it means the attribute.
    set speed(speed) {
      if (typeof speed === "string") this.setAttribute("speed", speed);
      else this.#figure.tell({ kind: "speed", speedUs: micros("speed", speed, 1e-6) });
    }
  }

  // ---- Fenced blocks, in the HTML of site generators

  const FENCES = `pre.${NAME}, pre[data-language="${NAME}"], .highlight-${NAME}, [class~="language-${NAME}"]`;
  const AROUND = ".highlight, .highlighter-rouge, .highlighttable, .code-toolbar, .expressive-code, " +
    ".expressive-code > .frame";
  // What a generator puts around the lines, or an author beside a script.
  const CLUTTER = "button, figcaption, .copy, .ln, .lineno, .linenos, .gutter, .rouge-gutter, " +
    ".line-numbers-rows, [aria-hidden=true], script:not([type='text/plain']), style, template, svg, img, " +
    "picture, iframe";
  const [HEIGHT, SCRIPT_LINE] = [420, 28]; // of a figure and of the button under it, in pixels
  const fences = new Map(); // the figure of a block
  // The height that the player has read in the script; else the space that embed.css keeps.
  const heightOf = ({ kept }, asked) => {
    const height = Math.min(Math.max(asked ?? HEIGHT, 120), 2000);
    return `${(height === HEIGHT && kept) || height + SCRIPT_LINE}px`;
  };
  const plain = (code) => {
    const copy = code.cloneNode(true);
    for (const node of copy.querySelectorAll(CLUTTER)) node.remove();
    for (const node of copy.querySelectorAll("br")) node.append("\n");
    // The innermost first: one line break for a line in several boxes.
    for (const node of [...copy.querySelectorAll("div, p")].reverse()) {
      if (!node.textContent.endsWith("\n")) node.append("\n");
    }
    return copy.textContent;
  };
  const codeOf = (node) => {
    if (node.matches("code")) return node;
    return node.querySelector("pre > code") ?? node.querySelector(":not(.linenos, .linenodiv) > pre") ?? node;
  };
  const isAround = (node) =>
    node.matches(FENCES) || (node.matches(AROUND) && !node.querySelector("p, h1, h2, h3, li"));
  const blockOf = (pre) => [...ancestors(pre.parentElement)].findLast(isAround) ?? pre;
  // While the page is parsed, an element with a successor is complete.
  const isWhole = (node) =>
    document.readyState !== "loading" || [...ancestors(node)].some(({ nextSibling }) => nextSibling);

  // Vue and React compare the HTML of a site with their own before they take it over, and report a figure in it as
  // an error. No event says when they have finished.
  const ROOTS = "#app, #__nuxt, #__docusaurus, #__next";
  const TAKEOVER = 3000; // milliseconds after the page's load: no program takes it over any more
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
  // The margin of a block collapses with that of its first or last child.
  const marginOf = (block, side, end) => {
    const style = getComputedStyle(block);
    const child = block[`${end}ElementChild`];
    const isOpen = style.display === "block" && style.overflowY === "visible";
    const size = (property) => parseFloat(style[property]);
    const joins = child && isOpen && !size(`padding${side}`) && !size(`border${side}Width`);
    return Math.max(size(`margin${side}`), joins ? marginOf(child, side, end) : 0);
  };
  const adopt = (block, code) => {
    const text = plain(code);
    // A highlighter reads the first class, and warns of a language that it does not know.
    if (code.matches(FENCES)) code.className = `language-plaintext ${code.className}`;
    const before = block.previousElementSibling;
    // Some sites put back a copy of a page, with its figures.
    const element = before?.matches(`${NAME}[data-fence]`) ? before : make(NAME, { "data-fence": "" });
    const figure = inside.get(element);
    fences.set(block, figure);
    // The figure takes exactly the space of its block where embed.css keeps that.
    const marginTop = `${marginOf(block, "Top", "first")}px`;
    const marginBottom = `${marginOf(block, "Bottom", "last")}px`;
    const isKept = getComputedStyle(code).getPropertyValue("--leader-election-kept");
    figure.fence = { block, text, kept: isKept && block.getBoundingClientRect().height, tries: 0 };
    Object.assign(element.style, { marginTop, marginBottom, height: heightOf(figure.fence) });
    figure.reveal(false);
    if (element === before) figure.change();
    else block.before(element);
  };
  // A site that renders its page again may remove or change the block, which is never moved, or remove the figure.
  const tend = (records, block, { element, fence }) => {
    if (!block.isConnected) return element.remove(fences.delete(block));
    const isSwept = block.previousElementSibling !== element;
    if (isSwept && (fence.tries += 1) <= 3) block.before(element);
    else if (isSwept) inside.get(element).reveal(true);
    if (!records.some(({ target }) => block.contains(target))) return;
    fence.text = plain(codeOf(block));
    inside.get(element).change();
  };
  const isFence = (node) => node.nodeType === 1 && (node.matches(FENCES) || node.querySelector(FENCES));

  customElements.define(NAME, LeaderElection);
  scan();
  document.addEventListener("DOMContentLoaded", () => arrange(scan()));
  new MutationObserver((records) => {
    for (const [block, figure] of fences) tend(records, block, figure);
    if (document.readyState === "loading" || records.some(({ addedNodes }) => [...addedNodes].some(isFence))) scan();
  }).observe(document, { childList: true, subtree: true });
})();
