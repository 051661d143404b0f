// The program, loaded by a bundler or a browser.
import load from "./program/hustings.js";

await load({ module_or_path: new URL("./program/hustings_bg.wasm", import.meta.url) });

export * from "./program/hustings.js";
