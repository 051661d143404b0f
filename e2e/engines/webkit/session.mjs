// A WebKit window with its own home folder and its own driver.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Console } from "./console.mjs";
import { display } from "./display.mjs";
import { until } from "../../eventually.mjs";

const WINDOW = fileURLToPath(new URL("window.py", import.meta.url));

const drivers = new Set();
process.once("exit", () => drivers.forEach((driver) => driver.kill()));

export class Session {
  static async start({ width, height }) {
    const session = new Session();
    session.home = await mkdtemp(join(tmpdir(), "hustings-webkit-"));
    const runtime = join(session.home, "run");
    await mkdir(runtime, { mode: 0o700 });
    const port = await freePort();
    session.address = `http://127.0.0.1:${port}`;
    session.console = new Console(join(session.home, "console"));
    const env = {
      ...process.env,
      DISPLAY: await display(),
      HOME: session.home,
      XDG_CONFIG_HOME: join(session.home, "config"),
      XDG_RUNTIME_DIR: runtime,
      GDK_BACKEND: "x11",
      GSETTINGS_BACKEND: "memory",
      NO_AT_BRIDGE: "1",
    };
    session.driver = spawn("WebKitWebDriver", [`--port=${port}`], { env, stdio: "ignore" });
    let refusal;
    session.driver.once("error", (error) => (refusal = error));
    drivers.add(session.driver);
    await until(async () => {
      if (refusal) throw refusal;
      return fetch(`${session.address}/status`).catch(() => null);
    }, "WebKitWebDriver listens");
    const options = { binary: WINDOW, args: [`--size=${width}x${height}`] };
    const { sessionId } = await session.call("POST", "/session", {
      capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } },
    });
    session.address += `/session/${sessionId}`;
    await session.post("/timeouts", { script: 60_000, pageLoad: 60_000 });
    return session;
  }

  post(path, body = {}) {
    return this.call("POST", path, body);
  }

  act(source) {
    return this.post("/actions", { actions: [source] });
  }

  // Runs a function of one argument in the page. WebDriver's own script stands outside of the event loop, where
  // microtasks run in the middle of it, so the function runs in a task of its own.
  async run(code, argument) {
    const script = `
      const [text, answer] = arguments;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = async () => {
        port1.close();
        try {
          answer({ text: JSON.stringify(await (${code})(text && JSON.parse(text))) ?? null });
        } catch (error) {
          answer({ error: error + "\\n" + error.stack });
        }
      };
      port2.postMessage(null);`;
    const { text, error } = await this.post("/execute/async", { script, args: [JSON.stringify(argument) ?? null] });
    if (error) throw new Error(`in the page: ${error}`);
    return text === null ? undefined : JSON.parse(text);
  }

  async call(method, path, body) {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(this.address + path, { method, headers, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    this.console.read();
    if (value?.error) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  async end() {
    await this.call("DELETE", "").catch(() => {}); // it may have ended by itself
    const ended = new Promise((done) => this.driver.once("exit", done));
    if (this.driver.kill()) await ended;
    drivers.delete(this.driver);
    await rm(this.home, { recursive: true, force: true, maxRetries: 10 });
  }
}

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
