/** What is on the field: strokes on paper, or on a digit from elsewhere, and all that was there before. */
import type { Ink } from "../../data/pictures/picture.js";
import type { Step } from "./along.js";
import type { Reading } from "./reading.js";

/** From the top left corner, in parts of the side of the field. */
export type Point = readonly [x: number, y: number];

export interface Stroke {
  /** The width of the pen, in parts of the side. */
  readonly pen: number;
  readonly erases: boolean;
  readonly points: readonly Point[];
}

/** A digit that was not drawn here. */
export interface Ground {
  /** Where it is from. */
  readonly title: string;
  readonly ink: Ink;
  /** What the network is shown of it, as long as nothing is drawn on it. */
  readonly reading: Reading;
  /** The file that it was read from. */
  readonly picture?: Blob;
  /** The step along x̄ that has led to it. */
  readonly step?: Step;
}

export interface Drawing {
  readonly ground?: Ground;
  readonly strokes: readonly Stroke[];
  /** What undoing leads to. */
  readonly before?: Drawing;
}

export const BLANK: Drawing = { strokes: [] };

export function isBlank({ ground, strokes }: Drawing): boolean {
  return ground === undefined && strokes.length === 0;
}

/** More steps back than anybody takes are forgotten. */
const MOST_STEPS = 200;

/** A drawing with one stroke more, which begins. */
export function begun(drawing: Drawing, stroke: Stroke): Drawing {
  return after(drawing, { ...drawing, strokes: [...drawing.strokes, stroke] });
}

/** The same with its last stroke led on. */
export function extended(drawing: Drawing, points: readonly Point[]): Drawing {
  const last = drawing.strokes.at(-1);
  if (last === undefined) return drawing;
  const longer = { ...last, points: [...last.points, ...points] };
  return { ...drawing, strokes: [...drawing.strokes.slice(0, -1), longer] };
}

/** A digit from elsewhere in the place of all that was there. */
export function placed(drawing: Drawing, ground: Ground): Drawing {
  return after(drawing, { ground, strokes: [] });
}

/** Nothing of it; what is blank stays as it is. */
export function cleared(drawing: Drawing): Drawing {
  return isBlank(drawing) ? drawing : after(drawing, BLANK);
}

export function undone(drawing: Drawing): Drawing {
  return drawing.before ?? drawing;
}

function after(before: Drawing, drawing: Drawing): Drawing {
  return { ...drawing, before: shortened(before, MOST_STEPS) };
}

function shortened(drawing: Drawing, steps: number): Drawing {
  const chain: Drawing[] = [];
  for (let at: Drawing | undefined = drawing; at && chain.length < steps; at = at.before)
    chain.push(at);
  // As long as none is too old, nothing is copied.
  if (chain.at(-1)?.before === undefined) return drawing;
  return chain.reduceRight<Drawing | undefined>((before, { before: _, ...each }) => {
    return before === undefined ? each : { ...each, before };
  }, undefined) as Drawing;
}
