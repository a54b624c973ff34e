import { describe, expect, test } from "vitest";
import { readImage } from "../../../src/page/draw/reading.js";
import {
  BLANK,
  begun,
  cleared,
  type Drawing,
  extended,
  isBlank,
  placed,
  undone,
} from "../../../src/report/field/drawing.js";

const pen = { pen: 0.1, erases: false };
const dot = (x: number) => ({ ...pen, points: [[x, x] as const] });
const shown = ({ ground, strokes }: Drawing<unknown>) => ({ ground, strokes });

/** A digit from elsewhere. */
function ground() {
  const { reading, ink } = readImage(new Uint8Array(784).fill(9), 28, 28);
  return { title: "test image 3", ink, reading };
}

describe("a drawing", () => {
  test("grows by the stroke that was begun last", () => {
    const drawing = extended(begun(begun(BLANK, dot(0.1)), dot(0.2)), [
      [0.3, 0.2],
      [0.4, 0.2],
    ]);
    expect(drawing.strokes.map(({ points }) => points)).toEqual([
      [[0.1, 0.1]],
      [
        [0.2, 0.2],
        [0.3, 0.2],
        [0.4, 0.2],
      ],
    ]);
  });

  test("is undone stroke by stroke, whatever they grew to, down to nothing", () => {
    const first = begun(BLANK, dot(0.1));
    const second = extended(begun(first, dot(0.2)), [[0.9, 0.9]]);
    expect(shown(undone(second))).toEqual(shown(first));
    expect(isBlank(undone(undone(second)))).toBe(true);
    expect(isBlank(undone(BLANK))).toBe(true);
  });

  test("comes back after it was cleared, and after another digit took its place", () => {
    const drawing = begun(BLANK, dot(0.1));
    for (const after of [cleared(drawing), placed(drawing, ground())]) {
      expect(after.strokes).toEqual([]);
      expect(shown(undone(after))).toEqual(shown(drawing));
    }
  });

  test("keeps the digit below what is drawn on it, until both are cleared", () => {
    const drawing = begun(placed(BLANK, ground()), dot(0.1));
    expect(drawing.ground?.title).toBe("test image 3");
    expect(isBlank(cleared(drawing))).toBe(true);
    expect(undone(undone(drawing)).ground).toBeUndefined();
  });

  test("that is blank has nothing to be cleared", () => {
    expect(cleared(BLANK)).toBe(BLANK);
  });

  test("remembers a bounded number of steps, the last ones", () => {
    let drawing = BLANK;
    for (let k = 0; k < 1000; k++) drawing = begun(drawing, dot(k));
    let steps = 0;
    for (let at = drawing; at.before !== undefined; at = at.before) {
      expect(at.strokes).toHaveLength(1000 - steps);
      steps++;
    }
    expect(steps).toBeGreaterThan(100);
    expect(steps).toBeLessThan(500);
  });
});
