// The longest task of the main thread during playback at the highest speed, and while a run of 1,000,000 events
// is simulated.
import { most } from "../numbers.mjs";
import { flood, heartbeats } from "../scripts.mjs";

const AIM = 50;
// Of what a scenario at its limits may take.
const MOST = 200;
const FASTEST = 13;

const row = (name, tasks, aim = AIM) => {
  const long = tasks.filter((task) => task > AIM).length;
  return { name: `${name}: longest task (${long} over ${AIM} ms)`, value: most(tasks), aim };
};

export const tasks = async ({ fresh }) => {
  const rows = [];
  const play = async (name, visitor, aim) => {
    await visitor.press("Home");
    await visitor.playOn(FASTEST);
    await visitor.rest(300);
    rows.push(row(`${name}, playing`, await visitor.tasks(() => visitor.rest(6000)), aim));
    await visitor.close();
  };
  for (const preset of ["split-brain", "thirty-two"]) {
    const visitor = await fresh();
    await visitor.open(`#preset/${preset}`);
    await play(preset, visitor);
  }
  const visitor = await fresh();
  await visitor.open("#preset/bully-figure");
  const making = await visitor.tasks(() => visitor.write(heartbeats(1_000_000)));
  rows.push(row("1,000,000 events, written and made", making));
  await visitor.page.locator(".to-script").click();
  await play("1,000,000 events", visitor);
  const flooded = await fresh();
  await flooded.open("#preset/bully-figure");
  rows.push(row("50,000 messages in flight, written and made", await flooded.tasks(() => flooded.write(flood)), MOST));
  await flooded.page.locator(".to-script").click();
  await play("50,000 messages in flight", flooded, MOST);
  return rows;
};
