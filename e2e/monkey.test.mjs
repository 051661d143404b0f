// A short share of the monkey: the same sequences each time, one for every size. `cargo xtask monkey` runs others, of
// any number of steps.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { TIMEOUT } from "./eventually.mjs";
import { check, sequences, told } from "./monkey.mjs";
import { gestures } from "./monkey/gestures.mjs";
import { SIZES } from "./monkey/sequence.mjs";
import { serve } from "./serve.mjs";

const world = { patience: TIMEOUT };
before(async () => {
  world.site = await serve(fileURLToPath(new URL("../dist", import.meta.url)), "/");
  world.browser = await launch();
});
after(async () => {
  await world.browser?.close();
  world.site?.close();
});

test("a seed has one sequence of gestures, and another seed another one", () => {
  assert.deepEqual(gestures(7, 50), gestures(7, 50));
  assert.deepEqual(gestures(7, 50).slice(0, 20), gestures(7, 20));
  assert.notDeepEqual(gestures(7, 50), gestures(8, 50));
});

for (const size of Object.keys(SIZES)) {
  test(`thirty random gestures find no fault, ${size}`, async () => {
    const [sequence] = sequences(1, 30, [size]);
    const fault = await check(world, sequence, { shrinks: false });
    assert.ok(!fault, fault && told(fault));
  });
}
