/** The page's rooms with a network at hand, what they show of a drawing, and what they should show. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { interpreter } from "../../src/autodiff/index.js";
import type { Unlabelled } from "../../src/data/index.js";
import { classify } from "../../src/training/index.js";
import { temporaryDirectory } from "../data/fixtures.js";
import { complaintsOf } from "./browser.js";
import { bytesOf } from "./checkpoints.js";
import { randomCheckpoint } from "./random-network.js";
import { servePage } from "./served.js";

/** The network that is at hand. */
export const checkpoint = randomCheckpoint("softmax");

export async function openRoom(browser: Browser, room: string, options?: BrowserContextOptions) {
  const file = join(temporaryDirectory(), "some.safetensors");
  writeFileSync(file, bytesOf(checkpoint));
  const { address } = await servePage(["view", file]);
  const page = await browser.newPage(options);
  const complaints = complaintsOf(page, address);
  await page.goto(`${address}#${room}`);
  await page.locator(".network-line b").waitFor();
  return { page, complaints };
}

/** Resolves when all that is shown belongs to what was last drawn. */
export function settled(page: Page): Promise<void> {
  return page.locator(".draw-room[aria-busy=false]").waitFor();
}

/** What is on the field, as a picture; the opacities come as text, which is soon sent. */
export async function fieldOf(page: Page) {
  await settled(page);
  const { width, height, opacities } = await page.locator("canvas").evaluate((canvas) => {
    const { width, height } = canvas as unknown as { width: number; height: number };
    // biome-ignore lint/suspicious/noExplicitAny: the types of the DOM are not known here.
    const { data } = (canvas as any).getContext("2d").getImageData(0, 0, width, height);
    let opacities = "";
    for (let i = 3; i < data.length; i += 4) opacities += String.fromCharCode(data[i]);
    return { width, height, opacities };
  });
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < opacities.length; i++) data[4 * i + 3] = opacities.charCodeAt(i);
  return { width, height, data, opacities };
}

/** The outputs that are shown are those that Node.js computes for an image. */
export async function expectAnswerOf(page: Page, pixels: Uint8Array): Promise<void> {
  await settled(page);
  const shown = (await page.locator(".outputs .value").allInnerTexts()).map(Number);
  const image: Unlabelled = { rows: 28, columns: 28, count: 1, pixels };
  const { outputs } = await classify(checkpoint, image, interpreter);
  expect(shown).toHaveLength(10);
  for (const [k, value] of shown.entries()) expect(value).toBeCloseTo(outputs[k]!, 3);
}

export interface Given {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Uint8Array;
}

/** Files as they are dropped or pasted. */
export function dataTransferOf(page: Page, files: readonly Given[]) {
  const sent = files.map(({ name, mimeType: type, buffer }) => {
    return { name, type, base64: Buffer.from(buffer).toString("base64") };
  });
  return page.evaluateHandle((sent) => {
    const scope = globalThis as unknown as {
      DataTransfer: new () => { items: { add(file: File): void } };
    };
    const transfer = new scope.DataTransfer();
    for (const { name, type, base64 } of sent) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type }));
    }
    return transfer;
  }, sent);
}
