// Starts the program whose files start.js has asked for. Trunk's own loader is inline, which the page's
// Content-Security-Policy forbids.

const NEEDS = "Safari 16.4, Firefox 114, Chrome 111 and every later version can run it.";

const start = async () => {
  if (typeof WebAssembly !== "object") {
    return say(`Hustings needs WebAssembly, which is missing or turned off in this browser. ${NEEDS}`);
  }
  try {
    const { program, wasm, onLeave } = window.hustingsProgram;
    await (await import(program)).default({ module_or_path: wasm });
    removeEventListener("beforeunload", onLeave);
  } catch (error) {
    // What leaving the page has stopped has not failed. Back may show the page again.
    if (window.hustingsProgram.isLeft) return addEventListener("pageshow", () => location.reload());
    console.error(error);
    const why = error instanceof WebAssembly.CompileError ? "This browser does not let the page run WebAssembly. " : "";
    say(`Hustings could not be loaded. ${why}Reloading the page often helps. ${NEEDS}`);
  }
};

// The buttons of the error card. A link to the open address would only scroll.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-reload]")) {
    event.preventDefault();
    location.reload();
  }
});

// The card cannot be closed: there is no page behind it.
document.addEventListener("cancel", (event) => {
  if (event.target.classList.contains("broken")) event.preventDefault();
}, true);

// Replaces the page, unless the program has already rendered one.
const say = (sentence) => {
  const app = document.getElementById("app");
  if (!app.querySelector(".waiting")) return;
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.textContent = sentence;
  app.replaceChildren(notice);
};

start();
