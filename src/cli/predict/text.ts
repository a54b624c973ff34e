/** Predictions as people read them. */
import type { ReadImages } from "../../data/index.js";
import { drawImages } from "../terminal/images.js";
import { paintFor, usualWidthOf, widthOf } from "../terminal/streams.js";
import { visible } from "../terminal/visible.js";
import { columnsOf, padEnd } from "../terminal/width.js";
import { wrapped } from "../terminal/wrapped.js";

export interface Prediction {
  readonly file: string;
  /** Where the image stands in an IDX file that holds several; undefined if it is the only one. */
  readonly index: number | undefined;
  readonly class: number;
  /** What the class is called, if it is no digit. */
  readonly name?: string;
  /** The output of each class, from 0 to 1. */
  readonly outputs: readonly number[];
}

const LONGEST_BAR = 40;

/** The class and its output. */
export function predictionLine(prediction: Prediction): string {
  const output = prediction.outputs[prediction.class] as number;
  return `${fileOf(prediction)}: ${classOf(prediction)} (${output.toFixed(3)})`;
}

/** The image if it is to be shown, the class, and under it the output of each with a bar. */
export function predictionText(
  prediction: Prediction,
  names: readonly string[] | undefined,
  shown?: { readonly images: ReadImages; readonly i: number },
): string[] {
  const { stdout, env } = process;
  const paint = paintFor(stdout, env);
  const fitted = (line: string) => wrapped(line, widthOf(stdout));
  const drawing = { width: usualWidthOf(stdout), paint, caption: () => fitted(fileOf(prediction)) };
  const width = Math.max(0, ...(names ?? []).map((name) => columnsOf(name) + 2));
  const digits = String(prediction.outputs.length - 1).length;
  const room = widthOf(stdout) - "    0.000  ".length - digits - width;
  const longest = Math.max(0, Math.min(LONGEST_BAR, room));
  return [
    ...(shown ? drawImages(shown.images, [shown.i], drawing) : []),
    fitted(`${fileOf(prediction)}: ${paint("bold", classOf(prediction))}`),
    ...prediction.outputs.map((output, k) => {
      const name = padEnd(names?.[k] ?? "", width);
      const bar = "█".repeat(Math.round(longest * output));
      const number = String(k).padStart(digits);
      const line = `  ${number}  ${name}${output.toFixed(3)}  ${bar}`.trimEnd();
      return k === prediction.class ? paint("bold", line) : line;
    }),
  ];
}

function classOf({ class: k, name }: Prediction): string {
  return name === undefined ? String(k) : `${k}, ${name}`;
}

function fileOf({ file, index }: Prediction): string {
  return index === undefined ? visible(file) : `${visible(file)} #${index}`;
}
