export default {
  title: "A manual",
  base: "/deep/manual/",
  head: [
    ["link", { rel: "icon", href: "data:," }],
    ["script", { src: "https://your.site/hustings/v1/embed.js", defer: "" }],
    ["style", {}, "pre.leader-election, div.language-leader-election { box-sizing: border-box; min-height: 448px }"],
  ],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "leader-election" } } },
};
