/**
 * The parameters of the kernels that instructions call, in the order in which kernels/ declares and
 * describes them. Instructions give arguments by name; only here are names turned into positions.
 */

const unary = "out outStride x stride splat rows count";
const binary = "out outStride x1 stride1 splat1 x2 stride2 splat2 rows count";
const reduction = "out x stride m n";
const gather = "out outStride x stride n index rows count";
const product = "c cStride a aStride b bRow bColumn m n k sign alpha beta scratch";

export const signatures = {
  add: binary,
  subtract: binary,
  multiply: binary,
  divide: binary,
  maximum: binary,
  greater: binary,
  copy: unary,
  negate: unary,
  reciprocal: unary,
  exp: unary,
  log: unary,
  sqrt: unary,
  tanh: unary,
  floor: unary,
  sumRows: reduction,
  sumColumns: reduction,
  sumAll: reduction,
  maxRows: reduction,
  maxColumns: reduction,
  maxAll: reduction,
  transpose: "out outStride x stride m n",
  gatherColumns: gather,
  gatherByteColumns: gather,
  scatterColumns: "out outStride n y stride index rows count",
  listColumns: "lists listStep x stride rows columns",
  listSamples: "lists listStep all n index columns",
  listPixels: "pixels pixelStep samples sampleStep count start end",
  gemm: product,
  gemmTransposed: product,
  sparseOrDense: `${product} transposed lists listStep columns first`,
  sparseProduct: "c cStride x xStride inner list listStep m columns sign alpha beta scratch",
  sparseOuter: "w wStride d dStride list listStep m pixels samples sign alpha beta",
  sparseAccumulate: "c cStride x xStride list listStep m columns sign alpha beta",
} as const;

/** The address of α that stands for α = 1 (kernels/operands.ts). */
export const NO_FACTOR = 0;

/** The addresses of β that stand for β = 0, where C is not read, and for β = 1 (kernels/operands.ts). */
export const OVERWRITE = 0;
export const ACCUMULATE = 1;

export type KernelName = keyof typeof signatures;

type Words<Text extends string> = Text extends `${infer First} ${infer Rest}`
  ? First | Words<Rest>
  : Text;

/** What a kernel is given: integers, many of them addresses, by the names of its parameters. */
export type Arguments<K extends KernelName> = Readonly<
  Record<Words<(typeof signatures)[K]>, number>
>;

/** The kernels of one signature. */
type Sharing<Signature> = {
  [K in KernelName]: (typeof signatures)[K] extends Signature ? K : never;
}[KernelName];

export type UnaryKernel = Sharing<typeof unary>;
export type BinaryKernel = Sharing<typeof binary>;

/** Whether each element that a kernel computes depends on no other elements than those in its place. */
export function isElementwise(kernel: KernelName): kernel is UnaryKernel | BinaryKernel {
  const signature = signatures[kernel];
  return signature === unary || signature === binary;
}

/** A kernel and its arguments. */
export type KernelCall = {
  [K in KernelName]: { readonly kernel: K; readonly args: Arguments<K> };
}[KernelName];

/** The arguments in the order of the kernel's parameters. */
export function positional({ kernel, args }: KernelCall): number[] {
  const named: Readonly<Record<string, number>> = args;
  return signatures[kernel].split(" ").map((name) => named[name] as number);
}
