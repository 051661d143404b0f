// The functions of Node.js that the command line asks for. A stream is 0, 1 or 2; errors are those of Node.js.
import fs from "node:fs";
import { isatty } from "node:tty";

// Waits for a terminal or a pipe that has nothing, or takes nothing, just now.
const still = new Int32Array(new SharedArrayBuffer(4));

function again(call) {
  for (;;) {
    try {
      return call();
    } catch (error) {
      if (error.code !== "EAGAIN") {
        throw error;
      }
      Atomics.wait(still, 0, 0, 5);
    }
  }
}

function readAll(descriptor, most) {
  const pieces = [];
  let length = 0;
  while (length < most) {
    const piece = Buffer.allocUnsafe(Math.min(65536, most - length));
    let read;
    try {
      read = again(() => fs.readSync(descriptor, piece, 0, piece.length, null));
    } catch (error) {
      // The end of a pipe on Windows.
      if (error.code !== "EOF") {
        throw error;
      }
      read = 0;
    }
    if (read === 0) {
      break;
    }
    pieces.push(piece.subarray(0, read));
    length += read;
  }
  return Buffer.concat(pieces);
}

// `interrupts` has `watch`, called before long work, and `happened`.
export function machine(interrupts) {
  return {
    variable: (name) => process.env[name],
    isTerminal: (stream) => isatty(stream),
    read(file, most) {
      if (typeof file === "number") {
        return readAll(file, most);
      }
      const descriptor = fs.openSync(file, "r");
      try {
        return readAll(descriptor, most);
      } finally {
        fs.closeSync(descriptor);
      }
    },
    write(stream, bytes) {
      for (let at = 0; at < bytes.length; ) {
        at += again(() => fs.writeSync(stream, bytes, at));
      }
    },
    status(path) {
      const found = fs.statSync(path);
      const kind = found.isFile() ? "file" : found.isDirectory() ? "folder" : "other";
      return { kind, len: found.size, modified: found.mtimeMs };
    },
    writeFile: (path, text) => fs.writeFileSync(path, text),
    list: (folder) =>
      fs.readdirSync(folder, { withFileTypes: true }).map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)),
    now: () => performance.now(),
    watchInterrupts: interrupts.watch,
    isInterrupted: interrupts.happened,
  };
}
