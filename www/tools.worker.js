// Starts the program of the page's worker. Both lie beside this file, under the name of this file.

const name = import.meta.url.replace(/\.worker\.js$/, "");

const start = async () => {
  const wasm = fetch(`${name}_bg.wasm`);
  wasm.catch(() => {}); // it is awaited below
  const { default: run } = await import(`${name}.js`);
  await run({ module_or_path: wasm });
};

// The page says in a sentence that there are no tools.
start().catch((error) => {
  console.info(error);
  postMessage("Failed");
});
