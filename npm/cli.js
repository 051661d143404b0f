#!/usr/bin/env node
// `npx hustings`: runs the command line in a worker, so that Ctrl-C reaches this thread while the worker computes.
import { Worker } from "node:worker_threads";

const interrupted = new Int32Array(new SharedArrayBuffer(4));
const worker = new Worker(new URL("./worker.js", import.meta.url), {
  workerData: { interrupted, args: ["hustings", ...process.argv.slice(2)] },
});

// Sent before long work, which reports what is finished. Until then, and the second time, Ctrl-C ends the program.
worker.once("message", () => {
  process.on("SIGINT", () => {
    if (Atomics.exchange(interrupted, 0, 1) === 1) {
      process.exit(130);
    }
  });
});
// A panic has printed what happened, and has the exit code of the native program.
worker.on("error", (error) => {
  if (error.name !== "RuntimeError") {
    console.error(error);
  }
  process.exit(101);
});
worker.on("exit", (code) => {
  process.exitCode = code;
});
