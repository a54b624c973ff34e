/** What a network is shown of a drawing, soon enough to follow the pen. */
import { normalise } from "../../data/pictures/normalise.js";
import type { Picture } from "../../data/pictures/picture.js";

/**
 * What is drawn is taken for ink, whatever its colour, without telling it from paper first. Undefined if there is
 * no ink.
 *
 * @param picture in which all that is not transparent is drawn
 */
export function pixelsDrawn({ width, height, data }: Picture): Uint8Array | undefined {
  const values = Float32Array.from({ length: width * height }, (_, i) => data[4 * i + 3]! / 255);
  return values.some((ink) => ink > 0) ? normalise({ width, height, values }) : undefined;
}
