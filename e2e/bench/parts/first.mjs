// The time from the address to the first picture, and to the first that takes input, on a slow machine.
import { least, median } from "../numbers.mjs";

const TIMES = 7;
const SLOWER = 4;

export const first = async ({ fresh }) => {
  const rows = [];
  for (const [name, fragment] of [["start", ""], ["split-brain", "#preset/split-brain"]]) {
    const seen = [];
    const ready = [];
    for (let time = 0; time < TIMES; time += 1) {
      const visitor = await fresh();
      await visitor.devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
      await visitor.page.goto(visitor.url + fragment);
      await visitor.page.waitForFunction(() => window.bench.ready);
      await visitor.rest(300);
      const times = await visitor.page.evaluate(() => ({
        seen: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
        ready: window.bench.ready,
      }));
      seen.push(times.seen);
      ready.push(times.ready);
      await visitor.close();
    }
    rows.push(
      { name: `${name}, ${SLOWER} times slower: interactive, median of ${TIMES}`, value: median(ready), aim: 1000 },
      { name: `${name}: interactive, fastest`, value: least(ready), aim: 1000 },
      { name: `${name}: first picture, median`, value: median(seen) },
    );
  }
  return rows;
};
