/**
 * How long runs may take: a moment of each kind of run is timed. Runs are of a kind if they differ in
 * nothing that the time of a step depends on. Of many kinds some are timed, and others are taken to need as
 * much for each product of a weight as the one that is nearest in the number of weights.
 */

import { DivergenceError } from "../../../training/errors.js";
import { type Settings, Trainer } from "../../../training/index.js";
import { split } from "../../../training/settings/split.js";
import { chooseExecutor } from "../../choose-executor.js";
import type { Identified } from "../../dataset/identified.js";
import { measuringOf } from "../../options/measuring.js";
import type { RunFlags } from "../running/flags.js";

/** So many kinds are timed. */
const MOST_TIMED = 6;

/** In milliseconds, for which each is. */
const MOMENT = 500;

/** Settings that change hardly anything about the time of a step. */
const FREE = new Set<string>([
  ...["seed", "epochs", "learningRate", "schedule", "lrEnd", "lrStep", "warmup", "patience"],
  ...["targetAccuracy", "init", "lambda", "l1", "momentum", "labelSmoothing"],
  ...["trainSize", "validationSize"],
]);

interface Kind {
  readonly settings: Settings;
  /** The number of weights. */
  readonly weights: number;
  /** To train on one image, and to measure after one epoch. */
  seconds: { readonly image: number; readonly epoch: number } | undefined;
}

/** Expected seconds of each run. */
export async function expectedSeconds(
  runs: readonly Settings[],
  flags: RunFlags,
  data: Identified,
  signal: AbortSignal,
): Promise<number[]> {
  const kinds = new Map<string, Kind>();
  const pixels = data.dataset.train.rows * data.dataset.train.columns;
  const kindOf = (settings: Settings): Kind => {
    const key = JSON.stringify(settings, (name, value) => (FREE.has(name) ? undefined : value));
    const sizes = [pixels, ...settings.hidden, data.dataset.classes];
    const weights = sizes.slice(1).reduce((sum, n, l) => sum + n * (sizes[l] as number), 0);
    const kind = kinds.get(key) ?? { settings, weights, seconds: undefined };
    kinds.set(key, kind);
    return kind;
  };
  const ofRuns = runs.map(kindOf);
  const sorted = [...kinds.values()].sort((a, b) => a.weights - b.weights);
  const timed = sorted.filter((_, k) => isAmong(k, sorted.length));
  for (const kind of timed) {
    if (!signal.aborted) kind.seconds = await time(kind.settings, flags, data, signal);
  }
  return runs.map((settings, i) => {
    const kind = ofRuns[i] as Kind;
    const near = nearestTo(kind, timed);
    const { image, epoch } = near.seconds ?? { image: Number.NaN, epoch: Number.NaN };
    const { trainSize } = split(settings, data.dataset.train.count);
    return (settings.epochs * (trainSize * image + epoch) * kind.weights) / near.weights;
  });
}

/** Whether the k-th of n is one of a few that are evenly spread, the first and the last among them. */
function isAmong(k: number, n: number): boolean {
  if (n <= MOST_TIMED) return true;
  const place = (k * (MOST_TIMED - 1)) / (n - 1);
  return Math.floor(place) !== Math.floor(((k - 1) * (MOST_TIMED - 1)) / (n - 1));
}

function nearestTo({ weights }: Kind, timed: readonly Kind[]): Kind {
  const distance = (kind: Kind) => Math.abs(Math.log(kind.weights / weights));
  return timed.reduce((best, kind) => (distance(kind) < distance(best) ? kind : best));
}

async function time(
  settings: Settings,
  flags: RunFlags,
  { dataset }: Identified,
  signal: AbortSignal,
): Promise<Kind["seconds"]> {
  const executor = chooseExecutor(flags, process.env);
  const trainer = new Trainer(
    settings,
    dataset,
    executor,
    measuringOf(flags, flags.keep === "best"),
  );
  try {
    const enough = new AbortController();
    // The first steps are slower, as code is compiled.
    let first: { readonly at: number; readonly images: number } | undefined;
    let image = Number.NaN;
    const onProgress = (images: number) => {
      const now = performance.now();
      first ??= { at: now, images };
      if (images > first.images) image = (now - first.at) / 1000 / (images - first.images);
      if (now - first.at > MOMENT) enough.abort();
    };
    const { learningRate } = settings;
    const both = AbortSignal.any([signal, enough.signal]);
    const trained = await trainer
      .trainEpoch({ epoch: 1, learningRate }, { onProgress, signal: both })
      .catch((error: unknown) => {
        if (!(error instanceof DivergenceError)) throw error;
      });
    if (trained !== undefined && Number.isNaN(image)) image = trained.seconds / trained.images;
    const measured = performance.now();
    for (const set of ["train", "validation", "test"] as const) {
      if (trainer.measuring[set]) await trainer.measure(set);
    }
    const epoch = (performance.now() - measured) / 1000 / flags.evalEvery;
    return { image, epoch };
  } finally {
    trainer.dispose();
  }
}
