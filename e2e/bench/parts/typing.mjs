// Typing in the middle of a script of the maximum length.
import { least, median, most, sum } from "../numbers.mjs";
import { long } from "../scripts.mjs";

const BURSTS = 4;
const WORDS = "# it is typed so";

// Types a line, and says how long the main thread takes for a key.
const line = async (visitor) => {
  const before = await visitor.metrics();
  for (const letter of WORDS) {
    await visitor.page.keyboard.type(letter);
    await visitor.rest(30);
  }
  const after = await visitor.metrics();
  return ((after.TaskDuration - before.TaskDuration) * 1000) / WORDS.length;
};

// A new line in the middle.
const place = (field) => {
  const at = field.value.indexOf("\n", field.value.length / 2) + 1;
  field.focus();
  field.setSelectionRange(at, at);
};

// What a text area of the browser costs by itself: nothing that a page does can make it less.
const bare = async ({ fresh }, script) => {
  const visitor = await fresh();
  await visitor.page.goto("about:blank");
  await visitor.page.setContent('<textarea wrap="off" spellcheck="false" style="width:440px;height:700px"></textarea>');
  await visitor.page.locator("textarea").fill(script);
  await visitor.page.locator("textarea").evaluate(place);
  const keys = [];
  for (let burst = 0; burst < BURSTS; burst += 1) {
    await visitor.press("Enter", "ArrowUp");
    await visitor.rest(500);
    keys.push(await line(visitor));
  }
  await visitor.close();
  return keys;
};

export const typing = async (visits) => {
  const visitor = await visits.fresh();
  await visitor.open("#preset/bully-figure");
  const script = long();
  await visitor.write(script);
  await visitor.page.locator(".script-text").evaluate(place);
  await visitor.rest(500);
  const keys = [];
  const rests = [];
  for (let burst = 0; burst < BURSTS; burst += 1) {
    await visitor.press("Enter", "ArrowUp");
    await visitor.rest(1500);
    keys.push(await line(visitor));
    // Then the script is read, and its run made.
    rests.push(await visitor.tasks(() => visitor.rest(1500)));
  }
  await visitor.close();
  const alone = await bare(visits, script);
  const bytes = script.length.toLocaleString("en");
  return [
    { name: `a key in ${bytes} bytes: all of the main thread, median of ${BURSTS} lines`, value: median(keys), aim: 16 },
    { name: "a key: fastest line", value: least(keys), aim: 16 },
    { name: "a key: a bare text area with the same text, fastest line", value: least(alone) },
    { name: "a key: the page, by the bare text area", value: least(keys) / least(alone), text: `× ${(least(keys) / least(alone)).toFixed(2)}` },
    { name: "when it rests: longest task", value: least(rests.map(most)), aim: 50 },
    { name: "when it rests: all tasks", value: least(rests.map(sum)) },
  ];
};
