/** What goes wrong while a page trains: it is said in a sentence, and nothing is lost that was kept. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { MOST, TICK } from "../../src/page/training/heartbeat.js";
import { browserFile, launch } from "../support/browser.js";
import { digestByCommand, digestOf } from "../support/digests.js";
import { servePage } from "../support/served.js";
import { HELD, release, STRUCK, tamper, VANISHED, WORKERS } from "../support/tampered.js";

const SETUP = "hidden=20&epochs=3&trainSize=2000&validationSize=500&dropout=0.2&seed=3";

/** Counts the signs of life that a worker gives. */
const COUNT_SIGNS = `{
  globalThis.signs = 0;
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => { globalThis.signs += data.answer === "sign"; });
    }
  };
}`;
const WITHOUT_SIMD = `WebAssembly.Module = class {
  constructor() { throw new WebAssembly.CompileError("no SIMD"); }
};`;
const WITHOUT_MEMORY = `WebAssembly.Memory = class {
  constructor() { throw new RangeError("WebAssembly.Memory(): could not allocate memory"); }
};`;

describe.skipIf(browserFile === undefined)("training in a page", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function open() {
    const { address } = await servePage(["view"]);
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    await page.goto(`${address}#train?${SETUP}`);
    await button(page, "Train").waitFor();
    return page;
  }

  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

  test("goes on from its last epoch when the worker has died, and can be saved there", async () => {
    const page = await open();
    const command = (await page.locator(".command-line code").textContent()) ?? "";
    await tamper(page, STRUCK);
    await button(page, "Train").click();
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(
      /^The training thread has stopped unexpectedly \(.*struck.*\): go on from the end of epoch 1, which the page has kept, or save that\.$/,
    );

    const folder = await mkdtemp(join(tmpdir(), "train-mnist-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, "kept.safetensors");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      button(page, "Save").click(),
    ]);
    await download.saveAs(file);
    await button(page, "Go on").click();

    const whole = await digestByCommand(command.split(" ").slice(2));
    expect(await digestOf(page)).toBe(whole);
    expect(await digestByCommand(["--resume", file])).toBe(whole);
  });

  test("goes on from its last epoch when the worker has vanished, which is seen by its silence", async () => {
    const page = await open();
    const command = (await page.locator(".command-line code").textContent()) ?? "";
    await tamper(page, VANISHED);
    await page.clock.install();
    await button(page, "Train").click();
    await page.locator(".progress-line").getByText("2 of 3").waitFor();
    const said = async () => {
      await page.clock.runFor(65_000);
      return page.getByRole("alert").allInnerTexts();
    };
    // What is on its way when time passes is heard first.
    await expect
      .poll(said)
      .toEqual([
        expect.stringMatching(
          /^The training thread has not answered for a minute\. .*: wait, or go on from the end of epoch 1, which the page has kept, or save that\.$/,
        ),
      ]);
    await page.clock.resume();
    await button(page, "Go on").click();
    expect(await digestOf(page)).toBe(await digestByCommand(command.split(" ").slice(2)));
  });

  test("hears of a worker in the midst of training that it is there", async () => {
    const page = await open();
    await tamper(page, HELD);
    await page.evaluate(COUNT_SIGNS);
    await page.clock.install();
    await button(page, "Train").click();
    await button(page, "Pause").waitFor();
    for (let signs = 1; signs <= MOST + 2; signs++) {
      await page.clock.runFor(TICK);
      await expect.poll(() => page.evaluate<number>("signs")).toBe(signs);
    }
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await button(page, "Pause").isEnabled()).toBe(true);
  });

  test("says that its script cannot be loaded", async () => {
    const page = await open();
    await page.route(WORKERS, (route) => route.abort());
    await button(page, "Train").click();
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(
      /^The training thread has stopped unexpectedly.*: reset to begin again, or load what you have saved\.$/,
    );
    await page.unrouteAll();
    await button(page, "Reset").click();
    await button(page, "One step").click();
    await page.getByText("10 of 2,000").waitFor();
  });

  test.each([
    [
      "WebAssembly with SIMD",
      WITHOUT_SIMD,
      /^This browser has no WebAssembly with SIMD, .*\. Drawing and stepping work without it\.$/,
    ],
    ["memory", WITHOUT_MEMORY, /^The browser gives no more memory: .*\.$/],
  ])("says that there is no %s", async (_, script, message) => {
    const page = await open();
    await tamper(page, script);
    await button(page, "Train").click();
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(message);
    await expect.poll(() => button(page, "Train").isEnabled()).toBe(true);
  });

  /** Headless pages are always seen, and what is seen is never frozen: so their processes are stopped. */
  async function stopAndContinue(): Promise<void> {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const renderers = processInfo.filter(({ type }) => type === "renderer");
    expect(renderers.length).toBeGreaterThan(0);
    for (const signal of ["SIGSTOP", "SIGCONT"]) {
      for (const { id } of renderers) process.kill(id, signal);
    }
  }

  test("rests with a page that is stopped, and goes on with it to the same weights", async () => {
    const page = await open();
    const command = (await page.locator(".command-line code").textContent()) ?? "";
    await tamper(page, HELD);
    await button(page, "Train").click();
    await button(page, "Pause").waitFor();
    await stopAndContinue();
    await page.evaluate("document.dispatchEvent(new Event('resume'))");
    await page.getByText(/^The browser had paused this page in the background/).waitFor();
    await release(page);
    expect(await digestOf(page)).toBe(await digestByCommand(command.split(" ").slice(2)));
  });
});
