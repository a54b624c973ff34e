/** Where the boxes and arrows of the graph stand: inputs above, the result below, laid out in ranks. */
import { curveBumpY, line } from "d3-shape";
import { formula } from "../../../autodiff/index.js";
import { visibleLength } from "../../../autodiff/printing/names.js";
import { layered } from "../../layered/layered.js";
import type { Point } from "../../layered/types.js";
import { isLarge } from "./large.js";
import type { Sweep, SweepNode, Use } from "./sweep.js";

/** In pixels, for the letters of a box. */
export const TITLE = 26;
export const CAPTION = 16;
export const ROW = 17;
const FOOT = 6;
const LETTER = 8;
const SMALL_LETTER = 6.9;
const NUMBER = 80;
const SUMMARY = 124;
export const ELEMENT = 64;
const LABEL = 20;
const SPACING = { nodes: 20, edges: 12, ranks: 15, beside: 8, above: 16 };

export interface Box {
  readonly node: SweepNode;
  /** Of its middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Arrow {
  readonly use: Use;
  readonly from: SweepNode;
  /** From the operand to its user. */
  readonly path: string;
  /** From the user back to the operand. */
  readonly back: string;
  /** The middle of what is written on it. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface Drawing {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly width: number;
  readonly height: number;
}

export function drawingOf(sweep: Sweep): Drawing {
  const sizes = sweep.nodes.map(sizeOf);
  const uses = sweep.nodes.flatMap((from) => from.uses.map((use) => ({ from, use })));
  const edges = uses.map(({ from, use }) => ({
    from: sweep.nodes.indexOf(from),
    to: sweep.nodes.indexOf(use.user),
    width: widthOfLabel(use),
    height: LABEL,
  }));
  const { width, height, ...at } = layered(sizes, edges, SPACING);
  const boxes = sweep.nodes.map((node, k): Box => ({ node, ...at.nodes[k]!, ...sizes[k]! }));
  const routes = uses.map((each, k) => ({ ...each, ...at.edges[k]!, ...at.edges[k]!.label }));
  const boxOf = new Map(boxes.map((box) => [box.node, box]));
  const arrows = routes.map((route): Arrow => {
    const { from, use, points, x, y } = route;
    const leaving = routes.filter((other) => other.from === from);
    const arriving = routes.filter((other) => other.use.user === use.user);
    const start = port(boxOf.get(from) as Box, 1, leaving, route);
    const end = port(boxOf.get(use.user) as Box, -1, arriving, route);
    const through = [start, ...points, end];
    const [path, back] = [curve(through), curve(through.toReversed())];
    return { from, use, path, back, x, y, width: widthOfLabel(use) };
  });
  return { boxes, arrows, width: Math.ceil(width), height: Math.ceil(height) };
}

/** Where an arrow leaves or meets a box: those of one side stand beside each other, as their labels do. */
function port(box: Box, side: 1 | -1, arrows: readonly Point[], arrow: Point): Point {
  const order = arrows.toSorted((one, other) => one.x - other.x);
  const place = (order.indexOf(arrow) + 0.5) / order.length - 0.5;
  return { x: box.x + 0.7 * place * box.width, y: box.y + (side * box.height) / 2 };
}

const through = line<Point>()
  .x(({ x }) => x)
  .y(({ y }) => y)
  .curve(curveBumpY)
  .digits(1);

function curve(points: readonly Point[]): string {
  return through([...points]) ?? "";
}

/** The width of a number, or of a row of numbers, in a box. */
export function widthOfValue({ symbol }: SweepNode): number {
  const [rows, columns] = symbol.shape;
  if (isLarge(symbol.shape)) return SUMMARY;
  return rows * columns === 1 ? NUMBER : columns * ELEMENT + 8;
}

function sizeOf(node: SweepNode): { width: number; height: number } {
  const title = visibleLength(titleOf(node)) * LETTER + 20;
  return {
    width: Math.max(title, 2 * widthOfValue(node)),
    height: TITLE + CAPTION + ROW * rowsOf(node) + FOOT,
  };
}

function rowsOf({ symbol }: SweepNode): number {
  return isLarge(symbol.shape) ? 2 : symbol.shape[0];
}

export function titleOf({ symbol, right }: SweepNode): string {
  return right === undefined ? symbol.name : `${symbol.name} = ${formula(right)}`;
}

/** What a use contributes, as it is written on its arrow. */
export function labelOf({ contribution }: Use): string {
  return contribution === undefined ? "" : formula(contribution);
}

function widthOfLabel(use: Use): number {
  const label = labelOf(use);
  return label === "" ? 8 : visibleLength(label) * SMALL_LETTER + 80;
}
