/** Strokes on a canvas. */
import type { Stroke } from "../field/drawing.js";

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
