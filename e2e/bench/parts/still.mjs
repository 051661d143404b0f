// A paused page requests no frames and no timers.
const SECONDS = 3;

export const still = async ({ fresh }) => {
  const rows = [];
  for (const fragment of ["", "#preset/split-brain", "#preset/thirty-two"]) {
    const visitor = await fresh();
    await visitor.page.goto(visitor.url + fragment);
    await visitor.page.locator(".accessible-list button").first().waitFor();
    await visitor.rest(500);
    if (await visitor.isPlaying()) await visitor.press("Space");
    await visitor.rest(1500);
    const before = await visitor.metrics();
    await visitor.page.evaluate(() => Object.assign(window.bench, { asked: 0, ran: 0 }));
    await visitor.rest(SECONDS * 1000);
    const { asked, ran } = await visitor.page.evaluate(() => window.bench);
    const after = await visitor.metrics();
    await visitor.close();
    const busy = (after.ScriptDuration - before.ScriptDuration) / SECONDS;
    rows.push({
      name: `${fragment || "start"}, paused for ${SECONDS} s: frames and timers`,
      value: asked + ran, text: String(asked + ran), aim: 0, aimText: "0",
      note: `script ${(100 * busy).toFixed(2)} % of the time`,
    });
  }
  return rows;
};
