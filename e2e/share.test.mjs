// Sharing: links, the address, import of files, and recent scenarios.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { eventually, still } from "./eventually.mjs";
import { nameOf, paste, scriptOf, Stage } from "./stage.mjs";
import { isGivenUp, visits } from "./visit.mjs";

const { fresh, url } = visits();
const wide = { viewport: { width: 1440, height: 900 } };

const fragment = (page) => new URL(page.url()).hash;
const title = (page) => page.locator(".head-title h1").textContent();
const notice = (page) => page.locator(".notice-line").textContent();
const link = (page) => page.locator(".share-text").inputValue();
const digest = (address) => /&d=([\w-]{11})/.exec(address)?.[1];

// The figure with 2 crashed too, 5 selected, at an instant in the middle of the election.
const edited = async (options = wide) => {
  const { page, bad } = await fresh(options);
  const stage = await Stage.open(page, url("#preset/bully-figure&t=50ms"));
  await stage.doubleClick(2);
  await eventually(async () => (await stage.processes())[2], /^crashed/);
  await stage.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight");
  await page.locator('.accessible-list [data-rank="5"]').focus();
  await page.keyboard.press("Enter");
  return { page, bad, stage };
};

// The same address in a new page.
const again = async (page) => {
  const address = page.url();
  await page.goto("about:blank");
  await Stage.open(page, address);
};

// Ends a dialog; until it is gone, keys belong to it.
const leave = async (page) => {
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
};

// Drops something on the page, as a file manager or another window would.
const drop = async (page, { name, text, bytes }) => {
  const data = await page.evaluateHandle(
    ({ name, text, base64 }) => {
      const data = new DataTransfer();
      const content = base64 ? Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)) : text;
      if (name) data.items.add(new File([content], name));
      else data.setData("text/plain", text);
      return data;
    },
    { name, text, base64: bytes?.toString("base64") },
  );
  await page.dispatchEvent("body", "dragenter", { dataTransfer: data });
  await page.locator(".drop-zone").waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  await page.locator(".drop-zone").waitFor({ state: "detached" });
};

test("a link opens in another browser at the same run, instant, selection and picture", async () => {
  const options = { ...wide, permissions: ["clipboard-read", "clipboard-write"] };
  const { page, bad, stage } = await edited(options);
  const clock = await stage.clock();
  await page.locator("body").press("l");
  const field = page.locator(".share-text");
  await field.waitFor();
  await eventually(() => page.evaluate(() => document.activeElement.textContent), "Copy link");
  await page.keyboard.press("Enter");
  await page.getByText("Copied.", { exact: true }).waitFor();
  const shared = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(shared, await field.inputValue());
  assert.match(shared, /\/sub\/dir\/#1\/[\w-]+&t=[\w.]+&sel=5&d=[\w-]{11}$/);
  await eventually(() => page.locator(".share-foot").textContent(), (words) => words.includes(`${shared.length} characters`));
  await leave(page);

  const there = await fresh(wide);
  const other = await Stage.open(there.page, shared);
  await eventually(() => other.clock(), clock);
  await eventually(() => other.processes(), await stage.processes());
  await eventually(() => there.page.locator('.accessible-list [data-rank="5"]').getAttribute("aria-pressed"), "true");
  await there.page.locator("body").press("l");
  await there.page.locator(".share-text").waitFor();
  await eventually(async () => digest(await link(there.page)), digest(shared));
  await leave(there.page);
  await page.mouse.move(0, 0);
  await there.page.mouse.move(0, 0);
  await page.locator(".brand").focus();
  await there.page.locator(".brand").focus();
  await eventually(async () => (await other.picture()) === (await stage.picture()), true, "the same picture");
  assert.deepEqual([...bad, ...there.bad], []);
});

test("a link without the comments is shorter and opens the same scenario", async () => {
  const { page, bad } = await edited();
  await page.locator("body").press("l");
  const full = await link(page);
  await page.getByLabel("Without comments").check();
  const bare = await eventually(() => link(page), (shown) => shown !== full);
  assert.ok(bare.length + 100 < full.length, `${bare.length} and ${full.length} characters`);
  await eventually(() => page.locator(".share-foot").textContent(), (words) => words.includes(`${bare.length} characters`));
  assert.equal(digest(bare), digest(full));
  await leave(page);
  const there = await fresh(wide);
  for (const [address, hasComments] of [[full, true], [bare, false]]) {
    await Stage.open(there.page, address);
    await there.page.locator(".to-script").click();
    const text = await eventually(() => there.page.locator(".script-text").inputValue(), /^title/);
    assert.equal(text.includes("#"), hasComments);
    await there.page.goto("about:blank");
  }
  assert.deepEqual([...bad, ...there.bad], []);
});

test("if the clipboard is refused the link is selected, and the page says so", async () => {
  const { page } = await fresh(wide);
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
  });
  await Stage.open(page, url("#preset/bully-figure"));
  await page.locator(".head-share").click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByText("The link is selected: press Ctrl C.").waitFor();
  const chosen = () => page.locator(".share-text").evaluate((field) =>
    document.activeElement === field && field.value.slice(field.selectionStart, field.selectionEnd));
  await eventually(chosen, await link(page));
  await page.getByRole("button", { name: "Close" }).click();
  await eventually(() => page.evaluate(() => document.activeElement.className.includes("head-share")), true);
});

