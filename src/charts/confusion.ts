/** The confusion matrix: images of each class by the class that they were taken for. */
import { emptyContent, type FigureOptions, figure, MARGIN, widthOf } from "./figure.js";
import { grouped } from "./numbers.js";
import { element, group, hint, label, lineHeight, type Markup } from "./svg.js";
import { SIZE, textWidth } from "./text.js";

export interface ConfusionOptions extends FigureOptions {
  /** The names of the classes; by default their numbers. */
  readonly classes?: readonly string[];
}

/**
 * A field for each pair of classes. Images taken for their own class are blue, the others orange; more
 * colour is a larger part of the class.
 *
 * @param counts a row for each class, with a column for each class that its images were taken for
 * @returns an SVG document
 * @throws {RangeError} if the matrix is not square, a count is negative or not whole, or names are missing
 */
export function confusionChart(
  counts: readonly (readonly number[])[],
  options: ConfusionOptions,
): string {
  const width = widthOf(options);
  const n = counts.length;
  const { classes = counts.map((_, k) => String(k)) } = options;
  check(counts, classes);
  if (n === 0) return figure(options, emptyContent(width, "no classes"));
  const widest = Math.max(...classes.map((name) => textWidth(name)));
  const left = MARGIN + Math.min(widest, width / 4) + 8;
  const cell = Math.min(52, (width - MARGIN - left) / n);
  const upwards = widest > cell - 6;
  const above = upwards ? Math.min(widest, width / 4) : SIZE;
  const top = lineHeight() + above + 10;
  // Where fields are smaller than letters, every second or third class has its name.
  const size = sizeIn(cell, Math.max(...counts.flat()));
  const every = Math.ceil(lineHeight() / cell);
  const marks: Markup[] = [
    label("rows: the class; columns: taken for", MARGIN, SIZE, {
      class: "soft",
      room: width - 2 * MARGIN,
    }),
  ];
  classes.forEach((name, k) => {
    if (k % every !== 0) return;
    const middle = (k + 0.5) * cell + SIZE * 0.36;
    const [x, y] = [left + (upwards ? middle : (k + 0.5) * cell), top - 6];
    marks.push(
      label(name, left - 8, top + middle, { anchor: "end", room: left - 8 - MARGIN }),
      label(name, x, y, upwards ? { upwards, room: above } : { anchor: "middle", room: cell - 2 }),
    );
  });
  counts.forEach((row, k) => {
    const images = row.reduce((sum, count) => sum + count, 0);
    row.forEach((count, taken) => {
      const [x, y] = [left + taken * cell, top + k * cell];
      const part = images === 0 ? 0 : count / images;
      marks.push(
        field(count, part, { x, y, cell, size, right: k === taken }, [
          classes[k]!,
          classes[taken]!,
        ]),
      );
    });
  });
  const height = top + n * cell + MARGIN;
  return figure(options, { height, marks, summary: summaryOf(counts, classes) });
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly cell: number;
  /** Of the number in it; 0 for none. */
  readonly size: number;
  readonly right: boolean;
}

function field(
  count: number,
  part: number,
  { x, y, cell, size, right }: Place,
  [name, taken]: readonly [string, string],
): Markup {
  const text = grouped(count);
  const box = {
    x: x + 0.5,
    y: y + 0.5,
    width: Math.max(0.5, cell - 1),
    height: Math.max(0.5, cell - 1),
  };
  // Mistakes are few: by a power of their part, a hundredth still has a sixth of the colour.
  const opacity = right ? 0.55 * part : 0.85 * part ** 0.4;
  return group(
    {},
    hint(`${name} taken for ${taken}: ${text} (${(100 * part).toFixed(1)}%)`),
    element("rect", { class: "cell", ...box }),
    ...(count === 0
      ? []
      : [element("rect", { class: right ? "f0" : "f1", "fill-opacity": opacity, ...box })]),
    ...(count > 0 && size > 0
      ? [
          label(String(count), x + cell / 2, y + cell / 2 + size * 0.36, {
            anchor: "middle",
            size,
            class: "number",
          }),
        ]
      : []),
  );
}

const SMALLEST = 7;

/** The size at which the largest number fits into a field; 0 if it would be too small to read. */
function sizeIn(cell: number, largest: number): number {
  const size = Math.min(SIZE, cell * 0.42, (cell - 2) / textWidth(String(largest), 1));
  return size < SMALLEST ? 0 : size;
}

function check(counts: readonly (readonly number[])[], classes: readonly string[]): void {
  const n = counts.length;
  if (counts.some((row) => row.length !== n)) {
    throw new RangeError(`a confusion matrix of ${n} rows has ${n} columns in each`);
  }
  if (counts.flat().some((count) => !Number.isSafeInteger(count) || count < 0)) {
    throw new RangeError("the counts of a confusion matrix are whole numbers from 0");
  }
  if (classes.length !== n) {
    throw new RangeError(`${n} classes have ${n} names, not ${classes.length}`);
  }
}

function summaryOf(counts: readonly (readonly number[])[], classes: readonly string[]): string {
  const pairs = counts.flatMap((row, k) =>
    row.flatMap((count, taken) => (k !== taken && count > 0 ? [{ count, k, taken }] : [])),
  );
  const images = counts.flat().reduce((sum, count) => sum + count, 0);
  const right = counts.reduce((sum, row, k) => sum + row[k]!, 0);
  const worst = pairs.sort((a, b) => b.count - a.count).slice(0, 3);
  const named = worst.map(
    ({ count, k, taken }) => `${classes[k]} for ${classes[taken]} (${count})`,
  );
  return `${grouped(right)} of ${grouped(images)} images were taken for their own class.${
    named.length === 0 ? "" : ` Most often confused: ${named.join(", ")}.`
  }`;
}
