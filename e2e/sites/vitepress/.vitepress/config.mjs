export default {
  title: "A manual",
  base: "/deep/manual/",
  head: [
    ["link", { rel: "icon", href: "data:," }],
    ["script", { src: "https://your.site/hustings/v1/embed.js", defer: "" }],
    ["link", { rel: "stylesheet", href: "https://your.site/hustings/v1/embed.css" }],
  ],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "leader-election" } } },
};
