/** Training in a browser: in workers, with memory that threads share and without, to the command's bits. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { completeSettings } from "../../src/training/index.js";
import { browserFile, launch } from "../support/browser.js";
import { linesOf, run } from "../support/command.js";
import {
  type Job,
  type Outcome,
  openTrainingPage,
  type TrainingPage,
} from "../support/training-page.js";

const NOTE = browserFile === undefined ? " (SKIPPED: no Chromium is installed)" : "";

describe.skipIf(browserFile === undefined)(`in Chromium${NOTE}`, () => {
  let page: TrainingPage;
  let browser: Browser;

  beforeAll(async () => {
    [page, browser] = await Promise.all([openTrainingPage(), launch()]);
  }, 120_000);

  afterAll(async () => {
    await Promise.all([browser?.close(), page?.close()]);
  });

  async function train(where: "isolated" | "plain", job: Job): Promise<Outcome> {
    const tab = await browser.newPage();
    try {
      await tab.goto(page[where]);
      const start = (job: Job) =>
        (globalThis as unknown as { train(job: Job): Promise<Outcome> }).train(job);
      return await tab.evaluate(start, job);
    } finally {
      await tab.close();
    }
  }

  test.each([
    {
      what: "a run of Nielsen, chapter 1",
      flags: "--hidden 30 --cost quadratic --init large --lr 3 --batch-size 10",
    },
    { what: "the default recipe, with deformations", flags: "" },
    {
      what: "dropout with Adam",
      flags: "--hidden 40,20 --activation relu --init he --dropout 0.3 --optimizer adam",
    },
  ])("$what has the weights of the command", { timeout: 600_000 }, async ({ flags }) => {
    const always = ["--dataset", "generated", "--epochs", "2", "--json"];
    const args = [...always, ...flags.split(" ").filter((flag) => flag !== "")];
    const { stdout } = await run(args);
    const events = linesOf(stdout).map((line) => JSON.parse(line));
    const [start, { weightsSha256 }] = [events[0], events.at(-1)];
    expect(weightsSha256).toMatch(/^[0-9a-f]{64}$/);
    const names = Object.keys(completeSettings());
    const chosen = names.map((name) => [name, start[name]]);
    const settings = { ...Object.fromEntries(chosen), ...start.deformation };

    for (const threads of [1, 2]) {
      const isolated = await train("isolated", { settings, threads });
      expect(isolated).toMatchObject({ isolated: true, threads, digest: weightsSha256 });
    }
    const alone = await train("plain", { settings, threads: "auto" });
    expect(alone).toMatchObject({ isolated: false, threads: 1, digest: weightsSha256 });
  });

  test.each([
    ["lost", /^EngineError: a thread of the engine cannot be started \(.+\): try with one thread$/],
    ["hasty", /^Error: run: the threads have not started: await ready$/],
  ] as const)("threads that are %s are no reason to wait forever", async (mishap, message) => {
    const { error } = await train("isolated", { settings: { epochs: 1 }, threads: 2, mishap });
    expect(error).toMatch(message);
  });

  test("deformations whose threads are lost fail in a sentence", async () => {
    const settings = { epochs: 1, rotation: 5 };
    const { error } = await train("isolated", { settings, threads: 1, mishap: "lost" });
    expect(error).toBe("Error: the script of a thread cannot be loaded");
  });

  test("threads that cannot share memory are refused in a sentence", async () => {
    const { error } = await train("plain", { settings: {}, threads: 2 });
    expect(error).toMatch(/^EngineError: threads need memory that they share, .*: use one thread$/);
  });
});
