// The commands as functions of a script. `#program` is the program as Node.js or a bundler loads it.
import * as program from "#program";

export class ScriptError extends Error {
  constructor(problems) {
    const { message, line, column } = problems[0];
    const place = line === null ? "" : `line ${line}${column === null ? "" : `, column ${column}`}: `;
    super(place + message);
    this.name = "ScriptError";
    this.line = line;
    this.column = column;
    this.problems = problems;
  }
}

// The program throws a list of problems.
function call(ask) {
  try {
    return ask();
  } catch (thrown) {
    throw Array.isArray(thrown) ? new ScriptError(thrown) : thrown;
  }
}

// `{ at: "268ms", strict: true }` as flags of the command line.
function flags(options, known) {
  return Object.entries(options).flatMap(([name, value]) => {
    if (!known.includes(name)) {
      throw new TypeError(`there is no option \`${name}\`; the options are ${known.join(", ")}`);
    }
    if (value === undefined || value === false) {
      return [];
    }
    return value === true ? [`--${name}`] : [`--${name}=${value}`];
  });
}

// No terminal, no files, and a clock for the limit of a search.
const quiet = {
  variable: () => undefined,
  isTerminal: () => false,
  now: () => performance.now(),
  watchInterrupts() {},
  isInterrupted: () => false,
};

export function run(script) {
  return call(() => program.run(String(script)));
}

export function check(script, options = {}) {
  const chosen = flags(options, ["strict", "seconds"]);
  return call(() => program.check(String(script), chosen, quiet));
}

export function render(script, options = {}) {
  const chosen = flags(options, ["view", "at", "animate", "from", "to", "speed", "theme", "group"]);
  return call(() => program.render(String(script), chosen));
}

export function figure(script, { poster = true } = {}) {
  return call(() => program.figure(String(script), Boolean(poster)));
}

export function encode(script) {
  return call(() => program.encode(String(script)));
}

export function decode(link) {
  return call(() => program.decode(String(link)));
}
