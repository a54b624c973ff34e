/**
 * TensorBoard's files of events: a record for each, with checksums (tensorflow/core/lib/io/record_writer.h);
 * in it the message Event (tensorflow/core/util/event.proto, framework/summary.proto).
 */
import { joined } from "../../bytes.js";
import { bytes, double, float, integer, message, text } from "../protobuf.js";
import { maskedCrc32c } from "./crc32c.js";

/** A picture as the bytes of a PNG file. */
export interface EventImage {
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
}

/** What is known at one step, by the tags under which TensorBoard shows it. */
export interface Summary {
  /** Seconds since 1970. */
  readonly time: number;
  readonly step: number;
  readonly scalars?: ReadonlyMap<string, number>;
  readonly images?: ReadonlyMap<string, EventImage>;
}

/** Summary.Image.colorspace of RGB. */
const RGB = 3;

/** With this event every file begins. */
export function firstRecord(time: number): Uint8Array {
  return record(joined([double(1, time), text(3, "brain.Event:2")]));
}

export function summaryRecord(summary: Summary): Uint8Array {
  return record(joined([double(1, summary.time), integer(2, summary.step), valuesOf(summary)]));
}

/** Whether a file of events tells the same of a step, at whatever time. */
export function tells(file: Uint8Array, summary: Summary): boolean {
  const [whole, part] = [file, valuesOf(summary)].map(({ buffer, byteOffset, length }) => {
    return Buffer.from(buffer, byteOffset, length);
  });
  return whole!.includes(part!);
}

function valuesOf({ scalars, images }: Summary): Uint8Array {
  const values = [
    ...[...(scalars ?? [])].map(([tag, value]) => message(1, [text(1, tag), float(2, value)])),
    ...[...(images ?? [])].map(([tag, image]) =>
      message(1, [text(1, tag), message(4, imageFields(image))]),
    ),
  ];
  return message(5, values);
}

function imageFields({ width, height, png }: EventImage): Uint8Array[] {
  return [integer(1, height), integer(2, width), integer(3, RGB), bytes(4, png)];
}

/** The length, its checksum, the data, and their checksum. */
function record(data: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(data.length), true);
  return joined([length, word(maskedCrc32c(length)), data, word(maskedCrc32c(data))]);
}

function word(value: number): Uint8Array {
  const four = new Uint8Array(4);
  new DataView(four.buffer).setUint32(0, value, true);
  return four;
}