test("the address follows without filling the history, and opens as it was left", async () => {
  const { page, bad, stage } = await edited();
  const entries = await page.evaluate(() => history.length);
  await eventually(() => fragment(page), /^#1\/.*&t=.*&sel=5&d=/);
  const before = fragment(page);
  await stage.press("ArrowRight");
  await eventually(() => fragment(page), (now) => now !== before);
  assert.equal(await page.evaluate(() => history.length), entries);
  const [clock, processes] = [await stage.clock(), await stage.processes()];
  await again(page);
  await eventually(() => stage.clock(), clock);
  await eventually(() => stage.processes(), processes);
  // The comments are still there: the link has them.
  await page.locator(".to-script").click();
  await eventually(() => page.locator(".script-text").inputValue(), /# 6 crashes/);
  await page.locator(".to-compare").click();
  await eventually(() => fragment(page), /&vs=next-in-line/);
  await again(page);
  await page.locator('.page[data-screen="compare"]').waitFor();
  // A page that is left at once may not have loaded its icon.
  assert.deepEqual(bad.filter((line) => !isGivenUp(line)), []);
});

test("back and forward lead through the opened scenarios, as they were left", async () => {
  const { page, bad, stage } = await edited();
  const [first, clock] = [await title(page), await stage.clock()];
  await page.locator(".to-gallery").click();
  await page.locator('.card[href="#preset/two-leaders"]').click();
  await page.locator('.page[data-screen="stage"]').waitFor();
  const second = await title(page);
  assert.notEqual(second, first);
  assert.equal(fragment(page), "#preset/two-leaders");
  await drop(page, { name: "third.hustings", text: 'title "Third"\nat 100ms crash 6' });
  await eventually(() => title(page), "Third");
  await page.goBack();
  await eventually(() => title(page), second);
  await page.goBack();
  await eventually(() => title(page), first);
  await eventually(() => stage.clock(), clock);
  await eventually(async () => (await stage.processes())[2], /^crashed/);
  await page.goForward();
  await eventually(() => title(page), second);
  await page.goForward();
  await eventually(() => title(page), "Third");
  assert.deepEqual(bad, []);
});

test("an unreadable link says why, and the open scenario stays", async () => {
  const { page, stage } = await edited();
  const processes = await stage.processes();
  await eventually(() => fragment(page), /^#1\//);
  const good = fragment(page).slice(1).split("&")[0];
  const zeros = "A".repeat(16_500);
  for (const [broken, says] of [
    [good.slice(0, -3), /cut short|changed on its way/],
    [`${good.slice(0, 9)}${good[9] === "A" ? "B" : "A"}${good.slice(10)}`, /changed on its way/],
    ["2/AAAA", /needs a newer Hustings: it has version 2/],
    ["1/", /nothing behind its version/],
    ["1/AA!AA", /is not used in links/],
    [`1/${zeros}`, /16503|16500/],
    ["hello", /names no scenario/],
    ["preset/two-leader", /did you mean `two-leaders`\?/],
  ]) {
    await page.evaluate((broken) => { location.hash = broken; }, broken);
    await eventually(() => notice(page), says);
    await eventually(() => notice(page), /What was open stays\.$/);
    assert.deepEqual(await stage.processes(), processes, broken);
  }
});

test("a run that differs from the shared one says so and plays on", async () => {
  const { page } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/bully-figure&t=268ms&d=AAAAAAAAAAA"));
  await eventually(() => notice(page), /the run is different here/);
  await eventually(() => stage.clock(), "268 ms");
  await page.locator("body").press("ArrowRight");
  await eventually(() => notice(page), "");
});

test("script, JSON and link open by drop, by paste and by file", async () => {
  const { page, bad } = await fresh(wide);
  const script = await readFile(new URL("../presets/two-leaders.hustings", import.meta.url), "utf8");
  await Stage.open(page, url("#preset/two-leaders"));
  const wanted = await title(page);
  await page.locator("body").press("l");
  const shared = await link(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("group", { name: "Scenario" }).getByRole("button", { name: "JSON" }).click(),
  ]);
  assert.match(nameOf(download), /\.json$/);
  const json = await readFile(await download.path(), "utf8");
  await leave(page);

  const begin = async () => {
    await page.evaluate(() => { location.hash = "preset/cold-start"; });
    await eventually(() => title(page), (shown) => shown !== wanted);
  };
  const opens = async () => {
    await eventually(() => title(page), wanted);
    await page.locator("body").press("l");
    await eventually(async () => digest(await link(page)), digest(shared));
    await leave(page);
  };
  for (const given of [
    { name: "a.txt", text: script },
    { name: "b.hustings", text: json },
    { name: "c", text: shared },
    { text: shared },
  ]) {
    await begin();
    await drop(page, given);
    await opens();
  }
  for (const text of [script, json, shared]) {
    await begin();
    await paste(page, text);
    await opens();
    // One step, and it can be undone.
    await page.locator("body").press("Control+z");
    await eventually(() => title(page), (shown) => shown !== wanted);
  }
  await begin();
  await page.locator("body").press("i");
  await page.locator("#import-text").fill("at 100ms crsh 6");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByText(/^Read as a script, line 1, column 10: `crsh` is not something/).waitFor();
  await page.locator(".file-choice input").setInputFiles({
    name: "mine.json", mimeType: "application/json", buffer: Buffer.from(json),
  });
  await page.locator("dialog").waitFor({ state: "detached" });
  await opens();
  // What is typed into a field is the field's.
  await page.locator(".to-script").click();
  await page.locator(".script-text").focus();
  assert.deepEqual(bad, []);
});

test("a file that cannot be opened says what and where, and the open scenario stays", async () => {
  const { page } = await fresh(wide);
  await Stage.open(page, url("#preset/two-leaders"));
  const before = await title(page);
  for (const [given, says] of [
    [{ name: "bad.hustings", text: "processes 6\nat 1ms crsh 6" }, /^The file bad\.hustings cannot be opened: .*line 2, column 8/],
    [{ name: "bad.json", text: '{"sede": 3}' }, /^The file bad\.json cannot be opened: read as JSON, line 1, column 2/],
    [{ name: "logo.png", text: "\u0089PNG\u0000" }, /^The file logo\.png cannot be opened: it is no text/],
    [{ name: "huge.txt", text: "#".repeat(1_100_000) }, /^The file huge\.txt cannot be opened: it has 1100000 bytes/],
    [{ text: "https://example.org/#1/AAA" }, /^What was dropped cannot be opened: this link is cut short/],
  ]) {
    await drop(page, given);
    await eventually(() => notice(page), says);
    await eventually(() => notice(page), /What was open stays\.$/);
    assert.equal(await title(page), before);
  }
});

test("a scenario too long for a link offers the file instead", async () => {
  const { page } = await fresh(wide);
  await Stage.open(page, url("#preset/two-leaders"));
  const lines = Array.from({ length: 2_900 }, (_, nth) =>
    `at ${(nth * 7919 * 7919) % 9_999_991}us crash ${((nth * 31) % 64) + 1}`);
  const text = `title "Long"\nprocesses 64\nuntil 10s\n${lines.join("\n")}\n`;
  await drop(page, { name: "long.hustings", text });
  await eventually(() => title(page), "Long");
  await page.locator("body").press("l");
  await page.getByText(/^This scenario is too long for a link/).waitFor();
  assert.equal(await page.locator(".share-text").count(), 0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Script" }).last().click(),
  ]);
  assert.equal(nameOf(download), "long.hustings");
});

test("a scenario too long for a link opens again in the same browser, and says that it is only there", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url("#preset/two-leaders"));
  const lines = Array.from({ length: 2_900 }, (_, nth) =>
    `at ${(nth * 7919 * 7919) % 9_999_991}us crash ${((nth * 31) % 64) + 1}`);
  const text = `title "Long"  # mine\nprocesses 64\nuntil 10s\n${lines.join("\n")}\n`;
  await drop(page, { name: "long.hustings", text });
  await eventually(() => title(page), "Long");
  await eventually(() => notice(page), /too long for a link, so its address works in this browser alone/);
  await eventually(() => fragment(page), /^#kept\/[\w-]{11}$/);
  await stage.press("ArrowRight");
  const clock = await stage.clock();
  await eventually(() => fragment(page), /&t=/);
  await again(page);
  await eventually(() => title(page), "Long");
  await eventually(() => stage.clock(), clock);
  assert.equal(await notice(page), "");
  await page.locator(".to-gallery").click();
  await page.locator('.card[href="#preset/two-leaders"]').click();
  await eventually(() => title(page), (shown) => shown !== "Long");
  await page.goBack();
  await eventually(() => title(page), "Long");
  const there = await fresh(wide);
  await Stage.open(there.page, page.url());
  await eventually(() => there.page.locator(".notice-line").textContent(), /this browser does not keep it; open its file instead/);
  assert.deepEqual(bad.filter((line) => !isGivenUp(line)), []);
});

