/** The interpreter as an executor: slow, float64, and the standard that others are held to. */
import { checkedExecutor } from "./checking/executor.js";
import { forwardPass } from "./evaluate.js";
import { share, topologicalOrder } from "./graph.js";
import { type Matrix, matrixOf, size } from "./matrix.js";
import type { Node, Variable } from "./node.js";
import type { Executor, FirstValue, Program, Session } from "./program.js";

/** The executor that computes in float64, on one thread, each node once in every run of a program. */
export const interpreter: Executor = checkedExecutor({
  name: "reference",
  load<Name extends string>(
    programs: Readonly<Record<Name, Program>>,
    initial: ReadonlyMap<Variable, FirstValue>,
  ): Session<Name> {
    const state = new Map<Variable, Matrix>();
    const prepared = new Map<string, Prepared>();
    for (const [name, program] of Object.entries<Program>(programs)) {
      const outputs = share(program.map(({ value }) => value));
      const targets = program.map(({ variable }) => variable);
      const order = topologicalOrder(outputs);
      prepared.set(name, { order, outputs, targets });
      for (const node of [...order, ...targets]) {
        if (node.kind !== "variable" || state.has(node)) continue;
        state.set(node, initialValue(node, initial));
      }
    }
    return {
      threads: 1,
      run(program, times = 1) {
        const { order, outputs, targets } = prepared.get(program) as Prepared;
        for (let time = 0; time < times; time++) {
          const values = forwardPass(order, outputs, state);
          targets.forEach((target, k) => {
            state.set(target, values[k] as Matrix);
          });
        }
      },
      read: (variable) => Float64Array.from((state.get(variable) as Matrix).data),
      write(variable, elements) {
        state.set(variable, matrixOf(variable.shape, Float64Array.from(elements)));
      },
      dispose: () => state.clear(),
    };
  },
});

interface Prepared {
  readonly order: readonly Node[];
  readonly outputs: readonly Node[];
  readonly targets: readonly Variable[];
}

function initialValue(variable: Variable, initial: ReadonlyMap<Variable, FirstValue>): Matrix {
  const { shape } = variable;
  const first = initial.get(variable);
  const elements = typeof first === "function" ? first() : first;
  return matrixOf(shape, elements?.slice() ?? new Float64Array(size(shape)));
}
