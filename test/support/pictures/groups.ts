/** Groups of pictures of digits, each with one thing that happens to people's pictures. */
import type { Picture } from "../../../src/data/pictures/picture.js";
import { drawn, enlarged, type InkMap } from "./digits.js";
import {
  BLACK,
  type Colour,
  changed,
  framed,
  inked,
  lit,
  noisy,
  padded,
  ruled,
  spotted,
  WHITE,
} from "./effects.js";

/** Digits of one origin. */
export interface Digits {
  readonly name: string;
  readonly label: (i: number) => number;
  /** Digit i in a square picture of so many pixels. */
  readonly ink: (i: number, side: number) => InkMap;
}

/** Pictures to which the same has happened. */
export interface Group {
  readonly name: string;
  /** The picture's side in pixels. */
  readonly side: number;
  readonly picture: (i: number) => Picture;
  /** The quality of the JPEG file that the picture is stored in; none if it is as it is. */
  readonly quality?: number;
}

/** Digits drawn as strokes. */
export function drawnDigits(): Digits {
  return { name: "drawn", label: (i) => i % 10, ink: (i, side) => drawn(i, side, side / 15) };
}

/** Digits of images of 28 × 28 pixels, enlarged. */
export function digitsOf(name: string, pixels: Uint8Array, labels: Uint8Array): Digits {
  const size = 28 * 28;
  return {
    name,
    label: (i) => labels[i]!,
    ink: (i, side) => enlarged(pixels.subarray(i * size, (i + 1) * size), 28, side),
  };
}

const SIDE = 300;
const LIGHT_BLUE: Colour = [170, 200, 235];

/** Groups of pictures of these digits, the plain ones first. */
export function groupsOf({ name, ink }: Digits): Group[] {
  const group = (title: string, picture: Group["picture"], more: Partial<Group> = {}): Group => ({
    name: title,
    side: SIDE,
    picture,
    ...more,
  });
  const of = (i: number, side = SIDE) => inked(ink(i, side));
  const light = (i: number, side = SIDE) => inked(ink(i, side), WHITE, BLACK);
  const sizes = [20, 28, 40, 64, 100, 600, 1000, 2000, 4000].map((side) =>
    group(`${side} px`, (i) => of(i, side), { side }),
  );
  const pens = [1, 2, 3, 4, 6, 10, 15, 20, 30, 40].map((pen) =>
    group(`pen of ${pen} px`, (i) => inked(drawn(i, SIDE, pen))),
  );
  const finePens = [1000, 2000, 4000].map((side) =>
    group(`${side} px, pen of 2 px`, (i) => inked(drawn(i, side, 2)), { side }),
  );
  return [
    group("plain", (i) => of(i)),
    group("white on black", (i) => light(i)),
    ...sizes,
    ...(name === "drawn" ? [...pens, ...finePens] : []),
    ...framedGroups(of, light),
    ...paperGroups(of, ink),
    ...[50, 60, 70, 80, 90].map((quality) => group(`JPEG ${quality}`, (i) => of(i), { quality })),
    group("JPEG 50, framed", (i) => framed(of(i), 4), { quality: 50 }),
    group("28 px, JPEG 75", (i) => of(i, 28), { quality: 75, side: 28 }),
    group("yellow on white", (i) => inked(ink(i, SIDE), [255, 255, 0])),
    group("red on green", (i) => inked(ink(i, SIDE), [255, 0, 0], [0, 130, 0])),
    group("blue on yellow", (i) => inked(ink(i, SIDE), [20, 40, 160], [250, 240, 120])),
    group("grey on grey", (i) => inked(ink(i, SIDE), [100, 100, 100], [150, 150, 150])),
    group("pencil", (i) => noisy(inked(ink(i, SIDE), [130, 130, 130], [225, 222, 215]), 6, i)),
    group("photograph", (i) => photographed(of(i), i), { quality: 75 }),
    group(
      "photograph, ruled",
      (i) => photographed(ruled(of(i), { apart: 40, colour: LIGHT_BLUE }), i),
      { quality: 75 },
    ),
  ];

  function framedGroups(dark: typeof of, bright: typeof of): Group[] {
    return [
      group("28 px, white on black, framed", (i) => framed(bright(i, 28), 1, 0, WHITE), {
        side: 28,
      }),
      group("28 px, framed", (i) => framed(dark(i, 28), 1), { side: 28 }),
      group("frame of 1 px", (i) => framed(dark(i), 1)),
      group("frame of 6 px", (i) => framed(dark(i), 6)),
      group("frame of 15 px", (i) => framed(dark(i), 15)),
      group("grey frame", (i) => framed(dark(i), 4, 0, [120, 120, 120])),
      group("frame of 3 px, paper outside", (i) => framed(padded(dark(i), 30), 3, 15)),
      group("two frames", (i) => framed(framed(padded(dark(i), 30), 3, 15), 4)),
      group("white frame round white on black", (i) => framed(bright(i), 5, 0, WHITE)),
      group("faint speck", (i) => spotted(dark(i), 3, 290, 1, [254, 254, 254])),
      group("grey speck", (i) => spotted(dark(i), 290, 8, 3, [128, 128, 128])),
      group("black specks", (i) => spotted(spotted(dark(i), 290, 8, 3, BLACK), 5, 280, 4, BLACK)),
      group("28 px, speck", (i) => spotted(dark(i, 28), 1, 26, 1, BLACK), { side: 28 }),
    ];
  }

  function paperGroups(dark: typeof of, map: Digits["ink"]): Group[] {
    const fall = (x: number, y: number) => 1.1 * ((x - 0.5) ** 2 + (y - 0.5) ** 2);
    return [
      ...[5, 15, 30].map((deviation) =>
        group(`noise of ${deviation}`, (i) => noisy(dark(i), deviation, i)),
      ),
      group("light from the left", (i) => lit(dark(i), (x) => 1 - 0.5 * x)),
      group("light from a corner", (i) => lit(dark(i), (x, y) => 1 - 0.35 * x - 0.3 * y)),
      group("light in the middle", (i) => lit(dark(i), (x, y) => 1 - fall(x, y))),
      group("shadow", (i) => lit(dark(i), (x, y) => (x + 0.4 * y > 0.8 ? 0.65 : 1))),
      group("light on white on grey", (i) =>
        lit(inked(map(i, SIDE), WHITE, [60, 60, 60]), (x) => 1 - 0.5 * x),
      ),
      group("ruled", (i) => ruled(dark(i), { apart: 40, colour: LIGHT_BLUE })),
      group("ruled, dark", (i) => ruled(dark(i), { apart: 50, thick: 2, colour: [130, 130, 150] })),
      group("ruled, aslant", (i) =>
        ruled(dark(i), { apart: 40, thick: 2, colour: LIGHT_BLUE, slope: 0.05 }),
      ),
      group("squared", (i) => ruled(dark(i), { apart: 25, colour: LIGHT_BLUE, grid: true })),
    ];
  }
}

/** Paper that is not white, uneven light, and noise. */
function photographed(picture: Picture, seed: number): Picture {
  const faded = changed(
    picture,
    (colour) => colour.map((c) => 40 + (190 * c) / 255) as unknown as Colour,
  );
  return noisy(
    lit(faded, (x, y) => 1 - 0.25 * x - 0.2 * y * y),
    6,
    seed,
  );
}
