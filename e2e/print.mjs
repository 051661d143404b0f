// Shows the page in a window as it is printed. Only Chromium's driver can emulate print, so the media rules of the
// style sheets are rewritten.
export const A4 = { width: 718, height: 1047 }; // 210 × 297 mm at 96 dots an inch, less margins of 10 mm

export const showAsPrinted = async (page) => {
  await page.setViewportSize(A4);
  await page.evaluate(() => {
    const toPaper = (rules) => {
      for (const rule of rules) {
        if (!(rule instanceof CSSMediaRule)) continue;
        const { media } = rule;
        if (/^print\b/.test(media.mediaText)) media.mediaText = media.mediaText.replace("print", "all");
        else if (/^screen\b/.test(media.mediaText)) media.mediaText = "not all";
        toPaper(rule.cssRules);
      }
    };
    for (const sheet of document.styleSheets) toPaper(sheet.cssRules);
  });
};

// The boxes of what a reader of the paper reads, and whether they are in each other's way.
export const printedStory = (page) =>
  page.evaluate(() => {
    const shown = (one) => one.checkVisibility() && one.getClientRects().length > 0;
    const lines = [...document.querySelectorAll(".story .line")].filter(shown);
    const boxes = lines.map((line) => line.getBoundingClientRect());
    const list = document.querySelector(".story .lines").getBoundingClientRect();
    const after = document.querySelector(".story").nextElementSibling;
    const spills = (box, place) =>
      box.right > innerWidth || box.bottom > list.bottom + 1 || lines[place].scrollWidth > lines[place].clientWidth ||
      (place > 0 && box.top < boxes[place - 1].bottom - 1);
    return {
      lines: lines.length,
      spilling: lines.filter((_, place) => spills(boxes[place], place)).map((line) => line.textContent),
      verdict: [...document.querySelectorAll(".verdict")].some(shown),
      covered: after && shown(after) ? after.getBoundingClientRect().top < list.bottom - 1 : false,
      // What a press does is of no use there.
      controls: [...document.querySelectorAll(".fit, .transport button, .story-head button")].filter(shown).length,
      wide: document.documentElement.scrollWidth > innerWidth,
    };
  });
