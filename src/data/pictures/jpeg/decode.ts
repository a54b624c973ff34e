/**
 * JPEG files as pictures, by libjpeg in WebAssembly: it is what most programs read and write such files
 * with, it is maintained, and nothing is compiled when it is installed. It is loaded for the first file.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { DataError, lessAddressSpace } from "../../errors.js";
import { orientationIn, turned } from "../orientation.js";
import type { Picture } from "../picture.js";
import { reduced } from "../reduction.js";
import { parseJpegHeader } from "./header.js";

const { resolve } = createRequire(import.meta.url);

/**
 * What the decoder says of files that it makes a picture of all the same. It says one thing only, the
 * first; nothing else can be wrong after bytes too many at the very end, which some cameras write.
 */
const DAMAGE = /^(Premature end|Corrupt JPEG data: (?!.*extraneous bytes before marker 0xd9))/;

/**
 * Decodes a file that `isJpeg`: the right way up, and reduced if it is large.
 *
 * @param source what error messages call the file
 * @throws {DataError} if it is malformed, of a kind that is not read, or larger than is read
 */
export async function decodeJpeg(bytes: Uint8Array, source: string): Promise<Picture> {
  const { exif } = parseJpegHeader(bytes, source);
  const { picture, complaints, cause } = await decoded(bytes);
  const damage = complaints.find((line) => DAMAGE.test(line));
  if (damage?.startsWith("Premature")) throw new DataError(`${source} is truncated.`);
  if (damage !== undefined || picture === undefined) {
    const reason = damage ?? complaints.at(-1) ?? String(cause);
    if (cause instanceof RangeError || /memory/i.test(reason)) {
      throw new DataError(`There is not enough memory to read ${source}`, {
        advice: [{ words: "make it smaller" }, ...lessAddressSpace],
        cause,
      });
    }
    throw new DataError(`${source} is corrupt: libjpeg reports: ${reason}.`, { cause });
  }
  return turned(reduced(picture), exif === undefined ? 1 : orientationIn(exif));
}

/** Whatever the decoder makes of a file, each by a new one: one that has failed is of no use afterwards. */
async function decoded(bytes: Uint8Array) {
  const { default: decode, init } = await import("@jsquash/jpeg/decode.js");
  const complaints: string[] = [];
  const file = await readFile(resolve("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"));
  await init({
    wasmBinary: new Uint8Array(file).buffer,
    printErr: (line: string) => complaints.push(line),
  });
  try {
    const picture: Picture = await decode(new Uint8Array(bytes).buffer);
    return { picture, complaints };
  } catch (cause) {
    return { picture: undefined, complaints, cause };
  }
}