// Saves one form of a thing: its name, and what is in it. Chromium lets a page save ten files a second.
const opensShare = async (page) => {
  await Stage.open(page, url("#preset/bully-figure&t=268ms"));
  await page.locator("body").press("l");
  return async (thing, form) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("group", { name: thing }).getByRole("button", { name: form, exact: true }).click(),
    ]);
    await page.getByText(`Saved as ${nameOf(download)}.`).waitFor();
    return { name: nameOf(download), bytes: await readFile(await download.path()) };
  };
};

test("pictures are saved as what they are", async () => {
  const { page, bad } = await fresh(wide);
  const save = await opensShare(page);
  const size = (png) => [png.readUInt32BE(16), png.readUInt32BE(20)];
  const stage = await save("Stage at 268 ms", "PNG");
  assert.equal(stage.name, "bully-3-notices-that-6-is-gone-stage.png");
  assert.deepEqual(size(stage.bytes), [1440, 824]);
  assert.equal(size((await save("Diagram", "PNG")).bytes)[0], 2128);
  for (const [thing, form] of [
    ["Stage at 268 ms", "SVG"],
    ["Stage at 268 ms", "Animated SVG"],
    ["Diagram", "SVG"],
  ]) {
    assert.match((await save(thing, form)).bytes.toString(), /^<svg/, `${thing} as ${form}`);
  }
  assert.deepEqual(bad, []);
});

