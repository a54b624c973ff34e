/** Drawing by keys: a cursor on a coarse grid, and what each key does with it. */
import {
  begun,
  continued,
  type Drawing,
  extended,
  type Point,
  type Stroke,
  undone,
} from "./drawing.js";

/** Cells of the grid a side: two pixels of 28 each. */
export const CELLS = 14;

export interface Cursor {
  readonly row: number;
  readonly column: number;
}

export const START: Cursor = { row: 2, column: CELLS / 2 };

const MOVES: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

export interface Drawn<Ground = never> {
  readonly cursor: Cursor;
  readonly drawing: Drawing<Ground>;
}

/**
 * The cursor and the drawing after a key: arrows move, with shift they draw a line, space puts ink, and
 * backspace or Ctrl+Z undoes what one key has drawn. Undefined if the key means nothing here.
 *
 * @param pen what strokes are drawn with
 */
export function afterKey<Ground>(
  { cursor, drawing }: Drawn<Ground>,
  { key, shiftKey, ctrlKey, metaKey }: Key,
  pen: Omit<Stroke, "points">,
): Drawn<Ground> | undefined {
  if (key === "Backspace" || ((ctrlKey || metaKey) && key === "z")) {
    return { cursor: before(cursor, drawing), drawing: undone(drawing) };
  }
  if (ctrlKey || metaKey) return undefined;
  if (key === " ")
    return { cursor, drawing: begun(drawing, { ...pen, points: [pointOf(cursor)] }) };
  const move = MOVES[key];
  if (move === undefined) return undefined;
  const next = {
    row: Math.min(CELLS - 1, Math.max(0, cursor.row + move[0])),
    column: Math.min(CELLS - 1, Math.max(0, cursor.column + move[1])),
  };
  if (!shiftKey) return { cursor: next, drawing };
  const from = pointOf(cursor);
  const to = pointOf(next);
  const line = endsAt(drawing, from, pen)
    ? continued(drawing, to)
    : extended(begun(drawing, { ...pen, points: [from] }), [to]);
  return { cursor: next, drawing: line };
}

/** What is said to those who do not see the field: where the cursor is, and whether something was drawn or undone. */
export function spoken({ cursor, drawing }: Drawn<unknown>, before: Drawing<unknown>): string {
  const done = drawing === before ? "" : drawing === before.before ? ", undone" : ", drawn";
  return `row ${cursor.row + 1}, column ${cursor.column + 1}${done}`;
}

/** Where the cursor was before the last line, if it is at the end of that. */
function before(cursor: Cursor, { strokes }: Drawing<unknown>): Cursor {
  const [from, end] = strokes.at(-1)?.points.slice(-2) ?? [];
  const [x, y] = pointOf(cursor);
  if (from === undefined || end?.[0] !== x || end[1] !== y) return cursor;
  const [column, row] = from.map((part) => Math.floor(part * CELLS)) as [number, number];
  return { row, column };
}

/** Whether the last stroke may be led on from a point. */
function endsAt(
  { strokes }: Drawing<unknown>,
  [x, y]: Point,
  { pen, erases }: Omit<Stroke, "points">,
): boolean {
  const last = strokes.at(-1);
  const end = last?.points.at(-1);
  return end?.[0] === x && end[1] === y && last?.pen === pen && last.erases === erases;
}

/** The middle of a cell. */
export function pointOf({ row, column }: Cursor): Point {
  return [(column + 0.5) / CELLS, (row + 0.5) / CELLS];
}
