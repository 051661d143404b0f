import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";

const attrs = { src: "https://your.site/hustings/v1/embed.js", defer: true };
const sheet = { rel: "stylesheet", href: "https://your.site/hustings/v1/embed.css" };

export default defineConfig({
  base: "/deep/manual/",
  // Not in node_modules, which other builds use too.
  cacheDir: ".cache",
  integrations: [
    starlight({
      title: "A manual",
      head: [{ tag: "script", attrs }, { tag: "link", attrs: sheet }],
      pagefind: false,
      pagination: false,
    }),
  ],
});
