/** ONNX models read back and run, slowly: what their operators mean, by the operators' specification. */
import { type Message, messages, numbers, readMessage, texts } from "./protobuf-reader.js";

interface Tensor {
  /** TensorProto.DataType. */
  readonly type: number;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** An input or output of the graph. */
interface Value {
  readonly name: string;
  readonly type: number;
  /** A dimension that is a word may have any size. */
  readonly shape: readonly (number | string)[];
}

export interface ReadModel {
  readonly opset: number;
  readonly metadata: ReadonlyMap<string, string>;
  /** Of all values, each of which is made once. */
  readonly names: readonly string[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Of a batch of inputs, row by row, each row one sample. */
  readonly run: (rows: readonly (readonly number[])[]) => number[][];
}

export const [FLOAT, UINT8, DOUBLE] = [1, 2, 11];

/** AttributeProto.AttributeType of a whole number. */
const INTEGER = 2;

/** Throws if the model is not what the specification demands. */
export function readModel(bytes: Uint8Array): ReadModel {
  const model = readMessage(bytes);
  const [graph] = messages(model, 7);
  const constants = new Map(
    messages(graph!, 5).map((each): [string, Tensor] => {
      const raw = Uint8Array.from(each.get(9)![0] as Uint8Array).buffer;
      const [type] = numbers(each, 2);
      if (type !== FLOAT && type !== DOUBLE) throw new Error(`elements of type ${type}`);
      const data = type === FLOAT ? new Float32Array(raw) : new Float64Array(raw);
      return [texts(each, 8)[0]!, { type, shape: numbers(each, 1), data: [...data] }];
    }),
  );
  const [inputs, outputs] = [11, 12].map((field) => messages(graph!, field).map(declared)) as [
    Value[],
    Value[],
  ];
  const [input, output] = [inputs[0]!, outputs[0]!];
  const operators = messages(graph!, 1).map((each) => ({
    kind: texts(each, 4)[0]!,
    inputs: texts(each, 1),
    output: texts(each, 2)[0]!,
    attributes: new Map(messages(each, 5).map(attribute)),
  }));
  const names = [
    ...messages(graph!, 5).flatMap((each) => texts(each, 8)),
    ...inputs.map(({ name }) => name),
    ...operators.map(({ output }) => output),
  ];
  const twice = names.find((name, k) => names.indexOf(name) < k);
  if (twice !== undefined) throw new Error(`two values of the name ${twice}`);
  const run = (rows: readonly (readonly number[])[]) =>
    rows.map((row) => {
      const values = new Map<string, Tensor>([...constants]);
      values.set(input.name, { type: input.type, shape: [1, row.length], data: row });
      for (const { kind, inputs, output, attributes } of operators) {
        const given = inputs.map((name) => {
          const value = values.get(name);
          if (value === undefined) throw new Error(`${name} is used before it is made`);
          return value;
        });
        values.set(output, apply(kind, given, attributes));
      }
      const { type, data } = values.get(output.name)!;
      if (type !== output.type) throw new Error(`outputs of type ${type}, said to be others`);
      return [...data];
    });
  const metadata = messages(model, 14).map(
    (each) => [texts(each, 1)[0]!, texts(each, 2)[0]!] as const,
  );
  const [opset] = messages(model, 8).flatMap((each) => numbers(each, 2));
  return { opset: opset!, metadata: new Map(metadata), names, inputs, outputs, run };
}

function declared(value: Message): Value {
  const [tensor] = messages(value, 2).flatMap((type) => messages(type, 1));
  const dimensions = messages(tensor!, 2).flatMap((shape) => messages(shape, 1));
  return {
    name: texts(value, 1)[0]!,
    type: numbers(tensor!, 1)[0]!,
    shape: dimensions.flatMap((one) => [...numbers(one, 1), ...texts(one, 2)]),
  };
}

function attribute(one: Message): [string, number] {
  const [name] = texts(one, 1) as [string];
  if (numbers(one, 20)[0] !== INTEGER) throw new Error(`${name} is not said to be a whole number`);
  return [name, numbers(one, 3)[0]!];
}

function apply(kind: string, given: Tensor[], attributes: ReadonlyMap<string, number>): Tensor {
  const [x, y, z] = given;
  const { type } = x!;
  if (given.some((each) => each.type !== type)) throw new Error(`${kind} of several types`);
  const elementwise = (f: (x: number, y: number) => number) => {
    const data = x!.data.map((each, k) => f(each, y?.data[y.data.length === 1 ? 0 : k] as number));
    return { type, shape: x!.shape, data };
  };
  switch (kind) {
    case "Cast":
      return { ...x!, type: attributes.get("to")! };
    case "Div":
      return elementwise((a, b) => a / b);
    case "Mul":
      return elementwise((a, b) => a * b);
    case "Sigmoid":
      return elementwise((a) => 1 / (1 + Math.exp(-a)));
    case "Tanh":
      return elementwise(Math.tanh);
    case "Relu":
      return elementwise((a) => Math.max(a, 0));
    case "Softmax": {
      if (attributes.get("axis") !== 1) throw new Error("softmax along another axis");
      const largest = Math.max(...x!.data);
      const total = x!.data.reduce((sum, each) => sum + Math.exp(each - largest), 0);
      return elementwise((a) => Math.exp(a - largest) / total);
    }
    case "Gemm": {
      if (attributes.get("transB") !== 1) throw new Error("another product than a wᵀ + b");
      const [out, inner] = y!.shape as [number, number];
      const data = Array.from({ length: out }, (_, r) => {
        let sum = z!.data[r]!;
        for (let k = 0; k < inner; k++) sum += x!.data[k]! * y!.data[r * inner + k]!;
        return sum;
      });
      return { type, shape: [1, out], data };
    }
    default:
      throw new Error(`the operator ${kind}`);
  }
}
