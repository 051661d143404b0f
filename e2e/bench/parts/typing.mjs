// Typing in the middle of a script that is as long as one may be.
import { least, median, most, quantile, sum } from "../numbers.mjs";
import { long } from "../scripts.mjs";

const BURSTS = 4;
const WORDS = "# it is typed so";

export const typing = async ({ fresh }) => {
  const visitor = await fresh();
  await visitor.open("#preset/bully-figure");
  const script = long();
  await visitor.write(script);
  await visitor.page.locator(".script-text").evaluate((field) => {
    const at = field.value.indexOf("\n", field.value.length / 2) + 1;
    field.focus();
    field.setSelectionRange(at, at);
  });
  await visitor.rest(500);
  const keys = [];
  const each = [];
  const rests = [];
  for (let burst = 0; burst < BURSTS; burst += 1) {
    await visitor.press("Enter", "ArrowUp");
    await visitor.rest(1500);
    await visitor.taken("deeds");
    const before = await visitor.metrics();
    for (const letter of WORDS) {
      await visitor.page.keyboard.type(letter);
      await visitor.rest(30);
    }
    const after = await visitor.metrics();
    keys.push(((after.TaskDuration - before.TaskDuration) * 1000) / WORDS.length);
    // Then the script is read, and its run made.
    rests.push(await visitor.tasks(() => visitor.rest(1500)));
    each.push(...(await visitor.taken("deeds")).map((deed) => deed.task));
  }
  await visitor.close();
  const bytes = script.length.toLocaleString("en");
  return [
    { name: `a key in ${bytes} bytes: all of the main thread, median of ${BURSTS} lines`, value: median(keys), aim: 16 },
    { name: "a key: fastest line", value: least(keys), aim: 16 },
    { name: "a key: what the page does at once, 19 of 20", value: quantile(each, 0.95), aim: 16 },
    { name: "when it rests: longest task", value: least(rests.map(most)), aim: 50 },
    { name: "when it rests: all tasks", value: least(rests.map(sum)) },
  ];
};
