/** Exif data, made for tests. */

/** A directory of two entries, of which the second is the orientation; with no mark in front. */
export function exifOf(orientation: number, isLittle = true): Buffer {
  const data = Buffer.alloc(8 + 2 + 2 * 12 + 4);
  const word = (value: number, at: number) =>
    isLittle ? data.writeUInt16LE(value, at) : data.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    isLittle ? data.writeUInt32LE(value, at) : data.writeUInt32BE(value, at);
  data.write(isLittle ? "II" : "MM", 0, "latin1");
  word(42, 2);
  long(8, 4);
  word(2, 8);
  for (const [k, [tag, value]] of [
    [0x0100, 300],
    [0x0112, orientation],
  ].entries()) {
    const at = 10 + 12 * k;
    word(tag!, at);
    word(3, at + 2);
    long(1, at + 4);
    word(value!, at + 8);
  }
  return data;
}
