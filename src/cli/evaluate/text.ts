/** An evaluation as people read it. */
import { counted } from "../../counted.js";
import type { Images } from "../../data/index.js";
import type { ClassMetrics, Mistake } from "../../training/index.js";
import { count, percent } from "../terminal/format.js";
import { drawImages } from "../terminal/images.js";
import { type Paint, paintFor, usualWidthOf, widthOf } from "../terminal/streams.js";
import { type Column, tableText } from "../terminal/table.js";
import { visible } from "../terminal/visible.js";
import { wrapped } from "../terminal/wrapped.js";

export interface EvaluatedNetwork {
  readonly file: string;
  readonly accuracy: number;
  readonly loss: number;
}

export interface Evaluated {
  /** What the classes are called, if they are no digits. */
  readonly names: readonly string[] | undefined;
  readonly dataset: string;
  readonly images: number;
  /** Of each network, if there are several. */
  readonly networks?: readonly EvaluatedNetwork[];
  readonly accuracy: number;
  /** Undefined for several networks, whose costs need not be of one kind. */
  readonly loss?: number;
  readonly classes: readonly ClassMetrics[];
  readonly confusion: readonly (readonly number[])[];
  readonly mistakes: readonly Mistake[];
}

/** The lines that are printed of it on a stream. */
export function evaluationText(
  evaluated: Evaluated,
  images: Images,
  stream: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv,
): string[] {
  const { dataset, confusion, mistakes, names } = evaluated;
  const paint = paintFor(stream, env);
  const captions = new Map(mistakes.map((mistake) => [mistake.index, captionOf(mistake, names)]));
  const caption = (index: number) => captions.get(index) as string;
  const drawing = { width: usualWidthOf(stream), paint, caption };
  const fitted = (line: string) => wrapped(line, widthOf(stream));
  const { networks = [], loss } = evaluated;
  const of = networks.length > 0 ? ` of a committee of ${networks.length}` : "";
  const cost = loss === undefined ? "" : `, loss ${loss.toFixed(4)}`;
  return [
    ...networks.map((each) => {
      return fitted(
        `${visible(each.file)}: test accuracy ${percent(each.accuracy)}, loss ${each.loss.toFixed(4)}`,
      );
    }),
    fitted(
      `test accuracy${of} ${paint("bold", percent(evaluated.accuracy))}${cost}, on ${counted(evaluated.images, "image", count)} of ${visible(dataset)}`,
    ),
    ...tableText(classRows(evaluated), COLUMNS, stream, env),
    "",
    ...(widthOfMatrix(confusion) <= drawing.width
      ? matrix(confusion, paint)
      : confusions(confusion, names).map(fitted)),
    ...(mistakes.length === 0 ? [] : ["", "the most confident mistakes", ""]),
    ...drawImages(images, [...captions.keys()], drawing),
  ];
}

type ClassRow = ClassMetrics & { readonly label: string };

const COLUMNS: readonly Column<ClassRow>[] = [
  { head: "class", of: ({ label }) => label },
  { head: "images", of: ({ images }) => count(images) },
  { head: "precision", of: ({ precision }) => part(precision) },
  { head: "recall", of: ({ recall }) => part(recall) },
];

function classRows({ classes, names }: Evaluated): ClassRow[] {
  const digits = String(classes.length - 1).length;
  return classes.map((metrics, k) => {
    const name = names === undefined ? "" : `  ${names[k]}`;
    return { ...metrics, label: cell(k, digits) + name };
  });
}

/** In characters. */
const LABEL = 5;
const CELL = 6;

function widthOfMatrix({ length }: Evaluated["confusion"]): number {
  return LABEL + CELL * length;
}

function matrix(confusion: Evaluated["confusion"], paint: Paint): string[] {
  return [
    "confusion matrix: images of each class (row) by what they were taken for",
    `${cell("", LABEL)}${confusion.map((_, k) => cell(k, CELL)).join("")}`,
    ...confusion.map((row, label) => {
      const cells = row.map((n, k) => {
        const text = cell(n === 0 ? "·" : n, CELL);
        return k === label ? paint("bold", text) : text;
      });
      return cell(label, LABEL) + cells.join("");
    }),
  ];
}

const MOST_CONFUSIONS = 12;

/** The classes that are taken for each other most often, instead of all. */
function confusions(
  confusion: Evaluated["confusion"],
  names: readonly string[] | undefined,
): string[] {
  const pairs = confusion.flatMap((row, label) =>
    row.flatMap((n, k) => (n > 0 && k !== label ? [{ n, label, k }] : [])),
  );
  pairs.sort((a, b) => b.n - a.n);
  if (pairs.length === 0) return ["no image is taken for another class"];
  const name = (k: number) => names?.[k] ?? String(k);
  return [
    "the most frequent confusions",
    ...pairs
      .slice(0, MOST_CONFUSIONS)
      .map(({ n, label, k }) => `${cell(count(n), 8)}  ${name(label)} taken for ${name(k)}`),
  ];
}

function captionOf(
  { index, label, predicted, output }: Mistake,
  names: readonly string[] | undefined,
): string {
  const certainty = `(${output.toFixed(3)})`;
  if (names === undefined) return `#${index} ${label} taken for ${predicted} ${certainty}`;
  return `#${index} ${names[label]}\ntaken for ${names[predicted]} ${certainty}`;
}

function part(value: number | undefined): string {
  return value === undefined ? "–" : percent(value);
}

function cell(value: string | number, width: number): string {
  return String(value).padStart(width);
}