test("an exported picture opens as its scenario by drop, by paste and by file", async () => {
  const { page, bad } = await fresh(wide);
  const save = await opensShare(page);
  const wanted = await title(page);
  const pictures = [];
  for (const [thing, form] of [
    ["Stage at 268 ms", "PNG"],
    ["Diagram", "PNG"],
    ["Stage at 268 ms", "SVG"],
    ["Stage at 268 ms", "Animated SVG"],
    ["Diagram", "SVG"],
  ]) {
    pictures.push(await save(thing, form));
  }
  await leave(page);
  const script = await scriptOf(page);
  assert.match(script, /# 6 crashes/);
  const opens = async (open) => {
    await page.evaluate(() => { location.hash = "preset/cold-start"; });
    await eventually(() => title(page), (shown) => shown !== wanted);
    await open();
    await eventually(() => title(page), wanted);
    assert.equal(await scriptOf(page), script);
  };
  // The name says nothing.
  for (const { bytes } of pictures) await opens(() => drop(page, { name: "picture", bytes }));
  await opens(() => paste(page, pictures[2].bytes.toString()));
  await opens(async () => {
    await page.locator("body").press("i");
    await page.locator(".file-choice input").setInputFiles({
      name: "picture.png", mimeType: "image/png", buffer: pictures[0].bytes,
    });
    await page.locator("dialog").waitFor({ state: "detached" });
  });
  // The browser still shows the PNG. Without the chunk after its header it is any picture.
  const { bytes } = pictures[0];
  const width = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
    return (await createImageBitmap(new Blob([bytes], { type: "image/png" }))).width;
  }, bytes.toString("base64"));
  assert.equal(width, 1440);
  const other = Buffer.concat([bytes.subarray(0, 33), bytes.subarray(33 + 12 + bytes.readUInt32BE(33))]);
  await drop(page, { name: "other.png", bytes: other });
  await eventually(() => notice(page), /^The file other\.png cannot be opened: it is a picture without a scenario; .*What was open stays\.$/);
  assert.equal(await title(page), wanted);
  assert.deepEqual(bad, []);
});

