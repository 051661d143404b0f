// Starts the program of the page's worker. Its two files are beside this file and have its name.

const name = import.meta.url.replace(/\.worker\.js$/, "");

const start = async () => {
  const wasm = fetch(`${name}_bg.wasm`);
  wasm.catch(() => {}); // it is awaited below
  const { default: run } = await import(`${name}.js`);
  await run({ module_or_path: wasm });
};

// The page reports that there are no tools.
start().catch((error) => {
  console.info(error);
  postMessage("Failed");
});
