/** The figures of a network: its weights, and what it makes of the test images. */
import {
  barChart,
  confusionChart,
  digitSheet,
  histogram,
  reliabilityChart,
  reliabilityOf,
  weightTiles,
} from "../charts/index.js";
import { classMetrics, confusionMatrix } from "../training/index.js";
import type { ReportFigure } from "./figure.js";
import { shownMistakes } from "./mistakes.js";
import { classNames, type ReportedNetwork, type ReportedRun, type Tested } from "./run.js";

/** Of as many neurons of the first layer. */
const MOST_TILES = 100;

/** The figures that show what a network makes of the test images. */
export function testFigures(run: ReportedRun): ReportFigure[] {
  const { tested } = run;
  if (tested === undefined) return [];
  const { images, predicted, classes } = tested;
  const names = classNames(run.dataset, classes);
  const metrics = classMetrics(predicted, images.labels, classes);
  return [
    {
      file: "confusion",
      draw: (width) =>
        confusionChart(confusionMatrix(predicted, images.labels, classes), {
          title: `Confusion matrix: test images of ${run.name}`,
          width,
          classes: names,
        }),
    },
    {
      file: "classes",
      draw: (width) =>
        barChart(
          metrics.map(({ precision, recall }, k) => ({
            name: names[k]!,
            values: [precision, recall],
          })),
          {
            title: "Precision and recall of each class",
            width,
            measures: ["precision", "recall"],
            format: "percent",
            full: 1,
          },
        ),
      note: "Precision: the share of the images taken for this class that belong to it. Recall: the share of this class’s images that are taken for it.",
    },
    reliabilityFigure(run, tested),
  ];
}

function reliabilityFigure({ network }: ReportedRun, tested: Tested): ReportFigure {
  const { images, predicted, outputs, classes } = tested;
  const certain = Array.from(predicted, (k, i) => outputs[i * classes + k] ?? Number.NaN);
  const known = certain.flatMap((p, i) => (p >= 0 && p <= 1 ? [i] : []));
  const reliability = reliabilityOf(
    known.map((i) => certain[i]!),
    known.map((i) => predicted[i] === images.labels[i]),
  );
  return {
    file: "reliability",
    draw: (width) => reliabilityChart(reliability, { title: "Reliability of the outputs", width }),
    note: `For each tenth of the ${network?.settings.cost === "softmax" ? "probabilities" : "outputs"} of the predicted classes, the share of those predictions that are right, with its 95% interval. The bars at the bottom show how many predictions there are.`,
  };
}

/** The most confident mistakes as a figure of its own. */
export function mistakesFigure(run: ReportedRun): ReportFigure[] {
  const { tested } = run;
  const mistakes = tested === undefined ? [] : shownMistakes(tested);
  if (tested === undefined || mistakes.length === 0) return [];
  const { rows, columns } = tested.images;
  const names = classNames(run.dataset, tested.classes);
  const digits = mistakes.map(({ pixels, label, predicted, index, output }) => ({
    pixels,
    label: `${names[label]} → ${names[predicted]}`,
    hint: `test image ${index}: ${names[label]}, taken for ${names[predicted]} with output ${output.toFixed(3)}`,
  }));
  const draw = (width: number) =>
    digitSheet(digits, {
      title: `The most confident mistakes of ${run.name}`,
      width,
      rows,
      columns,
    });
  return [{ file: "mistakes", draw }];
}

/** The figures that show the weights; the images of the first layer only where its inputs are pixels. */
export function weightFigures(run: ReportedRun): ReportFigure[] {
  const { network } = run;
  if (network === undefined) return [];
  const samples = network.layers.map(({ w }, l) => ({
    name: `layer ${l + 1}: ${w.shape[0]}×${w.shape[1]} weights`,
    values: w.data,
  }));
  return [
    ...tilesFigure(run, network),
    {
      file: "weights",
      draw: (width) =>
        histogram(samples, { title: "Weights of each layer", width, label: "weight" }),
    },
  ];
}

function tilesFigure({ tested }: ReportedRun, { layers }: ReportedNetwork): ReportFigure[] {
  const { w } = layers[0]!;
  const [neurons, inputs] = w.shape;
  const side = Math.sqrt(inputs);
  const { rows, columns } = tested?.images ?? { rows: side, columns: side };
  if (!Number.isInteger(rows) || rows * columns !== inputs) return [];
  const shown = Math.min(neurons, MOST_TILES);
  const tiles = Array.from({ length: shown }, (_, neuron) => ({
    weights: Float32Array.from({ length: inputs }, (_, i) => w.data[i * neurons + neuron]!),
    hint: `neuron ${neuron}`,
  }));
  const all = shown === neurons ? `all ${neurons}` : `the first ${shown} of ${neurons}`;
  const title = `Weights from the pixels to ${all} neurons of the first layer`;
  return [
    {
      file: "first-layer",
      draw: (width) => weightTiles(tiles, { title, width, rows, columns }),
      scales: true,
    },
  ];
}
