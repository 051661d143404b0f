// Registers the service worker, which keeps the page for use without a network, and reports a newer version.

const HOUR = 3_600_000;
const HERE = ["localhost", "127.0.0.1", "[::1]"];

// Not in a frame of another page, and not on localhost, where the page is developed.
const keep = async () => {
  if (!("serviceWorker" in navigator) || self !== top || HERE.includes(location.hostname)) return;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener("message", ({ data }) => data === "newer" && offer());
  serviceWorker.controller?.postMessage("here");
  try {
    await serviceWorker.register("sw.js");
  } catch {
    return; // forbidden or out of room: the page works as long as there is a network
  }
  let looked = performance.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || performance.now() - looked < HOUR) return;
    looked = performance.now();
    serviceWorker.controller?.postMessage("look");
  });
};

const offer = () => {
  if (document.querySelector(".newer")) return;
  const line = document.createElement("p");
  line.className = "newer";
  line.setAttribute("role", "status");
  line.append(
    "There is a newer Hustings.",
    button("Reload", () => location.reload()),
    button("Later", () => line.remove()),
  );
  document.body.append(line);
};

const button = (name, action) => {
  const button = document.createElement("button");
  button.className = "button";
  button.textContent = name;
  button.addEventListener("click", action);
  return button;
};

keep();
