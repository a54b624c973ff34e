/** How cost per image changes with the size of layers and of batches: what is run, and its tables. */

/** Costs that differ by less are taken for the same. */
const TOLERANCE = 0.1;
/** A guess at how fast a core is, to choose how many images are enough; no figure depends on it. */
const [GUESSED_FLOPS, GUESSED_BYTES, GUESSED_STEP] = [20e9, 8e9, 30e-6];
const LEAST_STEPS = 4;

/** Multiplications and additions that a training step takes for one image, zeros included. */
export function flopsPerImage(layers) {
  const products = layers.slice(1).map((outputs, l) => 2 * outputs * layers[l]);
  // Forward, backward to the weights, and backward to the layer below, which the first does not need.
  return products.reduce((sum, flops) => sum + 3 * flops, 0) - products[0];
}

/**
 * @param {number} width of both hidden layers
 * @param {number} batchSize
 * @param {number} seconds that an epoch should take, roughly
 * @param {number} most images there are
 * @returns {import("../workloads.mjs").Workload}
 */
export function workloadOf(width, batchSize, seconds, most) {
  const layers = [784, width, width, 10];
  const flops = flopsPerImage(layers);
  // A step reads the weights twice, and reads and writes them once more.
  const perStep = GUESSED_STEP + (2 * flops) / GUESSED_BYTES;
  const perImage = flops / GUESSED_FLOPS + perStep / batchSize;
  const steps = Math.max(LEAST_STEPS, Math.round(seconds / perImage / batchSize));
  const possible = Math.max(1, Math.floor(most / batchSize));
  return {
    layers,
    activation: "sigmoid",
    cost: "softmax",
    init: "default",
    learningRate: 0.01,
    optimizer: "sgd",
    momentum: 0,
    lambda: 0,
    batchSize,
    trainSize: Math.min(steps, possible) * batchSize,
  };
}

/**
 * @typedef {object} Cell
 * @property {number} width
 * @property {number} batchSize
 * @property {number} seconds per image
 */

const markdown = (rows) => rows.map((row) => `| ${row.join(" | ")} |`).join("\n");

/**
 * Microseconds per image and, in brackets, GFLOP/s as a dense computation: widths below each other,
 * batch sizes side by side.
 *
 * @param {Cell[]} cells
 */
export function scalingTable(cells) {
  const unique = (key) => [...new Set(cells.map((cell) => cell[key]))];
  const batchSizes = unique("batchSize");
  const text = (width, batchSize) => {
    const cell = cells.find((each) => each.width === width && each.batchSize === batchSize);
    if (!cell) return "–";
    return `${digits(1e6 * cell.seconds)} (${digits(speedOf(cell))})`;
  };
  return markdown([
    ["width", ...batchSizes.map((batchSize) => `batch ${batchSize}`)],
    ["---:", ...batchSizes.map(() => "---:")],
    ...unique("width").map((width) => [
      width,
      ...batchSizes.map((batchSize) => text(width, batchSize)),
    ]),
  ]);
}

/** With three digits that count, or all of those before the point. */
const digits = (value) => (value < 100 ? value.toPrecision(3) : value.toFixed(0));

/** GFLOP/s. @param {Cell} cell */
function speedOf({ width, seconds }) {
  return flopsPerImage([784, width, width, 10]) / seconds / 1e9;
}

/**
 * Where cost does not scale: where an image costs more in a larger batch, or where the arithmetic of
 * larger layers is slower.
 *
 * @param {Cell[]} cells
 * @returns {string[]} a sentence each
 */
export function exceptions(cells) {
  const sentences = [];
  const pairs = (same, other, worse) => {
    for (const a of cells) {
      const next = cells
        .filter((b) => b[same] === a[same] && b[other] > a[other])
        .toSorted((b, c) => b[other] - c[other])[0];
      if (next) worse(a, next);
    }
  };
  const percent = (ratio) => `${Math.round(100 * (ratio - 1))}%`;
  pairs("width", "batchSize", (a, b) => {
    const ratio = b.seconds / a.seconds;
    if (ratio <= 1 + TOLERANCE) return;
    sentences.push(
      `Width ${a.width}: an image costs ${percent(ratio)} more in a batch of ${b.batchSize} than in one of ${a.batchSize}.`,
    );
  });
  pairs("batchSize", "width", (a, b) => {
    const ratio = speedOf(a) / speedOf(b);
    if (ratio <= 1 + TOLERANCE) return;
    sentences.push(
      `Batch ${a.batchSize}: the arithmetic of an image costs ${percent(ratio)} more with width ${b.width} than with ${a.width}.`,
    );
  });
  return sentences;
}
