// The program, loaded by Node.js.
import { readFileSync } from "node:fs";
import { initSync } from "./program/hustings.js";

initSync({ module: readFileSync(new URL("./program/hustings_bg.wasm", import.meta.url)) });

export * from "./program/hustings.js";
