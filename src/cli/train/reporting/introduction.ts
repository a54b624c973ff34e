/** What is said of a run before it begins. */
import { counted } from "../../../counted.js";
import { deforms } from "../../../data/deformed/deformation.js";
import type { Deformation } from "../../../data/index.js";
import { wordOf } from "../../../recipes/words.js";
import type { Settings } from "../../../training/index.js";
import type { Followed } from "../../configuration/given.js";
import { count } from "../../terminal/format.js";
import { visible } from "../../terminal/visible.js";
import type { Resumed, Start } from "./reporter.js";

/** One line each. */
export function introduction(start: Start): string[] {
  const { settings, layers, recipe, resumed } = start;
  const { activation, cost, init, learningRate, batchSize, lambda, seed } = settings;
  const weights =
    start.startFrom === undefined
      ? `${init} weights`
      : `starting from weights ${start.startFrom.slice(0, 16)}…`;
  return [
    ...(recipe === undefined ? [] : [followed(recipe)]),
    ...(start.plain !== undefined && isPlain(settings)
      ? [
          `plain settings; to keep the deformations and schedule of the default: --recipe default ${start.plain}`,
        ]
      : []),
    `${visible(start.dataset)}: ${counted(start.trainSize, "image", count)} to train on, ${count(start.validationSize)} for validation, ${count(start.testSize)} to test`,
    `network [${layers}], ${counted(start.parameters, "parameter", count)}: ${activation}, ${cost}, ${weights}`,
    ...(deforms(settings) ? [`images deformed: ${parts(settings)}`] : []),
    `η ${learningRate}, batch ${batchSize}, λ ${lambda}, seed ${seed}; executor ${start.executor}`,
    ...extras(settings),
    ...(resumed === undefined ? [] : [resumption(resumed)]),
  ];
}

function isPlain(settings: Settings): boolean {
  return !deforms(settings) && settings.schedule === "constant";
}

function followed({ name, except }: Followed): string {
  return except.length === 0 ? `recipe ${name}` : `recipe ${name}, except ${except.join(", ")}`;
}

function resumption({ file: path, epochs, images, ended }: Resumed): string {
  const file = visible(path);
  if (ended) return `${file} ended with epoch ${epochs}: nothing is left to train`;
  const where =
    images > 0 ? `${counted(images, "image", count)} of epoch ${epochs + 1}` : `epoch ${epochs}`;
  return `resuming ${file} after ${where}`;
}

/** A line on what goes beyond plain gradient descent, if anything does. */
function extras(settings: Settings): string[] {
  const { optimizer, momentum, schedule, warmup, l1, dropout, inputDropout } = settings;
  const { maxNorm, labelSmoothing, adversarial, ema } = settings;
  const said = [
    optimizer !== "sgd" && optimizer,
    momentum > 0 && `momentum ${momentum}`,
    schedule !== "constant" && `schedule ${schedule}`,
    warmup > 0 && `warm-up ${warmup}`,
    l1 > 0 && `L1 λ ${l1}`,
    dropout > 0 && `dropout ${dropout}`,
    inputDropout > 0 && `input dropout ${inputDropout}`,
    maxNorm !== undefined && `max-norm ${maxNorm}`,
    labelSmoothing > 0 && `label smoothing ${labelSmoothing}`,
    adversarial > 0 && `adversarial ε ${adversarial}`,
    ema > 0 && `weights averaged with decay ${ema}`,
  ].filter(Boolean);
  return said.length === 0 ? [] : [said.join(", ")];
}

function parts({ elastic, elasticField: field, rotation, shear, scaling }: Deformation): string {
  const said = [
    elastic && `elastic σ ${wordOf(elastic.sigma)} α ${wordOf(elastic.alpha)}`,
    field !== undefined && `displacements normalised on ${field}×${field} pixels`,
    rotation !== undefined && `rotation ${wordOf(rotation)}°`,
    shear !== undefined && `shear ${wordOf(shear)}°`,
    scaling !== undefined && `scaling ${wordOf(scaling)}%`,
  ];
  return said.filter(Boolean).join(", ");
}
