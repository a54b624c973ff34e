/** JPEG files, made for tests. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import encode, { init } from "@jsquash/jpeg/encode.js";
import type { Picture } from "../../../src/data/pictures/picture.js";

const { resolve } = createRequire(import.meta.url);
const ENCODER = resolve("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm");

let ready: Promise<void> | undefined;

type Options = NonNullable<Parameters<typeof encode>[1]>;

/** A picture as a JPEG file, baseline unless the options say otherwise; with colours halved, as phones do. */
export async function encodeJpeg(picture: Picture, options: Options = {}): Promise<Buffer> {
  ready ??= init({ wasmBinary: new Uint8Array(readFileSync(ENCODER)).buffer });
  await ready;
  const plain = { progressive: false, baseline: true, trellis_multipass: false };
  return Buffer.from(await encode(picture as never, { ...plain, ...options }));
}

/** A segment: a marker, and what follows its length. */
export function segment(marker: number, data: Uint8Array): Buffer {
  const head = Buffer.of(0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255);
  return Buffer.concat([head, data]);
}

/** A JPEG file with a segment more, in front of the others. */
export function withSegment(jpeg: Buffer, marker: number, data: Uint8Array): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), segment(marker, data), jpeg.subarray(2)]);
}
