/** The derivation for a terminal. */
import { formula, type Matrix } from "../../autodiff/index.js";
import { type Chain, reasonText } from "../../derivation/index.js";
import type { Paint } from "../terminal/streams.js";
import { columnsOf, padEnd, padStart } from "../terminal/width.js";
import { wrapped } from "../terminal/wrapped.js";
import { type Block, type Line, type Row, small } from "./document.js";
import { smallRows, summary } from "./values.js";

export interface Layout {
  readonly width: number;
  readonly paint: Paint;
}

const INDENT = "  ";

export function textOf(blocks: readonly Block[], layout: Layout): string {
  return blocks.map((block) => linesOf(block, layout).join("\n")).join("\n\n");
}

function linesOf(block: Block, layout: Layout): string[] {
  const { width, paint } = layout;
  switch (block.kind) {
    case "title":
    case "heading":
      return wrap(block.text, width).map((line) => paint("bold", line));
    case "paragraph":
      return wrap(block.text, width);
    case "equations":
      return block.lines.flatMap((line) => equation(line, layout));
    case "chain":
      return chain(block.title, block.chain, layout);
    case "table":
      return table(block.head, block.rows, layout);
  }
}

function equation({ symbol, right, note, value }: Line, layout: Layout): string[] {
  const left = right === undefined ? symbol.name : `${symbol.name} = ${formula(right)}`;
  const lines = sideBySide(left, note, INDENT, layout);
  if (value === undefined) return lines;
  return [...lines, ...valueLines(value, layout)];
}

function valueLines(value: Matrix, { width, paint }: Layout): string[] {
  const indent = INDENT.repeat(4);
  const rows = smallRows(value);
  if (rows === undefined) {
    return wrap(summary(value), width - indent.length).map((line) => indent + paint("gray", line));
  }
  const [only] = rows;
  if (rows.length === 1 && only?.length === 1) return [indent + paint("gray", only[0] as string)];
  const cell = Math.max(...rows.flat().map(columnsOf));
  return rows.map((row) => {
    const text = row.map((each) => padStart(each, cell)).join("  ");
    return indent + paint("gray", `[ ${text} ]`);
  });
}

function chain(title: string, { left, goal, reached, steps }: Chain, layout: Layout): string[] {
  const { paint } = layout;
  const name = `${INDENT}${left.name}`;
  const margin = " ".repeat(columnsOf(name));
  const lines = steps.flatMap(({ expression, reason, holds, difference }, k) => {
    const mark = holds ? paint("green", "✓") : paint("red", "✗");
    const words = reasonText(reason);
    const note = holds ? words : `${words}: differs by ${small(difference)}`;
    return sideBySide(
      `= ${formula(expression)}`,
      note,
      `${k === 0 ? name : margin} `,
      layout,
      mark,
    );
  });
  const end = reached ? [] : [paint("red", `${margin} ✗ no rule leads on from here`)];
  const claim = `${title}: ${left.name} = ${formula(goal)}`;
  return [...wrap(claim, layout.width).map((line) => paint("bold", line)), ...lines, ...end];
}

function table(head: readonly string[], rows: readonly Row[], { paint }: Layout): string[] {
  const texts = rows.map(({ cells }) =>
    cells.map((cell) => (typeof cell === "string" ? cell : formula(cell))),
  );
  const widths = head.map((title, k) =>
    Math.max(...[title, ...texts.map((row) => row[k] as string)].map(columnsOf)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, k) => padEnd(cell, widths[k] as number))
      .join("  ")
      .trimEnd();
  return [
    `${INDENT}${paint("gray", line(head))}`,
    ...rows.map(({ holds }, k) => {
      const mark = holds ? paint("green", "✓") : paint("red", "✗");
      return `${mark} ${line(texts[k] as string[])}`;
    }),
  ];
}

/** The part of the width that formulas have when there is a note beside them. */
const FORMULA_SHARE = 0.6;

/** A formula, and beside it a note, each on as many lines as it takes. */
function sideBySide(
  left: string,
  note: string,
  start: string,
  { width, paint }: Layout,
  mark?: string,
): string[] {
  const gap = mark === undefined ? "  " : ` ${mark} `;
  const room = Math.floor(width * FORMULA_SHARE);
  const indent = columnsOf(start);
  const lefts = wrap(left, room - indent, "    ");
  const notes = wrap(note, width - room - (mark === undefined ? 2 : 3));
  return Array.from({ length: Math.max(lefts.length, notes.length) }, (_, k) => {
    const text = (k === 0 ? start : " ".repeat(indent)) + (lefts[k] ?? "");
    const between = k === 0 ? gap : " ".repeat(mark === undefined ? 2 : 3);
    const beside = notes[k] === undefined ? "" : paint("gray", notes[k]);
    return `${padEnd(text, room)}${between}${beside}`.trimEnd();
  });
}

/** The text in lines that are broken between words; all but the first begin with `hanging`. */
function wrap(text: string, width: number, hanging = ""): string[] {
  return wrapped(text, width, hanging).split("\n");
}
