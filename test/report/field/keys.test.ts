import { describe, expect, test } from "vitest";
import { BLANK } from "../../../src/report/field/drawing.js";
import {
  afterKey,
  CELLS,
  type Drawn,
  pointOf,
  START,
  spoken,
} from "../../../src/report/field/keys.js";

const pen = { pen: 0.1, erases: false };

/** Keys as people name them: `shift+ArrowLeft`. */
function press(keys: readonly string[], from: Drawn = { cursor: START, drawing: BLANK }): Drawn {
  return keys.reduce((drawn, text) => {
    const [key = "", modifier] = text.split("+").reverse();
    const pressed = {
      key,
      shiftKey: modifier === "shift",
      ctrlKey: modifier === "ctrl",
      metaKey: false,
    };
    return afterKey(drawn, pressed, pen) ?? drawn;
  }, from);
}

const { row, column } = START;

describe("drawing by keys", () => {
  test("moves without ink, and puts it where space is pressed", () => {
    const { cursor, drawing } = press(["ArrowDown", "ArrowLeft", "ArrowLeft", " "]);
    expect(cursor).toEqual({ row: row + 1, column: column - 2 });
    expect(drawing.strokes).toEqual([{ ...pen, points: [pointOf(cursor)] }]);
  });

  test("draws one line with shift, which a step without it ends", () => {
    const line = ["shift+ArrowDown", "shift+ArrowDown", "shift+ArrowRight"];
    const { drawing } = press([...line, "ArrowUp", "shift+ArrowUp"]);
    expect(drawing.strokes.map(({ points }) => points.length)).toEqual([4, 2]);
    expect(drawing.strokes[0]!.points.at(-1)).toEqual(
      pointOf({ row: row + 2, column: column + 1 }),
    );
  });

  test("says where the cursor is, and what was drawn or undone", () => {
    const dot = press([" "]);
    const line = press(["shift+ArrowDown"], dot);
    const undone = press(["Backspace"], line);
    expect(spoken(dot, BLANK)).toBe(`row ${row + 1}, column ${column + 1}, drawn`);
    expect(spoken(line, dot.drawing)).toBe(`row ${row + 2}, column ${column + 1}, drawn`);
    expect(spoken(undone, line.drawing)).toBe(`row ${row + 1}, column ${column + 1}, undone`);
    expect(spoken(press(["ArrowDown"]), BLANK)).toBe(`row ${row + 2}, column ${column + 1}`);
  });

  test("leads a dot on to a line", () => {
    expect(press([" ", "shift+ArrowDown"]).drawing.strokes).toHaveLength(1);
  });

  test("stays on the field", () => {
    const many = Array.from({ length: 3 * CELLS }, () => ["ArrowUp", "shift+ArrowLeft"]).flat();
    expect(press(many).cursor).toEqual({ row: 0, column: 0 });
  });

  test.each(["Backspace", "ctrl+z"])("undoes with %s what one key has drawn", (key) => {
    const keys = [" ", "ArrowDown", "shift+ArrowDown", "shift+ArrowRight", "shift+ArrowRight"];
    const firstOf = (n: number) => press(keys.slice(0, n));
    // A step without ink is not undone.
    for (const [n, left] of [
      [5, 4],
      [4, 3],
      [3, 2],
      [1, 0],
    ] as const) {
      const { cursor, drawing } = press([key], firstOf(n));
      expect(drawing.strokes).toEqual(firstOf(left).drawing.strokes);
      expect(cursor).toEqual(firstOf(left).cursor);
    }
  });

  test("goes on with a line from where undoing has led", () => {
    const line = ["shift+ArrowDown", "shift+ArrowDown"];
    const { drawing } = press([...line, "Backspace", "shift+ArrowRight"]);
    expect(drawing.strokes).toEqual(press(["shift+ArrowDown", "shift+ArrowRight"]).drawing.strokes);
  });

  test("leaves the cursor where it is when what is undone ends elsewhere", () => {
    const { cursor } = press(["shift+ArrowDown", "ArrowRight", "Backspace"]);
    expect(cursor).toEqual({ row: row + 1, column: column + 1 });
  });

  test("leaves other keys to the browser", () => {
    const at = { cursor: START, drawing: BLANK };
    for (const key of ["Tab", "a", "Enter", "PageDown"]) {
      expect(afterKey(at, { key, shiftKey: false, ctrlKey: false, metaKey: false }, pen)).toBe(
        undefined,
      );
    }
    expect(
      afterKey(at, { key: "ArrowLeft", shiftKey: false, ctrlKey: true, metaKey: false }, pen),
    ).toBe(undefined);
  });
});
