// The time from the key x to the painted picture of the new scenario.
import { least, median, quantile } from "../numbers.mjs";

const PRESETS = ["bully-figure", "split-brain", "thirty-two"];
const TIMES = 20;

export const edit = async ({ fresh }) => {
  const rows = [];
  for (const preset of PRESETS) {
    const visitor = await fresh();
    await visitor.open(`#preset/${preset}&t=250ms`);
    await visitor.select(2);
    await visitor.rest(300);
    const painted = [];
    const presented = [];
    const before = await visitor.metrics();
    for (let time = 0; time < TIMES; time += 1) {
      await visitor.taken("inputs");
      await visitor.press("x");
      await visitor.rest(150);
      const [input] = await visitor.taken("inputs");
      painted.push(input.painted);
      presented.push(input.presented);
      await visitor.press("Control+z");
      await visitor.rest(100);
    }
    const after = await visitor.metrics();
    await visitor.close();
    const spent = ((after.TaskDuration - before.TaskDuration) * 1000) / (2 * TIMES);
    rows.push(
      { name: `x in ${preset}: to the painted picture, median`, value: median(painted), aim: 16 },
      { name: `x in ${preset}: fastest`, value: least(painted), aim: 16 },
      { name: `x in ${preset}: 9 of 10`, value: quantile(painted, 0.9), aim: 16 },
      { name: `x in ${preset}: to the end of its frame, waiting included, median`, value: median(presented) },
      { name: `x in ${preset}: all of the main thread, mean of the edit and its undoing`, value: spent },
    );
  }
  return rows;
};
