/**
 * Training in Chromium beside the same training in the Node.js that runs this, in turn: the same settings,
 * images and threads, 128 bits at once. Prints seconds per epoch, the ratio, and whether the weights agree.
 *
 * Usage: node browser.mjs [workload or recipe, …]     (Node.js from 22.18 on; CHROMIUM names another browser)
 */
import { chromium } from "playwright-core";
import { loadEmbedded } from "../dist/src/data/index.js";
import { engine } from "../dist/src/engine/index.js";
import { recipes } from "../dist/src/recipes/index.js";
import { Trainer, train } from "../dist/src/training/index.js";
import { openTrainingPage } from "../test/support/training-page.ts";
import { workloads } from "./workloads.mjs";

const EPOCHS = 4;
const REPEATS = 3;
const THREADS = [1, 2];
const { CHROMIUM = "/usr/bin/chromium" } = process.env;
const names = process.argv.length > 2 ? process.argv.slice(2) : ["W1", "W2", "W3", "default"];

function settingsOf(name) {
  const { layers, trainSize, ...workload } = workloads[name] ?? {};
  const settings = layers
    ? { ...workload, hidden: layers.slice(1, -1) }
    : recipes.find((recipe) => recipe.name === name).settings;
  return { ...settings, epochs: EPOCHS };
}

const digits = await loadEmbedded();
const page = await openTrainingPage();
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });

async function inNode(settings, threads) {
  const trainer = new Trainer(settings, digits, engine({ threads, simd: "128" }));
  const reports = [];
  for await (const report of train(trainer)) reports.push(report);
  const digest = trainer.weightsSha256();
  trainer.dispose();
  return { digest, reports };
}

async function inBrowser(settings, threads) {
  const tab = await browser.newPage();
  await tab.goto(page.isolated);
  const outcome = await tab.evaluate((job) => globalThis.train(job), { settings, threads });
  await tab.close();
  if (outcome.error) throw new Error(outcome.error);
  return outcome;
}

/** The fastest epoch but the first, in which code is still being optimised. */
const fastest = (runs) =>
  Math.min(...runs.flatMap(({ reports }) => reports.slice(1).map((r) => r.seconds)));

console.log(`Node.js ${process.versions.node}, Chromium ${browser.version()}`);
for (const name of names) {
  for (const threads of THREADS) {
    const runs = { node: [], browser: [] };
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      runs.node.push(await inNode(settingsOf(name), threads));
      runs.browser.push(await inBrowser(settingsOf(name), threads));
    }
    const [node, chromium] = [fastest(runs.node), fastest(runs.browser)];
    const digests = new Set([...runs.node, ...runs.browser].map(({ digest }) => digest));
    const figures = [node, chromium].map((seconds) => `${seconds.toFixed(3)} s`).join(" and ");
    const bits = digests.size === 1 ? "the same bits" : "DIFFERENT BITS";
    console.log(
      `${name}, ${threads} thread(s): ${figures}, ratio ${(chromium / node).toFixed(2)}, ${bits}`,
    );
  }
}
await browser.close();
await page.close();
