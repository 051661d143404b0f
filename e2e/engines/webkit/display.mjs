// The screen on which windows are drawn: the user's, or a virtual one for as long as this process runs.
import { spawn } from "node:child_process";

let started;
export const display = () => (started ??= process.env.HUSTINGS_DISPLAY ?? start());

const start = () =>
  new Promise((done, failed) => {
    const args = ["-displayfd", "3", "-screen", "0", "2000x1600x24", "-nolisten", "tcp"];
    const server = spawn("Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    server.once("error", failed);
    server.stdio[3].once("data", (number) => {
      // It must not keep this process from ending.
      server.unref();
      server.stdio[3].unref();
      done(`:${String(number).trim()}`);
    });
    process.once("exit", () => server.kill());
  });
