/** Pictures of any size. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel, from 0 to 255, row by row: as in the ImageData of browsers. */
  readonly data: Uint8ClampedArray;
}
