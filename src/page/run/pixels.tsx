/** A small image, painted anew whenever its numbers change; what surrounds it gives it its size. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Colours, colours } from "./colours.js";

export interface PixelsProps {
  readonly rows: number;
  readonly columns: number;
  /** From 0 to 255; or from −scale to scale, in two colours. */
  readonly values: ArrayLike<number>;
  readonly scale?: number;
  /** What it shows, for those who do not see it; left out where a text beside it says so. */
  readonly label?: string;
}

export function Pixels({ rows, columns, values, scale, label }: PixelsProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = colours.value;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    context?.putImageData(painted(values, rows, columns, scale, palette), 0, 0);
  }, [values, rows, columns, scale, palette]);
  const described =
    label === undefined ? { "aria-hidden": true } : { role: "img" as const, "aria-label": label };
  return <canvas ref={canvas} class="pixels-canvas" width={columns} height={rows} {...described} />;
}

/** The less there is of a colour, the more one sees of what is below. */
function painted(
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  scale: number | undefined,
  { ink, negative, positive }: Colours,
): ImageData {
  const image = new ImageData(columns, rows);
  for (let k = 0; k < rows * columns; k++) {
    const value = values[k] ?? 0;
    const signed = value < 0 ? negative : positive;
    const [red, green, blue] = scale === undefined ? ink : signed;
    const part = scale === undefined ? value / 255 : Math.abs(value) / scale;
    image.data.set([red, green, blue, Math.round(255 * Math.min(1, part))], 4 * k);
  }
  return image;
}
