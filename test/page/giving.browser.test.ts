/** What people give the page: files of images, pictures that are pasted, photographs, strokes of a finger. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { inkOf } from "../../src/data/pictures/ink.js";
import { normalise } from "../../src/data/pictures/normalise.js";
import { images, labels } from "../data/fixtures.js";
import { browserFile, launch } from "../support/browser.js";
import { drawn } from "../support/pictures/digits.js";
import { inked } from "../support/pictures/effects.js";
import { rgbaPng } from "../support/png.js";
import { dataTransferOf, expectAnswerOf, fieldOf, openRoom } from "../support/rooms.js";
import { servePage } from "../support/served.js";

const named = (name: string, buffer: Uint8Array, mimeType = "") => ({ name, mimeType, buffer });

/** In an order, and with names, that say nothing. */
const FOUR = [
  named("a", labels(...new Array(50).fill(1))),
  named("b", images(50, 28, 28)),
  named("c", images(60, 28, 28, 9)),
  named("d", labels(...new Array(60).fill(7))),
];

/** The page draws a 7 and has it packed as JPEG: upright, or lying on its side. */
const JPEG = `(isLying) => new Promise((resolve) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 320 });
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, 320, 320);
  if (isLying) context.setTransform(0, -1, 1, 0, 0, 320);
  context.lineWidth = 26;
  context.lineCap = context.lineJoin = "round";
  context.stroke(new Path2D("M90 70H230L140 260"));
  canvas.toBlob(async (blob) => {
    resolve([...new Uint8Array(await blob.arrayBuffer())]);
  }, "image/jpeg", 0.95);
})`;

/** What cameras say of how they were held: to be seen upright, the picture has to be turned to the right. */
const TURNED = Buffer.concat([
  Buffer.from([0xff, 0xe1, 0, 34]),
  Buffer.from("Exif\0\0MM\0*\0\0\0\x08", "latin1"),
  // One entry: the orientation, a short, is 6. No other directory follows.
  Buffer.from([0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]),
]);

