/** Access to the values in the engine's memory, in each of their forms. */
import type { Node } from "../../autodiff/index.js";
import { size } from "../../autodiff/matrix.js";
import type { Compiled } from "../compile.js";
import { type Form, type Place, roundUp } from "../values.js";
import type { Kernels } from "./kernels.js";

/** The forms in which variables and constants are stored. */
type Stored = Exclude<Form, "columnLists" | "rowLists">;

type Read = (place: Place, node: Node) => Float32Array;
type Write = (place: Place, node: Node, elements: ArrayLike<number>) => void;

export interface Store {
  /** A copy of the elements of a variable or constant, column by column without padding. */
  read(node: Node): Float32Array;
  /** Sets them, in all forms that the value has. */
  write(node: Node, elements: ArrayLike<number>): void;
}

export function openStore(
  memory: ArrayBufferLike,
  { fixed, scratch, scratchBytes }: Compiled,
  kernels: Kernels,
): Store {
  const floats = ({ address, step }: Place, [rows]: Node["shape"], column: number) =>
    new Float32Array(memory, address + column * step, rows);
  const bytes = (address: number, length: number) => new Uint8Array(memory, address, length);

  const readers: Readonly<Record<Stored, Read>> = {
    matrix(place, { shape }) {
      const elements = new Float32Array(size(shape));
      for (let c = 0; c < shape[1]; c++) elements.set(floats(place, shape, c), c * shape[0]);
      return elements;
    },
    bytes: ({ address }, { shape }) => Float32Array.from(bytes(address, size(shape))),
    lists(place, { shape }) {
      const elements = new Float32Array(size(shape));
      new Uint32Array(memory, place.address, place.count).forEach((list, c) => {
        const [length] = new Int32Array(memory, list, 1) as unknown as [number];
        const rows = new Uint8Array(memory, list + LIST_HEADER, 2 * length);
        const values = new Uint8Array(memory, list + LIST_HEADER + 2 * groupsOf(length), length);
        values.forEach((value, k) => {
          elements[c * shape[0] + rows[2 * k]! + 256 * rows[2 * k + 1]!] = value;
        });
      });
      return elements;
    },
  };

  const writers: Readonly<Record<Stored, Write>> = {
    matrix(place, { shape }, elements) {
      const [rows, columns] = shape;
      for (let c = 0; c < columns; c++) {
        const column = floats(place, shape, c);
        for (let r = 0; r < rows; r++) column[r] = elements[c * rows + r]!;
      }
    },
    bytes({ address }, { shape }, elements) {
      bytes(address, size(shape)).set(elements);
    },
    lists({ address, step, lists }, { shape }, elements) {
      const [rows, columns] = shape;
      const source = elements instanceof Uint8Array ? elements : Uint8Array.from(elements);
      const chunk = Math.floor(scratchBytes / rows);
      let end = lists;
      for (let c = 0; c < columns; c += chunk) {
        const count = Math.min(chunk, columns - c);
        bytes(scratch, count * rows).set(source.subarray(c * rows, (c + count) * rows));
        end = kernels.listImages(address + c * step, end, scratch, rows, count);
      }
    },
  };

  const places = new Map<Node, (readonly [Stored, Place])[]>();
  for (const [{ node, form }, place] of fixed) {
    places.set(node, [...(places.get(node) ?? []), [form as Stored, place]]);
  }
  const placesOf = (node: Node) => places.get(node) ?? [];
  return {
    read(node) {
      const [form, place] = placesOf(node)[0]!;
      return readers[form](place, node);
    },
    write(node, elements) {
      for (const [form, place] of placesOf(node)) writers[form](place, node, elements);
    },
  };
}

/** Bytes before the indices of a compact list, and how many there are (kernels/lists.ts). */
const LIST_HEADER = 4;
const groupsOf = (length: number) => roundUp(length, 8);
