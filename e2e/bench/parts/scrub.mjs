// Scrubbing a run of 1,000,000 events: the time from the pointer event to stage, diagram and story.
import { least, mean, median, most, quantile } from "../numbers.mjs";
import { heartbeats } from "../scripts.mjs";

// A prime, so that the places fall nowhere regularly.
const PLACES = 97;

export const scrub = async ({ fresh }) => {
  const visitor = await fresh();
  await visitor.play(heartbeats(1_000_000));
  await visitor.press("0");
  const box = await visitor.page.locator(".spacetime").boundingBox();
  // Along the strip of leaders, between the names and the edge.
  const [left, y, width] = [box.x + 70, box.y + 36, box.width - 90];
  await visitor.page.mouse.move(left, y);
  await visitor.page.mouse.down();
  const spent = [];
  const whole = [];
  for (let place = 1; place <= PLACES; place += 1) {
    await visitor.taken("inputs");
    const before = await visitor.metrics();
    // Far from the one before, so that nothing can be played on from there.
    await visitor.page.mouse.move(left + (width * ((place * 37) % PLACES)) / PLACES, y);
    await visitor.rest(60);
    const inputs = await visitor.taken("inputs");
    const after = await visitor.metrics();
    whole.push((after.TaskDuration - before.TaskDuration) * 1000);
    spent.push(most(inputs.map((input) => input.painted ?? 0)));
  }
  await visitor.page.mouse.up();
  await visitor.close();
  return [
    { name: `median of ${PLACES} places`, value: median(spent), aim: 16 },
    { name: "fastest", value: least(spent), aim: 16 },
    { name: "mean", value: mean(spent), aim: 16 },
    { name: "9 of 10", value: quantile(spent, 0.9), aim: 16 },
    { name: "worst", value: most(spent), aim: 16 },
    { name: "all of the main thread, median", value: median(whole) },
    { name: "all of the main thread, worst", value: most(whole) },
  ];
};
