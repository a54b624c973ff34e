/** The rooms "draw" and "look" in a real browser, served by the command, as people use them. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { weightsSha256 } from "../../src/checkpoints/index.js";
import { loadEmbedded } from "../../src/data/index.js";
import { inkOf } from "../../src/data/pictures/ink.js";
import { normalise } from "../../src/data/pictures/normalise.js";
import { engine } from "../../src/engine/index.js";
import { completeSettings, Trainer } from "../../src/training/index.js";
import { temporaryDirectory } from "../data/fixtures.js";
import { browserFile, complaintsOf, launch } from "../support/browser.js";
import { bytesOf } from "../support/checkpoints.js";
import { contrastOf } from "../support/contrast.js";
import { drawn, type InkMap, stroked } from "../support/pictures/digits.js";
import { inked } from "../support/pictures/effects.js";
import { rgbaPng } from "../support/png.js";
import { randomCheckpoint } from "../support/random-network.js";
import {
  checkpoint,
  dataTransferOf,
  expectAnswerOf,
  fieldOf,
  openRoom,
  settled,
} from "../support/rooms.js";
import { servePage } from "../support/served.js";
import { reportsOf } from "../support/training.js";

function pictureFile(map: InkMap) {
  return { name: "some.png", mimeType: "image/png", buffer: rgbaPng(inked(map)) };
}

describe.skipIf(browserFile === undefined)("in a browser", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  const open = (room: string, options?: Parameters<typeof browser.newPage>[0]) =>
    openRoom(browser, room, options);

  async function stroke(page: Page, points: readonly (readonly [number, number])[]) {
    const { x, y, width, height } = (await page.locator("canvas").boundingBox())!;
    const at = ([u, v]: readonly [number, number]) => [x + u * width, y + v * height] as const;
    await page.mouse.move(...at(points[0]!));
    await page.mouse.down();
    for (const point of points.slice(1)) await page.mouse.move(...at(point), { steps: 4 });
    await page.mouse.up();
  }

  const SEVEN = [
    [0.3, 0.2],
    [0.7, 0.2],
    [0.45, 0.8],
  ] as const;

  test("answers to what is drawn by the mouse as Node.js does, and takes it back", async () => {
    const { page, complaints } = await open("draw");
    await stroke(page, SEVEN);
    await stroke(page, [
      [0.35, 0.5],
      [0.65, 0.5],
    ]);
    const both = await fieldOf(page);
    await expectAnswerOf(page, normalise(inkOf(both, "both")));
    await page.getByRole("button", { name: "Undo" }).click();
    const one = await fieldOf(page);
    expect(one.opacities === both.opacities).toBe(false);
    await expectAnswerOf(page, normalise(inkOf(one, "one")));
    await page.getByRole("button", { name: "Clear" }).click();
    expect(/[^\0]/.test((await fieldOf(page)).opacities)).toBe(false);
    expect(await page.locator(".outputs .value").allInnerTexts()).toEqual(new Array(10).fill("–"));
    await page.getByRole("button", { name: "Undo" }).click();
    expect((await fieldOf(page)).opacities === one.opacities).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each(["light", "dark"] as const)(
    "writes orange and blue so that one can read it: %s",
    async (colorScheme) => {
      const { page } = await open("draw", { colorScheme });
      for (const ink of ["positive", "negative"]) {
        expect(await contrastOf(page.locator(`.${ink}-ink`).first())).toBeGreaterThan(4.5);
      }
      await page.close();
    },
  );

  test("can be drawn on by keys alone", async () => {
    const { page, complaints } = await open("draw");
    await page.getByRole("application").focus();
    for (let k = 0; k < 9; k++) await page.keyboard.press("Shift+ArrowDown");
    const line = await fieldOf(page);
    await expectAnswerOf(page, normalise(inkOf(line, "line")));
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    expect((await fieldOf(page)).opacities === line.opacities).toBe(false);
    await page.keyboard.press("Backspace");
    expect((await fieldOf(page)).opacities === line.opacities).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("reads a picture that is chosen or dropped as the command does", async () => {
    const { page, complaints } = await open("draw");
    for (const [k, way] of (["choose", "drop"] as const).entries()) {
      const map = drawn(4 + k, 400, 26);
      const file = pictureFile(map);
      if (way === "choose") {
        await page.locator("input[accept^='image']").setInputFiles(file);
      } else {
        const transfer = await dataTransferOf(page, [{ ...file, name: "dropped.png" }]);
        await page.locator(".draw-room").dispatchEvent("drop", { dataTransfer: transfer });
      }
      await page.getByText(way === "choose" ? "some.png" : "dropped.png").waitFor();
      await expectAnswerOf(page, normalise(inkOf(inked(map), file.name)));
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("says that two shapes are two, and refuses in a sentence what is no picture", async () => {
    const { page, complaints } = await open("draw");
    const two = [100, 300].map((x) => [[x, 80] as const, [x, 320] as const]);
    const input = page.locator("input[accept^='image']");
    await input.setInputFiles(pictureFile(stroked(two, 400, 400, 26)));
    await page.getByText("some.png seems to show several digits").waitFor();
    await input.setInputFiles({
      name: "some.heic",
      mimeType: "image/heic",
      buffer: Buffer.from("\0\0\0\x18ftypheic rubbish"),
    });
    await page.getByText("some.heic is in the format HEIC, which this browser").waitFor();
    await input.setInputFiles(pictureFile(stroked([], 400, 400, 26)));
    await page.getByText("some.png is blank").waitFor();
    const damaged = Buffer.from(bytesOf(checkpoint));
    damaged[damaged.length - 5]! ^= 1;
    await input.setInputFiles({ name: "bad.safetensors", mimeType: "", buffer: damaged });
    await page.getByText("bad.safetensors is damaged").waitFor();
    // What was there stays.
    expect(await page.locator(".network-line b").textContent()).toBe("some");
    await input.setInputFiles({
      name: "other.safetensors",
      mimeType: "",
      buffer: Buffer.from(bytesOf(randomCheckpoint("quadratic"))),
    });
    await page.locator(".network-line b").getByText("other.safetensors").waitFor();
    await page.getByText("· quadratic").waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("shows x̄ of the output that is chosen, which the address keeps", async () => {
    const { page, complaints } = await open("draw");
    await stroke(page, SEVEN);
    await settled(page);
    const images = () => page.locator(".sight svg").nth(1).innerHTML();
    const before = await images();
    await page.getByRole("radio", { name: /^3/ }).check();
    await page.getByText("x̄: more like 3?").waitFor();
    await expect.poll(images).not.toBe(before);
    expect(new URL(page.url()).hash).toContain("output=3");
    // A small step along it raises that output, about as much as the tangent says.
    await page.getByRole("button", { name: "A step along x̄" }).click();
    const said = await page.getByText(/^a3 was/).textContent();
    const [, expected, came] = /a change of \+([\d.]+), and it was \+([\d.]+)\.$/.exec(said ?? "")!;
    expect(Number(came) / Number(expected)).toBeGreaterThan(0.5);
    expect(Number(came) / Number(expected)).toBeLessThan(2);
    // A cell tells its number.
    await page.getByRole("slider", { name: /^What the network sees/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.getByText("row 1, column 0: 0").waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("says of a step along x̄ whether it was right only for the network that it was made with", async () => {
    const { page } = await open("draw");
    await stroke(page, SEVEN);
    await settled(page);
    await page.getByRole("button", { name: "A step along x̄" }).click();
    const said = page.locator(".along p");
    await said.getByText(/ was .* and is /).waitFor();
    const other = Buffer.from(bytesOf(randomCheckpoint("quadratic")));
    await page
      .locator("input[accept^='image']")
      .setInputFiles({ name: "other.safetensors", mimeType: "", buffer: other });
    await page.locator(".network-line b").getByText("other.safetensors").waitFor();
    expect(await said.textContent()).toMatch(/^changes each pixel by at most 16/);
    await page.close();
  });

  test("takes a digit along from the confusion matrix to the field, as it is", async () => {
    const { page, complaints } = await open("look");
    const { test: images } = await loadEmbedded();
    const field = page.getByRole("button", { name: / taken for .*: \d+ images?$/ }).first();
    const [, label, taken, count] = /^(\d) taken for (\d): (\d+)/.exec(
      (await field.getAttribute("aria-label"))!,
    )!;
    await field.click();
    const shown = page.locator(".digit");
    await page.getByRole("heading", { name: `${label} taken for ${taken}` }).waitFor();
    expect(await shown.count()).toBe(Math.min(40, Number(count)));
    await shown.first().focus();
    await page.keyboard.press("Enter");
    const index = Number(
      /^test image (\d+)/.exec((await shown.first().getAttribute("title"))!)![1],
    );
    expect(images.labels[index]).toBe(Number(label));
    await page.getByRole("button", { name: "Open in Draw" }).click();
    await page.getByText(`test image ${index} of the generated digits`).waitFor();
    await expectAnswerOf(page, images.pixels.subarray(784 * index, 784 * (index + 1)));
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("has a small network where there is none, to the bits of the command", async () => {
    const { address } = await servePage(["view"]);
    const page = await browser.newPage();
    const complaints = complaintsOf(page, address);
    await page.goto(`${address}#draw`);
    await page.locator(".network-line b").waitFor();
    await page.getByRole("link", { name: "Look" }).click();
    const shown = await page.locator(".digest code").textContent();
    const settings = completeSettings({ hidden: [30], epochs: 3 });
    const trainer = new Trainer(settings, await loadEmbedded(), engine());
    await reportsOf(trainer);
    expect(shown).toBe(trainer.weightsSha256());
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("opens with the network that the command was given", async () => {
    const file = join(temporaryDirectory(), "given.safetensors");
    writeFileSync(file, bytesOf(checkpoint));
    const { address } = await servePage(["view", file]);
    const page = await browser.newPage();
    await page.goto(`${address}#look`);
    await page.locator(".network-line b").waitFor();
    expect(await page.locator(".network-line b").textContent()).toBe("given");
    expect(await page.locator(".digest code").textContent()).toBe(weightsSha256(checkpoint.layers));
    await page.close();
  });

  test("says on a small screen what it reads, in sight of the field", async () => {
    const { page } = await open("draw", { viewport: { width: 390, height: 844 } });
    await stroke(page, SEVEN);
    await settled(page);
    const { x, y, height } = (await page
      .getByText(/^It reads \d, with an output of [01]\.\d\d\.$/)
      .boundingBox())!;
    expect(x).toBeGreaterThanOrEqual(0);
    expect(y + height).toBeLessThan(844);
    expect(height).toBeGreaterThan(15);
    await page.close();
  });

  const looks = [1600, 1280, 360].flatMap((width) =>
    ["draw", "look"].map((room) => ({ width, room })),
  );

  test.each(looks)("needs no scrolling sideways: $room, $width", async ({ width, room }) => {
    const { page, complaints } = await open(room, { viewport: { width, height: 800 } });
    if (room === "draw") {
      await stroke(page, SEVEN);
      await settled(page);
    } else await page.getByRole("table").first().waitFor();
    expect(await page.locator("html").evaluate(({ scrollWidth }) => scrollWidth)).toBe(width);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
