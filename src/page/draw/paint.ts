/** Drawings on a canvas, and canvases as pictures. */
import type { Ink, Picture } from "../../data/pictures/picture.js";
import { paintStrokes } from "../../report/script/strokes.js";
import type { PageDrawing } from "./ground.js";

/** The side of the canvas that is read, in pixels: nine for each of the network's. */
export const FIELD = 252;

/** Paints a drawing from anew, in a colour. */
export function paint(
  context: CanvasRenderingContext2D,
  drawing: PageDrawing,
  colour: string,
): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  if (drawing.ground !== undefined) paintInk(context, drawing.ground.ink, colour);
  paintStrokes(context, drawing.strokes, colour);
}

/** Ink as large as it fits into the middle of the field. */
function paintInk(context: CanvasRenderingContext2D, ink: Ink, colour: string): void {
  const { width, height } = ink;
  const small = document.createElement("canvas");
  Object.assign(small, { width, height });
  const own = small.getContext("2d");
  if (own === null) return;
  const data = own.createImageData(width, height);
  for (let i = 0; i < width * height; i++) data.data[4 * i + 3] = Math.round(255 * ink.values[i]!);
  own.putImageData(data, 0, 0);
  own.globalCompositeOperation = "source-in";
  own.fillStyle = colour;
  own.fillRect(0, 0, width, height);
  const side = context.canvas.width;
  const scale = side / Math.max(width, height);
  const [wide, tall] = [width * scale, height * scale];
  context.imageSmoothingQuality = "high";
  context.drawImage(small, (side - wide) / 2, (side - tall) / 2, wide, tall);
}

/** What is drawn as black ink on transparent paper, whatever colour it is shown in. */
export function pictureOf(context: CanvasRenderingContext2D): Picture {
  const { width, height } = context.canvas;
  const { data } = context.getImageData(0, 0, width, height);
  for (let i = 0; i < data.length; i += 4) data.fill(0, i, i + 3);
  return { width, height, data };
}
