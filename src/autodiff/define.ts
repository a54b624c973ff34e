/** Primitives beyond the table: the user's own. */
import { expectObject, expectText, unexpected } from "../given.js";
import { checkGradient, GradientError } from "./checking/gradient.js";
import { evaluate } from "./evaluate.js";
import { type Matrix, placeOf, type Shape, sameShape, show, size } from "./matrix.js";
import { apply, constant, type Node, type Operand, type Primitive } from "./node.js";
import { primitives } from "./primitives.js";
import { elementwiseShape } from "./shapes.js";

/** A primitive and its name. What is not given here is described at {@link Primitive}. */
export interface Definition extends Omit<Primitive, "shape"> {
  /** Its name in messages, which must not be one of the table's. */
  readonly name: string;
  /** The result's shape; unless given, that of all arguments, which must be the same. */
  readonly shape?: (inputs: readonly Shape[]) => Shape | string;
  /** Arguments at which to check the definition against itself, right away. */
  readonly checkAt?: readonly (Matrix | number)[];
}

/**
 * A new primitive: the function that builds its nodes. The interpreter computes it by `value`, j
 * differentiates it by `rule`, and an engine computes it by `composition`, which says what it amounts
 * to in terms of other primitives; without one, only the interpreter can run it. A primitive of two
 * arguments is `definePrimitive<[Operand, Operand]>(…)`.
 *
 * With `checkAt`, the rule is compared with finite differences there, and the composition's value with
 * `value`: throws a {@link GradientError} that names the element where two numbers differ.
 *
 * Throws a RangeError if the table has a primitive of that name, and a TypeError if a part is of a wrong type.
 */
export function definePrimitive<X extends readonly Operand[] = [x: Operand]>(
  definition: Definition,
): (...x: X) => Node {
  expectObject("definePrimitive: the definition", definition, "an object, { name, value, rule }");
  const { name, shape = elementwiseShape, value, rule, composition, checkAt } = definition;
  expectText("definePrimitive: the name", name);
  for (const [part, f] of Object.entries({ value, rule })) {
    if (typeof f !== "function") throw unexpected(`${name}: its ${part}`, "a function", f);
  }
  if (Object.hasOwn(primitives, name)) {
    throw new RangeError(`definePrimitive: the table has a primitive ${name}; choose another name`);
  }
  const primitive: Primitive = {
    shape,
    value(shape, ...inputs) {
      const data = value(shape, ...inputs);
      if (data.length === size(shape)) return data;
      throw new RangeError(
        `${name}: its value should have ${size(shape)} elements, as its shape is ${show(shape)}, not ${data.length}`,
      );
    },
    rule,
    ...(composition && { composition }),
  };
  const build = (...x: readonly Operand[]) => apply(name, primitive, x);
  if (checkAt !== undefined) {
    checkGradient(build, checkAt, { name });
    if (composition !== undefined) expectSame(name, build, composition, checkAt);
  }
  return build;
}

/** y = f(x₁, …) element by element: the value of a primitive whose arguments have its shape. */
export function elementwise(f: (...x: number[]) => number): Primitive["value"] {
  return (shape, ...inputs) =>
    Float64Array.from({ length: size(shape) }, (_, i) => f(...inputs.map(({ data }) => data[i]!)));
}

/** The largest relative difference that rounding in another order may make here. */
const TOLERANCE = 1e-12;

function expectSame(
  name: string,
  build: (...x: Node[]) => Node,
  composition: (...x: Node[]) => Node,
  at: readonly (Matrix | number)[],
): void {
  const x = at.map(constant);
  const [value, composed] = evaluate([build(...x), composition(...x)]) as [Matrix, Matrix];
  if (!sameShape(value.shape, composed.shape)) {
    throw new GradientError(
      `${name}: its value is ${show(value.shape)}, its composition gives ${show(composed.shape)}`,
    );
  }
  value.data.forEach((expected, i) => {
    const actual = composed.data[i]!;
    if (Math.abs(actual - expected) <= TOLERANCE * (1 + Math.abs(expected))) return;
    throw new GradientError(
      `${name}: at ${placeOf(value.shape, i)} its value is ${expected}, its composition gives ${actual}`,
    );
  });
}
