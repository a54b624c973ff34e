/** A trained network as an ONNX model: images in, one output per class out, for a batch of any size. */
import { nameLayers, tensorsNamed } from "../../checkpoints/layers.js";
import type { ActivationName, CostName } from "../../nn/index.js";
import { sizesOf, type TrainedNetwork } from "../../training/index.js";
import { encodeModel, type Initializer, type Operator, TYPES, type Value } from "./model.js";

export interface OnnxOptions {
  /** The name of the input; `images` unless given. */
  readonly input?: string;
  /** The name of the output; `outputs` unless given. */
  readonly output?: string;
  /** Whether the input has bytes from 0 to 255, as image files have; else numbers from 0 to 1. */
  readonly takesBytes?: boolean;
  /** Of the program that writes the file. */
  readonly version: string;
  /** What else the file says. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** σ(z) and softmax(z) are what the costs compare with the desired outputs. */
const OUTPUTS: Readonly<Record<CostName, Omit<Operator, "inputs" | "output">>> = {
  quadratic: { operator: "Sigmoid" },
  "cross-entropy": { operator: "Sigmoid" },
  softmax: { operator: "Softmax", attributes: { axis: 1 } },
};

/**
 * The bytes of a file. The input is batch×pixels, row by row, in the precision of the weights or as bytes;
 * the output is batch×classes, of the precision of the weights.
 */
export function onnxModel({ layers, settings }: TrainedNetwork, options: OnnxOptions): Uint8Array {
  const { input = "images", output = "outputs", takesBytes = false, version, metadata } = options;
  const isFloat = layers[0]!.w.data instanceof Float32Array;
  const graph = new Graph(isFloat ? "float" : "double", [input, output]);
  const sizes = sizesOf(layers);
  const type = graph.type;
  let a = input;
  if (takesBytes) {
    a = graph.apply({ operator: "Cast", attributes: { to: TYPES[type] } }, [a]);
    a = graph.apply({ operator: "Div" }, [a, graph.scalar(255)]);
  }
  const tensors = tensorsNamed(nameLayers(layers.length), layers).map(([name, tensor]) =>
    graph.constant(name, tensor),
  );
  for (const l of layers.keys()) {
    // Gemm with transB is a wᵀ + b: a sample per row here, where it is per column in this library.
    const [w, b] = tensors.slice(2 * l, 2 * l + 2) as [string, string];
    a = graph.apply({ operator: "Gemm", attributes: { transB: 1 } }, [a, w, b]);
    if (l < layers.length - 1) a = ACTIVATIONS[settings.activation](graph, a);
  }
  graph.apply(OUTPUTS[settings.cost], [a], output);
  const batch = (name: string, each: Value["type"], size: number): Value => {
    return { name, type: each, shape: ["batch", size] };
  };
  return encodeModel({
    name: "multilayer perceptron",
    producer: "train-mnist",
    producerVersion: version,
    operators: graph.operators,
    initializers: graph.initializers,
    inputs: [batch(input, takesBytes ? "uint8" : type, sizes[0]!)],
    outputs: [batch(output, type, sizes.at(-1)!)],
    metadata,
  });
}

/** Operators in the order in which they are applied, and the constants that they take. */
class Graph {
  readonly type: "float" | "double";
  readonly operators: Operator[] = [];
  readonly initializers: Initializer[] = [];
  readonly #scalars = new Map<number, string>();
  readonly #taken: Set<string>;

  /** @param taken names that are given to the input and the output */
  constructor(type: "float" | "double", taken: readonly string[]) {
    this.type = type;
    this.#taken = new Set(taken);
  }

  /** The name of the result, one that nothing else has unless it is given. */
  apply(
    operator: Omit<Operator, "inputs" | "output">,
    inputs: readonly string[],
    output = this.#free(`value ${this.operators.length + 1}`),
  ): string {
    this.operators.push({ ...operator, inputs, output });
    return output;
  }

  /** The name of a constant: this one, or another if that is taken. */
  constant(wanted: string, tensor: Omit<Initializer, "name">): string {
    const name = this.#free(wanted);
    this.initializers.push({ name, ...tensor });
    return name;
  }

  scalar(value: number): string {
    const data = this.type === "float" ? Float32Array.of(value) : Float64Array.of(value);
    const name = this.#scalars.get(value) ?? this.constant(String(value), { shape: [], data });
    this.#scalars.set(value, name);
    return name;
  }

  #free(wanted: string): string {
    let name = wanted;
    while (this.#taken.has(name)) name += "_";
    this.#taken.add(name);
    return name;
  }
}

/** Each gives the name of σ(z). */
const ACTIVATIONS: Readonly<Record<ActivationName, (graph: Graph, z: string) => string>> = {
  sigmoid: (graph, z) => graph.apply({ operator: "Sigmoid" }, [z]),
  tanh: (graph, z) => graph.apply({ operator: "Tanh" }, [z]),
  relu: (graph, z) => graph.apply({ operator: "Relu" }, [z]),
  "scaled-tanh": (graph, z) => {
    const inner = graph.apply({ operator: "Mul" }, [z, graph.scalar(0.6666)]);
    const tanh = graph.apply({ operator: "Tanh" }, [inner]);
    return graph.apply({ operator: "Mul" }, [tanh, graph.scalar(1.7159)]);
  },
};
