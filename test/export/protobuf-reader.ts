/** Messages of Protocol Buffers read back: the encoding written down a second time, from the other side. */

/** The values of a message by their fields' numbers: numbers, or bytes of what has a length. */
export type Message = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

export function readMessage(bytes: Uint8Array): Message {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(value);
    }
  };
  const read = (kind: number): number | Uint8Array => {
    if (kind === 0) return varint();
    const length = kind === 1 ? 8 : kind === 5 ? 4 : varint();
    at += length;
    if (kind === 1) return view.getFloat64(at - length, true);
    if (kind === 5) return view.getFloat32(at - length, true);
    if (kind !== 2 || at > bytes.length) throw new Error(`a field of kind ${kind} at ${at}`);
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = varint();
    const values = fields.get(key >> 3) ?? [];
    fields.set(key >> 3, [...values, read(key & 7)]);
  }
  return fields;
}

export const messages = (message: Message, field: number) =>
  (message.get(field) ?? []).map((value) => readMessage(value as Uint8Array));

export const texts = (message: Message, field: number) =>
  (message.get(field) ?? []).map((value) => new TextDecoder().decode(value as Uint8Array));

export const numbers = (message: Message, field: number) => (message.get(field) ?? []) as number[];
