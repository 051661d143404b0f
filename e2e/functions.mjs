// The functions of a wasm file by crate and module, read from its sections of code and of names.
import { readFile } from "node:fs/promises";

// Each group with its bytes of code and its count of functions, largest first.
export const groups = async (file) => {
  const found = new Map();
  for (const { name, size } of functions(await readFile(file))) {
    const group = groupOf(name);
    const sum = found.get(group) ?? { group, size: 0, count: 0 };
    found.set(group, { group, size: sum.size + size, count: sum.count + 1 });
  }
  return [...found.values()].sort((one, other) => other.size - one.size);
};

// `hustings::scenario::json`, and of other crates one module: `yew::html`. An implementation belongs to its type.
const groupOf = (name) => {
  const path = /^[<&]*(?:mut |dyn )?(\w+(?:::\w+)*)/.exec(name)?.[1].split("::") ?? [];
  if (path.length < 2) return "generic implementations";
  return path.slice(0, path[0] === "hustings" ? 3 : 2).join("::");
};

// The sections of a module that are read here, by their numbers.
const [CUSTOM, IMPORT, CODE] = [0, 2, 10];
// The part of the section of names that has those of functions.
const OF_FUNCTIONS = 1;

const functions = (bytes) => {
  let place = 8; // behind magic number and version
  const number = () => {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = bytes[place++];
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  const text = () => {
    const length = number();
    return bytes.toString("utf8", place, (place += length));
  };
  const limits = () => {
    const flags = number();
    number();
    if (flags % 2) number();
  };
  // Functions are numbered from the imported ones on.
  const imported = () => {
    let functions = 0;
    for (let left = number(); left > 0; left -= 1) {
      text();
      text();
      const kind = number();
      if (kind === 0) functions += 1;
      if (kind === 1) number();
      if (kind === 1 || kind === 2) limits();
      else number();
      if (kind === 3 || kind === 4) number();
    }
    return functions;
  };

  let first = 0;
  const sizes = [];
  const names = new Map();
  while (place < bytes.length) {
    const [section, length] = [bytes[place++], number()];
    const end = place + length;
    if (section === IMPORT) first = imported();
    if (section === CODE) {
      for (let left = number(); left > 0; left -= 1) {
        const size = number();
        sizes.push(size);
        place += size;
      }
    }
    if (section === CUSTOM && text() === "name") {
      while (place < end) {
        const [part, length] = [bytes[place++], number()];
        const partEnd = place + length;
        if (part === OF_FUNCTIONS) for (let left = number(); left > 0; left -= 1) names.set(number(), text());
        place = partEnd;
      }
    }
    place = end;
  }
  return sizes.map((size, nth) => ({ name: names.get(first + nth) ?? "", size }));
};
