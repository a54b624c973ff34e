/** Several threads instantiate the kernels over one memory, at any time. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { START } from "../../../src/engine/values.js";

const HEADER_BYTES = 8;
const START_SECTION = 8;

/** A module without its function that runs first, after the segments of data are written. */
function withoutStart(module: Buffer): Buffer {
  const kept = [module.subarray(0, HEADER_BYTES)];
  for (let at = HEADER_BYTES; at < module.length; ) {
    let [length, shift, body] = [0, 0, at + 1];
    for (let more = true; more; shift += 7, body++) {
      length |= (module[body]! & 0x7f) << shift;
      more = module[body]! >= 0x80;
    }
    if (module[at] !== START_SECTION) kept.push(module.subarray(at, body + length));
    at = body + length;
  }
  return Buffer.concat(kept);
}

/** The first bytes of a memory that had some value before these kernels were instantiated. */
function instantiated(module: Buffer, before: number): Uint8Array {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
  const bytes = new Uint8Array(memory.buffer, 0, START);
  bytes.fill(before);
  new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory, wide: 0 } });
  return bytes.slice();
}

test("another instance writes nothing but what is there, not even for a moment", () => {
  const module = readFileSync(new URL("../../../dist/src/engine/kernels.wasm", import.meta.url));
  const constants = instantiated(module, 0);
  expect(constants.some((byte) => byte !== 0)).toBe(true);
  for (const before of [0x00, 0xaa]) {
    const written = [...instantiated(withoutStart(module), before)];
    const wrong = written.filter((byte, i) => byte !== before && byte !== constants[i]);
    expect(wrong).toEqual([]);
  }
});