test("the scenario and what happened are saved as what they are", async () => {
  const { page, bad } = await fresh(wide);
  const save = await opensShare(page);
  for (const [thing, form, begins] of [
    ["Scenario", "Script", /^title/],
    ["What happened", "Text", /ms {2}6/],
    ["What happened", "Mermaid", /sequenceDiagram/],
    ["What happened", "ShiViz", /"\d+"/],
    ["What happened", "JSON", /^[[{]/],
    ["What happened", "CSV", /^\w+,/],
  ]) {
    assert.match((await save(thing, form)).bytes.toString(), begins, `${thing} as ${form}`);
  }
  assert.deepEqual(bad, []);
});

test("recent scenarios are in the gallery, and open again", async () => {
  const { page, bad } = await fresh(wide);
  const stage = await Stage.open(page, url());
  await drop(page, { name: "a.hustings", text: 'title "My own"  # mine\nat 100ms crash 6\n' });
  await page.locator('.page[data-screen="stage"]').waitFor();
  await stage.doubleClick(3);
  await eventually(async () => (await stage.processes())[3], /^crashed/);
  await page.goto("about:blank");
  await Stage.open(page, url());
  await page.locator(".continue").click();
  await eventually(() => title(page), "My own");
  await stage.press("End");
  await eventually(async () => (await stage.processes())[3], /^crashed/);
  await page.locator(".to-gallery").click();
  const recent = page.locator(".recent");
  await recent.first().waitFor();
  await eventually(() => recent.count(), 1, "one piece of work is one entry");
  await eventually(() => recent.textContent(), /My own.*Bully.*just now/);
  await page.locator('.card[href="#preset/two-leaders"]').click();
  await page.locator('.page[data-screen="stage"]').waitFor();
  await page.locator(".to-gallery").click();
  await recent.click();
  await eventually(() => title(page), "My own");
  await page.locator(".to-script").click();
  await eventually(() => page.locator(".script-text").inputValue(), /# mine/);
  assert.deepEqual(bad.filter((line) => !isGivenUp(line)), []);
});

test("storage that is refused, full or invalid is reported once, and the page works", async () => {
  for (const [odd, says] of [
    [() => Object.defineProperty(window, "localStorage", { get: () => { throw new Error("no"); } }), /keeps nothing for this page/],
    [() => { Storage.prototype.setItem = () => { throw new Error("full"); }; }, /keeps nothing for this page/],
    [() => localStorage.setItem("hustings.recent", "script \u0000 proceses"), /cannot be read in full/],
  ]) {
    const { page } = await fresh(wide);
    await page.addInitScript(odd);
    const stage = await Stage.open(page, url("#preset/bully-figure"));
    const spoilt = says.source.includes("full");
    if (spoilt) await eventually(() => notice(page), says);
    await stage.doubleClick(2);
    await eventually(async () => (await stage.processes())[2], /^crashed/);
    if (!spoilt) await eventually(() => notice(page), says);
    await stage.doubleClick(1);
    await eventually(async () => (await stage.processes())[1], /^crashed/);
    assert.doesNotMatch(await still(() => notice(page)), says);
    await eventually(() => fragment(page), /^#1\//);
  }
});

test("JSON beside the script is played as it is typed, and says what is wrong", async () => {
  const { page, bad, stage } = await edited();
  await page.locator(".to-script").click();
  await page.locator(".panel-head").getByRole("button", { name: "JSON" }).click();
  const area = page.locator(".json-text");
  const before = await eventually(() => area.inputValue(), /"crash"/);
  await area.fill(before.replace(/("kind": "crash", "processes": )\[6\]/, "$1[6, 4]"));
  await area.blur();
  await page.locator("body").press("End");
  await eventually(async () => (await stage.processes())[4], /^crashed/);
  await area.fill(before.replace('"processes": [6]', '"proceses": [6]'));
  const problem = page.locator("#json-note");
  await eventually(() => problem.textContent(), /timeline\[0\].proceses: `proceses` is unknown here; did you mean `processes`\?/);
  await area.blur();
  await page.locator("body").press("Home");
  // An action on the stage still works, and the text can be replaced by its scenario.
  await stage.doubleClick(1);
  await eventually(async () => (await stage.processes())[1], /^crashed/);
  await page.getByText("The scenario has changed elsewhere meanwhile.").waitFor();
  await page.getByRole("button", { name: "Rewrite it from the stage" }).click();
  await problem.waitFor({ state: "detached" });
  await eventually(() => area.inputValue(), /\[1\]/);
  await page.locator(".panel-head").getByRole("button", { name: "Script" }).click();
  await eventually(() => page.locator(".script-text").inputValue(), /# 6 crashes/);
  assert.deepEqual(bad, []);
});

test("both dialogs keep to the smallest phone", async () => {
  const { page, bad } = await fresh({ viewport: { width: 320, height: 640 }, hasTouch: true });
  await Stage.open(page, url("#preset/bully-figure"));
  for (const way of [
    async () => page.locator(".head-share").click(),
    async () => {
      await page.locator(".menu summary").click();
      await page.getByRole("menuitem", { name: "Import", exact: true }).click();
    },
  ]) {
    await way();
    const dialog = page.locator("dialog");
    await dialog.waitFor();
    await eventually(() => dialog.boundingBox(), ({ x, width }) => x >= 0 && x + width <= 320);
    await eventually(() => dialog.evaluate((box) => box.scrollWidth <= box.clientWidth), true, "nothing is wider than the dialog");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  }
  await eventually(() => page.evaluate(() => document.body.scrollWidth <= innerWidth), true, "nothing is wider than the page");
  assert.deepEqual(bad, []);
});
