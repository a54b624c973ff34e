/** Telling kinds of files by their first bytes. */

/** More bytes than this tell nothing more. */
export const LONGEST_MARK = 16;

const PNG = "\x89PNG\r\n\x1a\n";
const JPEG = "\xff\xd8\xff";

/** Kinds of pictures that are not read, each with what its files hold where. */
const OTHERS: readonly (readonly [name: string, at: number, mark: string])[] = [
  ["GIF", 0, "GIF8"],
  ["BMP", 0, "BM"],
  ["WebP", 8, "WEBP"],
  ["TIFF", 0, "II*\0"],
  ["TIFF", 0, "MM\0*"],
  ["ICO", 0, "\0\0\x01\0"],
  ["CUR", 0, "\0\0\x02\0"],
  ["AVIF", 4, "ftypavi"],
  ["HEIC", 4, "ftyphe"],
  ["HEIC", 4, "ftypmif1"],
  ["HEIC", 4, "ftypmsf1"],
  ["JPEG XL", 0, "\0\0\0\x0cJXL "],
  ["JPEG XL", 0, "\xff\x0a"],
  ["JPEG 2000", 0, "\0\0\0\x0cjP  "],
  ["JPEG 2000", 0, "\xff\x4f\xff\x51"],
  ["Photoshop", 0, "8BPS"],
  ["PDF", 0, "%PDF"],
  ["SVG", 0, "<svg"],
  ...["1", "2", "3", "4", "5", "6"].map((digit) => ["PNM", 0, `P${digit}\n`] as const),
];

export function isPng(bytes: Uint8Array): boolean {
  return has(bytes, 0, PNG);
}

export function isJpeg(bytes: Uint8Array): boolean {
  return has(bytes, 0, JPEG);
}

/** The name of a picture's format, if it is a usual one that is not read. */
export function otherFormatOf(bytes: Uint8Array): string | undefined {
  return OTHERS.find(([, at, mark]) => has(bytes, at, mark))?.[0];
}

function has(bytes: Uint8Array, at: number, mark: string): boolean {
  return [...mark].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
}
