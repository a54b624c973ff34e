/** One line of text on an epoch, with as much as there is room for. */
import type { EpochReport, Settings } from "../../../training/index.js";
import { count, duration, percent } from "../../terminal/format.js";

/** A part of the line; those of a lower rank stay longer as the line gets narrower. */
interface Part {
  readonly rank: number;
  readonly text: string;
}

export function epochLine(report: EpochReport, settings: Settings, width: number): string {
  const { epochs, schedule, warmup } = settings;
  const changes = schedule !== "constant" || warmup > 0;
  const accuracy = (rank: number, name: string, value: number | undefined) =>
    value === undefined ? [] : [{ rank, text: `${name} ${percent(value)}` }];
  const cost = (rank: number, name: string, value: number | undefined) =>
    value === undefined ? [] : [{ rank, text: `${name} ${value.toFixed(4)}` }];
  return within(width, [
    { rank: 0, text: `epoch ${String(report.epoch).padStart(String(epochs).length)}/${epochs}` },
    ...cost(3, "loss", report.loss),
    ...accuracy(4, "train", report.trainAccuracy),
    ...accuracy(2, "validation", report.validationAccuracy),
    ...accuracy(1, "test", report.testAccuracy),
    ...(changes ? [{ rank: 6, text: `η ${Number(report.learningRate.toPrecision(3))}` }] : []),
    { rank: 5, text: duration(report.seconds) },
    { rank: 7, text: `${count(report.imagesPerSecond)} images/s` },
    ...cost(8, "train loss", report.trainLoss),
    ...cost(9, "validation loss", report.validationLoss),
    ...cost(10, "test loss", report.testLoss),
  ]);
}

const GAP = "  ";

/** The parts of the lowest ranks that fit into the width together. */
function within(width: number, parts: readonly Part[]): string {
  const shown = new Set<Part>();
  let left = width + GAP.length;
  for (const part of [...parts].sort((a, b) => a.rank - b.rank)) {
    left -= GAP.length + part.text.length;
    if (left < 0) break;
    shown.add(part);
  }
  return parts
    .filter((part) => shown.has(part))
    .map(({ text }) => text)
    .join(GAP);
}
