/** Training and evaluation as programs over the graph. */
import {
  type Assignment,
  add,
  columns,
  constant,
  divide,
  type Elements,
  matrixOf,
  multiply,
  type Node,
  type Program,
  type Variable,
  valueAndGrad,
  variable,
} from "../autodiff/index.js";
import type { Images } from "../data/dataset.js";
import {
  activations,
  adversarial,
  costs,
  dropout,
  feedForward,
  labelSmoothing,
  maxNorm,
  type Parameters,
  parameters,
} from "../nn/index.js";
import { averaged, averagesOf } from "./averaging.js";
import { Noise } from "./noise.js";
import { optimisers } from "./optimisers/index.js";
import type { Optimiser } from "./optimisers/optimiser.js";
import type { NetworkSettings, Settings } from "./settings/settings.js";

/** A set of images and labels, as variables of programs. */
export interface Samples {
  /** Pixels from 0 to 255, one image per column. */
  readonly images: Variable;
  /** The class of each image, 1×count. */
  readonly labels: Variable;
}

/** A network, and all other variables that change while it is trained. */
export interface Model {
  readonly theta: ReturnType<typeof parameters>;
  /** What is measured and saved as the network: averages of θ, or θ itself. */
  readonly averages: Parameters<Variable>;
  readonly optimiser: Optimiser;
  /** What dropout draws from. */
  readonly noise: Noise;
  readonly settings: Settings;
  readonly classes: number;
  /** The order in which the epoch takes the training images: 1×n indices. */
  readonly order: Variable;
  /** How many samples the epoch has gone through. */
  readonly position: Variable;
  /** The costs of all samples of the epoch so far, added up. */
  readonly totalCost: Variable;
  readonly eta: Variable;
}

/** The variables of a network for images of this size, and of its training on n of them. */
export function model(settings: Settings, pixels: number, classes: number, n: number): Model {
  const { hidden, batchSize, seed } = settings;
  const theta = parameters([pixels, ...hidden, classes]);
  const rows = [
    settings.inputDropout > 0 ? pixels : 0,
    ...hidden.map((size) => (settings.dropout > 0 ? size : 0)),
  ];
  return {
    theta,
    averages: averagesOf(theta, settings),
    optimiser: optimisers[settings.optimizer](theta, { ...settings, n }),
    noise: new Noise(rows, batchSize, seed),
    settings,
    classes,
    order: variable([1, n], { name: "order" }),
    position: variable([1, 1], { name: "position" }),
    totalCost: variable([1, 1], { name: "totalCost" }),
    eta: variable([1, 1], { name: "η" }),
  };
}

/** The variables of a set of images, and the values they start with. */
export function sampleVariables(
  { pixels, labels, count }: Images,
  name: string,
): { samples: Samples; initial: [Variable, Elements][] } {
  const variables = {
    images: variable([pixels.length / count, count], { name: `${name}Images`, storage: "byte" }),
    labels: variable([1, count], { name: `${name}Labels`, storage: "byte" }),
  };
  return {
    samples: variables,
    initial: [
      [variables.images, pixels],
      [variables.labels, labels],
    ],
  };
}

/** One step of training on the next `batchSize` samples of the epoch's order. */
export function trainingStep(
  model: Model,
  { images, labels }: Samples,
  batchSize: number,
): Program {
  const { theta, optimiser, settings, order, position, totalCost, eta } = model;
  const positions = indicesFrom(position, batchSize);
  const indices = columns(order, positions);
  const targets = labelSmoothing(identity(model.classes), settings.labelSmoothing);
  const y = columns(targets, columns(labels, indices));
  const { cost } = costs[settings.cost];
  const activation = (z: Node, l: number) =>
    dropped(model, l, activations[settings.activation](z), positions);
  const costOf = (theta: typeof model.theta, x: Node) =>
    cost(feedForward(theta, dropped(model, 0, x, positions), activation), y);
  const x = adversarial((x) => costOf(theta, x), inputs(images, indices), settings.adversarial);
  const [c, thetaBar] = valueAndGrad((theta: typeof model.theta) => costOf(theta, x))(theta);
  return [
    ...averaged(model, constrained(model, optimiser.update(thetaBar, eta))),
    { variable: totalCost, value: add(totalCost, multiply(c, batchSize)) },
    { variable: position, value: add(position, batchSize) },
  ];
}

/** Where a program leaves what a network makes of images; `scores` and `outputs` are classes×count. */
export interface ResultVariables {
  /** z^L. */
  readonly scores: Variable;
  /** a^L. */
  readonly outputs: Variable;
  /** The costs of all samples so far, added up; only where labels are known. */
  readonly totalCost: Variable;
}

/** A network as a program has it. */
export interface ProgramNetwork {
  readonly theta: Parameters<Variable>;
  readonly settings: NetworkSettings;
}

/** Images to classify, and their labels if they are known. */
export interface Unclassified {
  readonly images: Samples["images"];
  readonly labels: Samples["labels"] | undefined;
}

/** What a network makes of the images from `position` on, as many as the results have columns. */
export function classificationStep(
  { theta, settings }: ProgramNetwork,
  { images, labels }: Unclassified,
  position: Variable,
  { scores, outputs, totalCost }: ResultVariables,
): Program {
  const [classes, count] = scores.shape;
  const positions = indicesFrom(position, count);
  const z = feedForward(theta, inputs(images, positions), activations[settings.activation]);
  const { cost, output } = costs[settings.cost];
  const program: Assignment[] = [
    { variable: scores, value: z },
    { variable: outputs, value: output(z) },
    { variable: position, value: add(position, count) },
  ];
  if (labels === undefined) return program;
  const y = columns(identity(classes), columns(labels, positions));
  return [...program, { variable: totalCost, value: add(totalCost, multiply(cost(z, y), count)) }];
}

/** The activations of layer l (0 for the inputs) after dropout, if any. */
function dropped({ noise, settings }: Model, l: number, a: Node, positions: Node): Node {
  const bytes = noise.of(l, positions);
  const p = l === 0 ? settings.inputDropout : settings.dropout;
  return bytes === undefined ? a : dropout(a, bytes, p);
}

/** The same assignments, but for weights being held within the max-norm, if any. */
function constrained({ theta, settings }: Model, updates: readonly Assignment[]): Assignment[] {
  const { maxNorm: c } = settings;
  const weights = new Set(theta.map(({ w }) => w));
  return updates.map(({ variable, value }) => ({
    variable,
    value: c !== undefined && weights.has(variable) ? maxNorm(value, c) : value,
  }));
}

/** The images of these indices, their pixels scaled from 0…255 to 0…1. */
export function inputs(images: Node, indices: Node): Node {
  return divide(columns(images, indices), 255);
}

/** position, position + 1, … as a row vector of `count` indices. */
export function indicesFrom(position: Node, count: number): Node {
  const offsets = Float64Array.from({ length: count }, (_, i) => i);
  return add(position, constant(matrixOf([1, count], offsets)));
}

/** The unit matrix, whose columns are the desired outputs of the classes (one-hot). */
function identity(n: number): Node {
  const isOnDiagonal = (_: unknown, i: number) => (i % (n + 1) === 0 ? 1 : 0);
  return constant(matrixOf([n, n], Float64Array.from({ length: n * n }, isOnDiagonal)));
}
