/** Strokes on a canvas: where a pointer leads them, and how they are painted. */
import type { Point, Stroke } from "../field/drawing.js";

/** Where a pointer is, in parts of the side of the field. */
export function pointAt({ clientX, clientY }: PointerEvent, field: Element): Point {
  const { left, top, width, height } = field.getBoundingClientRect();
  return [(clientX - left) / width, (clientY - top) / height];
}

/** Where it has been since the event before. */
export function pointsOf(event: PointerEvent, field: Element): Point[] {
  const events = event.getCoalescedEvents?.() ?? [];
  return (events.length === 0 ? [event] : events).map((each) => pointAt(each, field));
}

/** Paints over what is there, in a colour. */
export function paintStrokes(
  context: CanvasRenderingContext2D,
  strokes: readonly Stroke[],
  colour: string,
): void {
  const { width, height } = context.canvas;
  context.strokeStyle = colour;
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const { pen, erases, points } of strokes) {
    const [[x, y] = [0, 0], ...others] = points;
    context.globalCompositeOperation = erases ? "destination-out" : "source-over";
    context.lineWidth = pen * width;
    context.beginPath();
    context.moveTo(x * width, y * height);
    // A stroke of one point is a dot.
    context.lineTo(x * width, y * height + 0.01);
    for (const [x, y] of others) context.lineTo(x * width, y * height);
    context.stroke();
  }
  context.globalCompositeOperation = "source-over";
}