describe.skipIf(browserFile === undefined)("the page is given", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function open(room: string, options?: Parameters<typeof openRoom>[2]) {
    const opened = await openRoom(browser, room, options);
    onTestFinished(() => opened.page.close());
    return opened;
  }

  test("four IDX files, which it trains on, and others, which it refuses in a sentence", async () => {
    const { address } = await servePage(["view"]);
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    await page.goto(`${address}#train?hidden=3&validationSize=10&batchSize=10`);
    const drop = async (files: typeof FOUR) => {
      const dataTransfer = await dataTransferOf(page, files);
      await page.getByRole("region", { name: "Images" }).dispatchEvent("drop", { dataTransfer });
    };
    const alert = page.getByRole("region", { name: "Images" }).getByRole("alert");
    const expectAlert = () => expect.poll(() => alert.allInnerTexts());

    await drop(FOUR.slice(0, 2));
    await expectAlert().toEqual([
      "A data set is four files, images and labels to train on and to test on: these are 2.",
    ]);
    await drop(FOUR);
    await page
      .getByText("files of your own: 60 images to train on, 50 to test.", { exact: true })
      .waitFor();
    await expectAlert().toEqual([]);
    await drop([...FOUR.slice(0, 3), named("holiday.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xe0]))]);
    await expectAlert().toEqual([expect.stringMatching(/^holiday\.jpg .*\.$/)]);
    // What was there stays, and is trained on.
    const choice = page.getByRole("combobox", { name: "Images" });
    expect(await choice.inputValue()).toBe("files of your own");
    await page.getByRole("button", { name: "One step" }).click();
    await page.getByText("10 of 50").waitFor();
  });

  test("a picture that is pasted", async () => {
    const { page, complaints } = await open("draw");
    const map = drawn(4, 400, 26);
    const picture = named("pasted.png", rgbaPng(inked(map)), "image/png");
    const transfer = await dataTransferOf(page, [picture]);
    await transfer.evaluate((clipboardData) => {
      const { ClipboardEvent, document } = globalThis as unknown as {
        ClipboardEvent: new (type: string, init: object) => Event;
        document: { body: EventTarget };
      };
      const init = { clipboardData, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new ClipboardEvent("paste", init));
    });
    await page.getByText("pasted.png").waitFor();
    await expectAnswerOf(page, normalise(inkOf(inked(map), "pasted.png")));
    expect(complaints).toEqual([]);
  });

  test("a photograph, which it turns as the camera says", async () => {
    const { page, complaints } = await open("draw");
    const jpeg = async (isLying: boolean) =>
      Buffer.from(await page.evaluate<number[]>(`(${JPEG})(${isLying})`));
    const read = async (name: string, bytes: Buffer) => {
      await page
        .locator("input[accept^='image']")
        .setInputFiles({ ...named(name, bytes, "image/jpeg"), buffer: bytes });
      await page.getByText(name).waitFor();
      return (await fieldOf(page)).data.filter((_, k) => k % 4 === 3);
    };
    const [upright, lying] = [await jpeg(false), await jpeg(true)];
    const turned = Buffer.concat([lying.subarray(0, 2), TURNED, lying.subarray(2)]);
    const expected = await read("upright.jpg", upright);
    /** The mean difference in opacity, of 255. */
    const distance = (ink: Uint8ClampedArray) =>
      ink.reduce((sum, value, k) => sum + Math.abs(value - expected[k]!), 0) / ink.length;
    expect(distance(await read("lying.jpg", lying))).toBeGreaterThan(20);
    expect(distance(await read("turned.jpg", turned))).toBeLessThan(2);
    expect(complaints).toEqual([]);
  });

  /** A stroke of a finger; the points are parts of the field. */
  async function touch(page: Page, points: readonly (readonly [number, number])[]): Promise<void> {
    const session = await page.context().newCDPSession(page);
    const { x, y, width, height } = (await page.locator("canvas").boundingBox())!;
    for (const [k, [u, v]] of points.entries()) {
      const type = k === 0 ? "touchStart" : "touchMove";
      const force = 0.2 + 0.1 * k;
      const touchPoints = [{ x: x + u * width, y: y + v * height, force, id: 1 }];
      await session.send("Input.dispatchTouchEvent", { type, touchPoints });
    }
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }

  test("strokes of a finger, while the page stays where it is", async () => {
    const phone = { hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 } };
    const { page, complaints } = await open("draw", phone);
    await page.locator("canvas").scrollIntoViewIfNeeded();
    const scrolled = () => page.evaluate<number>("scrollY");
    const before = await scrolled();
    await touch(page, [
      [0.5, 0.8],
      [0.5, 0.6],
      [0.5, 0.4],
      [0.5, 0.2],
    ]);
    // Browsers tell of touches, and of taps above all, when they know that they are no other gesture.
    const ink = async () => {
      const { width, height, data } = await fieldOf(page);
      const at = (u: number, v: number) =>
        data[4 * (Math.round(v * height) * width + Math.round(u * width)) + 3];
      return [at(0.5, 0.25), at(0.5, 0.75), at(0.35, 0.5)];
    };
    await expect.poll(ink).toEqual([255, 255, 0]);
    const field = await fieldOf(page);
    await expectAnswerOf(page, normalise(inkOf(field, "drawing")));
    expect(await scrolled()).toBe(before);
    // Another stroke is undone alone.
    await touch(page, [
      [0.3, 0.5],
      [0.7, 0.5],
    ]);
    await expect.poll(ink).toEqual([255, 255, 255]);
    // Not by a tap, which a browser that is busy takes for a long press.
    await page.getByRole("button", { name: "Undo" }).click();
    const isBack = async () => (await fieldOf(page)).opacities === field.opacities;
    await expect.poll(isBack).toBe(true);
    expect(complaints).toEqual([]);
  });
});
