/** Where the network at hand is from: chosen among several that are served, or trained small and stopped. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { weightsSha256 } from "../../src/checkpoints/index.js";
import { generateDigits } from "../../src/data/index.js";
import { temporaryDirectory } from "../data/fixtures.js";
import { browserFile, complaintsOf, launch } from "../support/browser.js";
import { bytesOf } from "../support/checkpoints.js";
import { dataDirectory } from "../support/data-directory.js";
import { randomCheckpoint } from "../support/random-network.js";
import { servePage } from "../support/served.js";
import { HELD, tamper } from "../support/tampered.js";

const A = randomCheckpoint("softmax");
const B = randomCheckpoint("quadratic");

describe.skipIf(browserFile === undefined)("the network at hand", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function open(args: readonly string[]) {
    const { address } = await servePage(["view", ...args]);
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    const complaints = complaintsOf(page, address);
    return { page, address, complaints };
  }

  /** Two networks in files, and a third of the same name in another folder: these two are called as their folders. */
  function files(): string[] {
    const folder = temporaryDirectory();
    const [one, two] = ["b", "c"].map((name) => join(folder, name)) as [string, string];
    for (const each of [one, two]) mkdirSync(each);
    const written = [
      [join(one, "a.safetensors"), A],
      [join(one, "b.safetensors"), B],
      [join(two, "b.safetensors"), A],
    ] as const;
    for (const [file, checkpoint] of written) writeFileSync(file, bytesOf(checkpoint));
    return written.map(([file]) => file);
  }

  /** Where there is no network, one is trained; here it stays at its first images. */
  async function startTraining(page: Page, address: string): Promise<void> {
    await tamper(page, HELD);
    await page.goto(`${address}#draw`);
    const bar = page.getByRole("progressbar");
    const part = () => bar.evaluate((bar) => (bar as unknown as { value: number }).value);
    await expect.poll(part).toBeGreaterThan(0);
  }

  const choice = (page: Page) => page.getByRole("combobox", { name: "Network" });
  const line = (page: Page, text: string) =>
    page.locator(".network-line").filter({ hasText: text }).waitFor();

  /** In the room to look: what a thread that is stopped still fetches fails, which would be a complaint. */
  const tested = (page: Page) =>
    page.getByRole("heading", { name: "Confusion matrix: what was taken for what" }).waitFor();

  test("is chosen among all that the command was given, and kept in the address", async () => {
    const { page, address, complaints } = await open(files());
    await page.goto(`${address}#draw?output=3`);
    await line(page, "softmax");
    expect(await choice(page).locator("option").allInnerTexts()).toEqual(["a", "b", "c"]);
    expect(page.url()).not.toContain("network=");
    await choice(page).selectOption("b");
    await line(page, "quadratic");
    await page.waitForURL(/#draw\?output=3&network=b$/);

    await page.getByRole("link", { name: "Look" }).click();
    await page.waitForURL(/#look\?network=b$/);
    await page.locator(".digest code").getByText(weightsSha256(B.layers)).waitFor();
    await tested(page);
    await page.reload();
    await line(page, "quadratic");
    await tested(page);
    expect(await choice(page).inputValue()).toBe("b");
    await page.goto(`${address}#look?network=a`);
    await line(page, "softmax");
    await tested(page);
    await page.goBack();
    await line(page, "quadratic");
    await tested(page);

    // One of one's own is none of them, until another is chosen.
    await page.locator("input[type=file][accept='.safetensors']").setInputFiles({
      name: "own.safetensors",
      mimeType: "",
      buffer: Buffer.from(bytesOf(A)),
    });
    await line(page, "softmax");
    await page.waitForURL(/#look$/);
    const selected = () => choice(page).locator("option:checked").textContent();
    await expect.poll(selected).toBe("own.safetensors");
    await tested(page);
    await choice(page).selectOption("b");
    await line(page, "quadratic");
    expect(await choice(page).locator("option").count()).toBe(3);
    expect(complaints).toEqual([]);
  });

  test("is the first where the address asks for one that there is not, which is said", async () => {
    const { page, address } = await open(files());
    await page.goto(`${address}#draw?network=best`);
    await page.getByText("There is no network best here: the address asks for it.").waitFor();
    await line(page, "softmax");
  });

  test("is none where its training is stopped, until it is wanted again", async () => {
    const { page, address, complaints } = await open([]);
    await startTraining(page, address);
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("There is no network yet.").waitFor();
    await expect.poll(() => page.workers().length).toBe(0);
    await page.getByRole("link", { name: "Look" }).click();
    await page.getByText("There is no network yet.").waitFor();
    expect(await page.getByRole("progressbar").count()).toBe(0);
    const again = page.getByRole("button", { name: "Train a small one now" });
    await again.focus();
    await page.keyboard.press("Enter");
    await line(page, "a small network");
    expect(complaints).toEqual([]);
  });

  test("is tested on the data that runs use, which is also what one trains on", async () => {
    const [train, test] = [40, 25].map((count, seed) => generateDigits({ count, seed }));
    const data = dataDirectory({ name: "few", classes: 10, train: train!, test: test! });
    const { page, address, complaints } = await open(["--data-dir", data, ...files()]);
    await page.goto(`${address}#train`);
    const images = page.getByRole("combobox", { name: "Images" });
    await expect.poll(() => images.inputValue()).toBe(basename(data));
    await images.selectOption("generated");
    await page.getByText("20,000 images to train on, 2,000 to test.").waitFor();
    await expect.poll(() => images.inputValue()).toBe("generated");
    await page.goto("about:blank");
    await page.goto(`${address}#look`);
    await page.getByText(`Of the 25 test images of ${basename(data)}`).waitFor();
    expect(complaints).toEqual([]);
  });

  test("is what one gives while another is being trained, which then ends", async () => {
    const { page, address, complaints } = await open([]);
    await startTraining(page, address);
    await page.locator("input[type=file][accept='.safetensors']").setInputFiles({
      name: "own.safetensors",
      mimeType: "",
      buffer: Buffer.from(bytesOf(A)),
    });
    await line(page, "own.safetensors");
    await expect.poll(() => page.workers().length).toBe(0);
    expect(complaints).toEqual([]);
  });
});
