/**
 * The parts of an ONNX file (onnx.proto3 of the ONNX project, whose field numbers these are): a graph of
 * named values, each made by an operator, with the constants that they take.
 */
import { joined } from "../../bytes.js";
import { bytes, integer, message, text } from "../protobuf.js";

/** Elements row by row, the last dimension fastest. */
export interface Initializer {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

export type ElementType = "float" | "double" | "uint8";

/** An input or output of the graph. A dimension that is a word may have any size. */
export interface Value {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

export interface Operator {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Whole numbers. */
  readonly attributes?: Readonly<Record<string, number>>;
}

export interface Model {
  readonly name: string;
  readonly producer: string;
  readonly producerVersion: string;
  readonly operators: readonly Operator[];
  readonly initializers: readonly Initializer[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** Of the operators: the first in which softmax is along one axis. Read by every runtime since 2020. */
const OPSET = 13;

/** Of the file format: the one that came with these operators. */
const IR_VERSION = 7;

/** TensorProto.DataType. */
export const TYPES: Readonly<Record<ElementType, number>> = { float: 1, uint8: 2, double: 11 };

/** AttributeProto.AttributeType. */
const INTEGER = 2;

/** The bytes of a file. */
export function encodeModel(model: Model): Uint8Array {
  const { name, producer, producerVersion, metadata } = model;
  return joined([
    integer(1, IR_VERSION),
    text(2, producer),
    text(3, producerVersion),
    message(7, [
      ...model.operators.map((each, k) => message(1, operatorFields(each, k))),
      text(2, name),
      ...model.initializers.map((each) => message(5, initializerFields(each))),
      ...model.inputs.map((each) => message(11, valueFields(each))),
      ...model.outputs.map((each) => message(12, valueFields(each))),
    ]),
    message(8, [text(1, ""), integer(2, OPSET)]),
    ...[...metadata].map(([key, value]) => message(14, [text(1, key), text(2, value)])),
  ]);
}

function operatorFields({ operator, inputs, output, attributes = {} }: Operator, k: number) {
  return [
    ...inputs.map((input) => text(1, input)),
    text(2, output),
    text(3, `${operator} ${k + 1}`),
    text(4, operator),
    ...Object.entries(attributes).map(([name, value]) =>
      message(5, [text(1, name), integer(3, value), integer(20, INTEGER)]),
    ),
  ];
}

function initializerFields({ name, shape, data }: Initializer) {
  const type = data instanceof Float32Array ? "float" : "double";
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return [
    ...shape.map((size) => integer(1, size)),
    integer(2, TYPES[type]),
    text(8, name),
    bytes(9, raw),
  ];
}

function valueFields({ name, type, shape }: Value) {
  const dimensions = shape.map((size) =>
    message(1, [typeof size === "number" ? integer(1, size) : text(2, size)]),
  );
  return [
    text(1, name),
    message(2, [message(1, [integer(1, TYPES[type]), message(2, dimensions)])]),
  ];
}
