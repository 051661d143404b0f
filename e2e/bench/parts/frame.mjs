// A frame during playback: the time in the page's frame callback, and all work of the main thread for it,
// including the browser's own painting.
import { least, median, quantile } from "../numbers.mjs";
import { crowd, seven } from "../scripts.mjs";

const SECONDS = 4;

const frames = async (visitor, faster) => {
  await visitor.playOn(faster);
  await visitor.rest(500);
  await visitor.taken("frames");
  const before = await visitor.metrics();
  await visitor.rest(SECONDS * 1000);
  const after = await visitor.metrics();
  const all = await visitor.taken("frames");
  await visitor.press("Space");
  const spent = (after.TaskDuration - before.TaskDuration) * 1000;
  return { all: all.map((frame) => frame.spent), stage: all.map(({ of }) => of.stage ?? 0),
    whole: spent / all.length, count: all.length };
};

const rows = (name, { all, stage, whole, count }, aim) => [
  { name: `${name}: stage, median of ${count} frames`, value: median(stage), aim },
  { name: `${name}: stage, fastest`, value: least(stage), aim },
  { name: `${name}: stage, 19 of 20`, value: quantile(stage, 0.95), aim },
  { name: `${name}: stage, diagram and strip, median`, value: median(all), aim },
  { name: `${name}: all of the main thread, mean`, value: whole },
];

export const frame = async ({ fresh }) => {
  const few = await fresh();
  await few.play(seven);
  await few.press("Home");
  const of7 = await frames(few, 0);
  await few.close();
  const many = await fresh();
  await many.play(crowd);
  // To the crash, and to the instant at which all processes poll the higher ranks.
  await many.press("Home", "Shift+ArrowRight", "Shift+ArrowRight");
  const of64 = await frames(many, -12);
  const sent = await many.page.locator(".kind b").allTextContents();
  await many.close();
  return [
    ...rows("7 processes", of7, 1),
    ...rows(`64 processes, ${sent.join("/")} sent`, of64, 6),
  ];
};
