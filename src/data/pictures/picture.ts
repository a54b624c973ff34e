/** Pictures of any size, as image files hold them. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** How light each pixel is, from 0 (black) to 255 (white), row by row. */
  readonly luminance: Uint8ClampedArray;
  /** How opaque each pixel is, from 0 to 255. */
  readonly opacity: Uint8ClampedArray;
}
