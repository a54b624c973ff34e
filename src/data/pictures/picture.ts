/** Pictures of any size, and the ink in them. */

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel, from 0 to 255, row by row: as in the ImageData of browsers. */
  readonly data: Uint8ClampedArray;
}

/** How much ink there is in each pixel, from 0 to 1, row by row. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}
