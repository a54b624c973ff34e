/** The state of a run, which training carries from step to step: read from a session, and put back. */
import type { FirstValue, Matrix, Session, Shape, Variable } from "../autodiff/index.js";
import { sameShape, size } from "../autodiff/matrix.js";
import { initialise, parameterList } from "../nn/index.js";
import { generator } from "../random.js";
import { SettingsError, sentence } from "./errors.js";
import type { Model } from "./programs.js";

/** The value of one variable of the state. */
export interface StateVariable {
  readonly name: string;
  readonly shape: Shape;
  /** Column by column; as the trainer gives them, in the executor's precision. */
  readonly elements: Float64Array | Float32Array;
}

/**
 * The parameters with the values that the initialisation draws for them, in the precision of the engine, so that a
 * network starts with the same weights on every executor; averages start as these. They are drawn when the first is
 * asked for: not before it is known that the network fits into memory.
 */
export function firstParameters(
  { theta, averages, settings: { init, seed } }: Model,
  layers: readonly number[],
): [Variable, FirstValue][] {
  let drawn: readonly Matrix[] | undefined;
  const weights = () => {
    drawn ??= parameterList(initialise(init, layers, generator(seed, "weights"), Float32Array));
    return drawn;
  };
  return [theta, averages].flatMap((each) =>
    parameterList(each).map((w, k): [Variable, FirstValue] => [w, () => weights()[k]!.data]),
  );
}

export function readState(session: Session, variables: readonly Variable[]): StateVariable[] {
  return variables.map((variable) => ({
    name: variable.name,
    shape: variable.shape,
    elements: session.read(variable),
  }));
}

/**
 * Throws a {@link SettingsError} if one of the variables is missing in the state, or has another shape or
 * number of elements, and then changes nothing.
 */
export function writeState(
  session: Session,
  variables: readonly Variable[],
  state: readonly StateVariable[],
): void {
  const named = new Map(state.map((each) => [each.name, each]));
  const found = variables.map(({ name, shape }) => {
    const each = named.get(name);
    const fits = each !== undefined && sameShape(each.shape, shape);
    if (fits && each.elements.length === size(shape)) return each;
    throw new SettingsError(
      sentence`the state to restore should have ${name} of shape ${shape.join("×")}: it belongs to another network or optimiser`,
    );
  });
  variables.forEach((variable, k) => {
    session.write(variable, found[k]!.elements);
  });
}
