// A figure hides its script while it plays. The script is what this book is about, so it stands below
// each figure: open where a chapter says so with an element of the class `shows-scripts`.
const isOpen = document.querySelector(".shows-scripts") !== null;
for (const figure of document.querySelectorAll("leader-election")) {
  const script = figure.querySelector(":scope > pre");
  if (!script) continue;
  const code = document.createElement("code");
  code.className = "hljs";
  code.textContent = script.textContent.trimEnd();
  // mdBook's own handler copies what stands beside such a button.
  const copy = document.createElement("button");
  copy.className = "clip-button";
  copy.title = "Copy to clipboard";
  copy.setAttribute("aria-label", copy.title);
  copy.append(Object.assign(document.createElement("i"), { className: "tooltiptext" }));
  const buttons = Object.assign(document.createElement("div"), { className: "buttons" });
  buttons.append(copy);
  const block = document.createElement("pre");
  block.append(buttons, code);
  const fold = Object.assign(document.createElement("details"), { className: "script", open: isOpen });
  fold.append(Object.assign(document.createElement("summary"), { textContent: "Script" }), block);
  figure.after(fold);
}
