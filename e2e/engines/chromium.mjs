// Chromium and browsers made from it.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

// xtask says which browser it found; a plain `cargo test` or `node --test` tries the usual places,
// and last the build that `playwright-core install` fetched.
const usual = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);

export const launch = ({ isStill }) =>
  chromium.launch({
    executablePath: process.env.HUSTINGS_BROWSER || usual,
    args: [
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      // Chromium's sandbox refuses to run as root, as a container often does.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      // What a context asks for does not reach images.
      ...(isStill ? ["--force-prefers-reduced-motion"] : []),
    ],
  });
