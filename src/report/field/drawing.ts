/** What is on the field: strokes on paper, or on a digit from elsewhere, and all that was there before. */

/** From the top left corner, in parts of the side of the field. */
export type Point = readonly [x: number, y: number];

export interface Stroke {
  /** The width of the pen, in parts of the side. */
  readonly pen: number;
  readonly erases: boolean;
  readonly points: readonly Point[];
}

/** @typeParam Ground a digit from elsewhere that one draws on, where a field takes such */
export interface Drawing<Ground = never> {
  readonly ground?: Ground;
  readonly strokes: readonly Stroke[];
  /** What undoing leads to. */
  readonly before?: Drawing<Ground>;
}

export const BLANK: Drawing = { strokes: [] };

export function isBlank({ ground, strokes }: Drawing<unknown>): boolean {
  return ground === undefined && strokes.length === 0;
}

/** More steps back than anybody takes are forgotten. */
const MOST_STEPS = 200;

/** A drawing with one stroke more, which begins. */
export function begun<Ground>(drawing: Drawing<Ground>, stroke: Stroke): Drawing<Ground> {
  return after(drawing, { ...drawing, strokes: [...drawing.strokes, stroke] });
}

/** The same with its last stroke led on. */
export function extended<Ground>(
  drawing: Drawing<Ground>,
  points: readonly Point[],
): Drawing<Ground> {
  const last = drawing.strokes.at(-1);
  if (last === undefined) return drawing;
  const longer = { ...last, points: [...last.points, ...points] };
  return { ...drawing, strokes: [...drawing.strokes.slice(0, -1), longer] };
}

/** The same, where leading it on to a point is a step of its own. */
export function continued<Ground>(drawing: Drawing<Ground>, point: Point): Drawing<Ground> {
  return after(drawing, extended(drawing, [point]));
}

/** A digit from elsewhere in the place of all that was there. */
export function placed<Ground>(drawing: Drawing<Ground>, ground: Ground): Drawing<Ground> {
  return after(drawing, { ground, strokes: [] });
}

/** Nothing of it; what is blank stays as it is. */
export function cleared<Ground>(drawing: Drawing<Ground>): Drawing<Ground> {
  return isBlank(drawing) ? drawing : after(drawing, BLANK);
}

export function undone<Ground>(drawing: Drawing<Ground>): Drawing<Ground> {
  return drawing.before ?? drawing;
}

function after<Ground>(before: Drawing<Ground>, drawing: Drawing<Ground>): Drawing<Ground> {
  return { ...drawing, before: shortened(before, MOST_STEPS) };
}

function shortened<Ground>(drawing: Drawing<Ground>, steps: number): Drawing<Ground> {
  const chain: Drawing<Ground>[] = [];
  for (let at: Drawing<Ground> | undefined = drawing; at && chain.length < steps; at = at.before)
    chain.push(at);
  // As long as none is too old, nothing is copied.
  if (chain.at(-1)?.before === undefined) return drawing;
  return chain.reduceRight<Drawing<Ground> | undefined>((before, { before: _, ...each }) => {
    return before === undefined ? each : { ...each, before };
  }, undefined) as Drawing<Ground>;
}
