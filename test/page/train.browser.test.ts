/** The room "train" as one uses it: the run of the page is the run of the command, to the last bit. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { browserFile, complaintsOf, launch } from "../support/browser.js";
import { digestByCommand, digestOf } from "../support/digests.js";
import { run } from "../support/here.js";
import { servePage } from "../support/served.js";
import { HELD, tamper } from "../support/tampered.js";

/** Small enough for a test, with all that can differ: deformations, a schedule, and dropout. */
const SETUP = "hidden=20&epochs=2&trainSize=2000&validationSize=500&dropout=0.2&seed=3";

/** The pixels of the first image of weights, four numbers each. */
const PAINTED = `(() => {
  const canvas = document.querySelector(".weights canvas");
  return [...canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data];
})()`;

describe.skipIf(browserFile === undefined)("the room to train in", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function open(fragment: string) {
    const { address } = await servePage(["view"]);
    const page = await browser.newPage();
    const complaints = complaintsOf(page, address);
    onTestFinished(() => page.close());
    await page.goto(`${address}#train?${fragment}`);
    await page.getByRole("button", { name: "Train", exact: true }).waitFor();
    return { page, complaints };
  }

  async function folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), "train-mnist-"));
    onTestFinished(() => rm(path, { recursive: true, force: true }));
    return path;
  }

  async function save(page: Page, file: string): Promise<void> {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save", exact: true }).click(),
    ]);
    await download.saveAs(file);
  }

  const shownCommand = async (page: Page) => {
    const words = ((await page.locator(".command-line code").textContent()) ?? "").split(" ");
    expect(words.slice(0, 2)).toEqual(["npx", "train-mnist"]);
    return words.slice(2);
  };

  test("trains as the command that it shows, and shows what the network makes of digits", async () => {
    const { page, complaints } = await open(SETUP);
    const words = await shownCommand(page);
    await page.getByRole("button", { name: "Train", exact: true }).click();
    expect(await digestOf(page)).toBe(await digestByCommand(words));

    await page
      .locator(".said")
      .filter({ hasText: /^The run is over\. Under Draw/ })
      .waitFor();

    const answers = () => page.locator(".digits .answer .unseen").allInnerTexts();
    const isAnswer = (text: string) => /^\d: (right|taken for \d), output/.test(text);
    await expect.poll(async () => (await answers()).filter(isAnswer).length).toBe(20);
    const countOf = (what: string) => expect.poll(() => page.locator(what).count());
    await countOf(".mistakes .answer .unseen").toBeGreaterThan(0);
    await countOf(".curves svg path.line").toBeGreaterThan(4);
    // Weights are painted in two colours, which are not read before the page has its style.
    const isColoured = async () => {
      const painted = await page.evaluate<number[]>(PAINTED);
      const [red, green, blue] = [0, 1, 2].map((part) => painted.filter((_, k) => k % 4 === part));
      return red!.some((value, k) => value !== green![k] || green![k] !== blue![k]);
    };
    await expect.poll(isColoured).toBe(true);
    expect(complaints).toEqual([]);
  });

  test("pauses within an epoch, steps, saves; the command and the page go on to the same bits", async () => {
    const { page, complaints } = await open(SETUP);
    const words = await shownCommand(page);
    const whole = await digestByCommand(words);
    const step = page.getByRole("button", { name: "One step" });
    for (let times = 1; times <= 3; times++) {
      await step.click();
      await page.getByText(`${10 * times} of 2,000`).waitFor();
    }
    const file = join(await folder(), "paused.safetensors");
    await save(page, file);
    await page.getByRole("button", { name: "Go on" }).click();
    expect(await digestOf(page)).toBe(whole);

    await page.getByRole("button", { name: "Reset" }).click();
    await page.getByLabel("Load…").setInputFiles(file);
    await page.getByText("goes on from where it was saved").waitFor();
    await page.getByText("30 of 2,000").waitFor();
    await page.getByRole("button", { name: "Go on" }).click();
    expect(await digestOf(page)).toBe(whole);

    expect(await digestByCommand(["--resume", file])).toBe(whole);
    expect(complaints).toEqual([]);
  });

  test("pauses where it is asked to, and goes on to the same bits, which other rooms then look at", async () => {
    const { page, complaints } = await open(SETUP);
    const words = await shownCommand(page);
    await tamper(page, HELD);
    await page.getByRole("button", { name: "Train", exact: true }).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on" }).click();
    const digest = await digestOf(page);
    expect(digest).toBe(await digestByCommand(words));

    await page.getByRole("link", { name: "Draw" }).click();
    await page.locator(".network-line").getByText("trained here on generated").waitFor();
    await page.getByRole("link", { name: "Look" }).click();
    await page.getByText("SHA-256 of its weights:").waitFor();
    expect(await digestOf(page)).toBe(digest);

    // What a page that is left still fetches fails, which would be a complaint.
    await page
      .getByRole("heading", { name: "Confusion matrix: what was taken for what" })
      .waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Look" }).waitFor();
    expect(await page.evaluate("crossOriginIsolated")).toBe(true);
    expect(complaints).toEqual([]);
  });

  test("asks before it is left with a run that is not saved, and with no other", async () => {
    const { page } = await open(SETUP);
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      void dialog.dismiss();
    });
    await page.getByRole("button", { name: "One step" }).click();
    await page.getByText("10 of 2,000").waitFor();
    const file = join(await folder(), "step.safetensors");
    await page.evaluate("setTimeout(() => location.reload())");
    await expect.poll(() => asked).toEqual(["beforeunload"]);
    await save(page, file);
    await page.reload();
    await page.getByLabel("Load…").setInputFiles(file);
    await page.getByText("goes on from where it was saved").waitFor();
    await page.reload();
    expect(asked).toHaveLength(1);
  });

  test("names a recipe that it does not offer, and the commands that run it and list all", async () => {
    const { page } = await open("");
    const [one, all] = await page.locator("#longer code").allTextContents();
    const wordsOf = (command = "") => command.replace(/^npx train-mnist /, "").split(" ");
    const { stdout } = await run([...wordsOf(one), "--print-config"]);
    const { hidden, epochs } = JSON.parse(stdout);
    expect(hidden.length * epochs).toBeGreaterThan(100);
    const offered = await page.getByLabel("Recipe").locator("option").allTextContents();
    expect(offered).not.toContain(wordsOf(one).at(-1));
    const listed = (await run(wordsOf(all))).stdout;
    for (const name of [...offered, wordsOf(one).at(-1)]) expect(listed).toContain(name);
  });

  test("says beside the field what is wrong with it, and trains nothing", async () => {
    const { page } = await open("learningRate=-1");
    const field = page.getByLabel("Learning rate η");
    await expect.poll(() => field.getAttribute("aria-invalid")).toBe("true");
    const about = await field.getAttribute("aria-describedby");
    expect(await page.locator(`#${about}`).textContent()).toMatch(/should be a number above 0/);
    const train = page.getByRole("button", { name: "Train", exact: true });
    expect(await train.isDisabled()).toBe(true);
    // Nor does it speak of a command that there is not.
    expect(await page.locator(".command .digest").textContent()).toBe("");
    await field.fill("0.25");
    await expect.poll(() => train.isEnabled()).toBe(true);
    await page.getByText("This command does the same run").waitFor();
    await page.waitForURL(/learningRate=0\.25/);
  });

  test.each([
    {
      rate: "1e-6",
      says: /^After epoch \d the network does little more than guess: try Learning rate η 0\.5\.$/,
      button: /^(Pause|Finished)$/,
    },
    {
      rate: "1e38",
      says: /^Training diverged: .* is probably too high: try Learning rate η 0\.5\.$/,
      button: /^Diverged$/,
    },
  ])(
    "says what to try where nothing is learnt: learning rate $rate",
    async ({ rate, says, button }) => {
      const { page } = await open(`${SETUP}&learningRate=${rate}`);
      await page.getByRole("button", { name: "Train", exact: true }).click();
      await page.locator(".said").filter({ hasText: says }).waitFor();
      await page.locator(".main-button").filter({ hasText: button }).waitFor();
      await page.getByRole("button", { name: "Reset" }).click();
      await page
        .locator(".said")
        .filter({ hasText: /^Press Train/ })
        .waitFor();
    },
  );

  test("refuses a file that is no saved run in a sentence", async () => {
    const { page } = await open(SETUP);
    await page.getByLabel("Load…").setInputFiles({
      name: "holiday.safetensors",
      mimeType: "application/octet-stream",
      buffer: Buffer.from("no safetensors"),
    });
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/^holiday\.safetensors .*\.$/);
    const train = page.getByRole("button", { name: "Train", exact: true });
    await expect.poll(() => train.isEnabled()).toBe(true);
  });
});
