/** TensorBoard's records read back, checksums included: the format written down from the other side. */
import { type Message, messages, numbers, readMessage, texts } from "./protobuf-reader.js";

export interface ReadEvent {
  readonly time: number;
  readonly version?: string | undefined;
  readonly step: number;
  readonly scalars: Readonly<Record<string, number>>;
  readonly images: Readonly<Record<string, Uint8Array>>;
}

/** Throws if a length or a checksum is wrong, what is said of a picture is not true, or the last record is cut off. */
export function readEvents(bytes: Uint8Array): ReadEvent[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const events: ReadEvent[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(view.getBigUint64(at, true));
    const check = (from: number, to: number) => {
      if (view.getUint32(to, true) !== masked(bytes.subarray(from, to))) {
        throw new Error(`a wrong checksum at byte ${to}`);
      }
    };
    check(at, at + 8);
    check(at + 12, at + 12 + length);
    events.push(eventOf(readMessage(bytes.subarray(at + 12, at + 12 + length))));
    at += 16 + length;
  }
  return events;
}

function eventOf(event: Message): ReadEvent {
  const values = messages(event, 5).flatMap((summary) => messages(summary, 1));
  const tagged = <T>(field: number, read: (value: Message) => T) =>
    Object.fromEntries(
      values.filter((value) => value.has(field)).map((value) => [texts(value, 1)[0], read(value)]),
    );
  return {
    time: numbers(event, 1)[0]!,
    version: texts(event, 3)[0],
    step: numbers(event, 2)[0] ?? 0,
    scalars: tagged(2, (value) => numbers(value, 2)[0]!),
    images: tagged(4, (value) => pngOf(messages(value, 4)[0]!)),
  };
}

/** By PNG's types of colours: what Summary.Image.colorspace is of them. */
const COLOUR_SPACES = new Map([
  [0, 1],
  [2, 3],
  [6, 4],
]);

function pngOf(image: Message): Uint8Array {
  const png = image.get(4)![0] as Uint8Array;
  const header = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height, type] = [header.getUint32(16), header.getUint32(20), header.getUint8(25)];
  const said = [1, 2, 3].map((field) => numbers(image, field)[0]);
  if (said.join() !== [height, width, COLOUR_SPACES.get(type)].join()) {
    throw new Error(`a picture of ${width}×${height} pixels of type ${type}, said to be ${said}`);
  }
  return png;
}

/** CRC-32C bit by bit, on whole numbers of any size. */
function masked(bytes: Uint8Array): number {
  let rest = 0xffffffffn;
  for (const byte of bytes) {
    rest ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) rest = rest & 1n ? (rest >> 1n) ^ 0x82f63b78n : rest >> 1n;
  }
  const crc = rest ^ 0xffffffffn;
  return Number((((crc >> 15n) | (crc << 17n)) + 0xa282ead8n) & 0xffffffffn);
}
