// Reads the console messages that the window has written.
import { EventEmitter } from "node:events";
import { existsSync, readFileSync } from "node:fs";

// `CONSOLE JS ERROR text`, with the place before it where there is one.
const LINE = /^(?:\S+: )?CONSOLE (?:([A-Z]+) )?(ERROR|WARN|LOG|INFO|DEBUG) (.*)$/;
const TYPES = { ERROR: "error", WARN: "warning", LOG: "log", INFO: "info", DEBUG: "debug" };

export class Console extends EventEmitter {
  constructor(file) {
    super();
    this.file = file;
    this.lines = 0;
  }

  // Emits what is new, as Playwright names it.
  read() {
    if (!existsSync(this.file)) return;
    const lines = readFileSync(this.file, "utf8").split("\n").slice(0, -1);
    for (const line of lines.slice(this.lines)) this.tell(line);
    this.lines = lines.length;
  }

  tell(line) {
    const [, source, level, text] = LINE.exec(line) ?? [];
    if (!level) return;
    if (source === "JS" && level === "ERROR") this.emit("pageerror", new Error(text));
    else this.emit("console", { type: () => TYPES[level], text: () => text });
  }
}
