/** What executors are given, checked once for all of them: so the same mistake gets the same error. */
import { expectMap, expectObject, expectText, isNumbers, shown, unexpected } from "../../given.js";
import { topologicalOrder } from "../graph.js";
import { type Elements, sameShape, show, size } from "../matrix.js";
import { expectNode, expectVariable, ShapeError, type Variable } from "../node.js";
import type { Executor, FirstValue, Program, Session } from "../program.js";

/** How often a program can be run at once: executors may count in 32 bits. */
const MOST_TIMES = 2 ** 31 - 1;

/**
 * The executor behind checks: it is given only what {@link Executor} and {@link Session} allow, and need
 * not look at it again. Its sessions are disposed of once at most.
 */
export function checkedExecutor(executor: Executor): Executor {
  expectExecutor("checkedExecutor", executor);
  return {
    name: executor.name,
    load<Name extends string>(
      programs: Readonly<Record<Name, Program>>,
      initial: ReadonlyMap<Variable, FirstValue>,
    ): Session<Name> {
      expectObject("load: the programs", programs, "an object, { name: program }");
      for (const [name, program] of Object.entries<Program>(programs)) expectProgram(name, program);
      expectMap("load: the first values", initial, "a Map from variables to elements");
      const first = new Map<Variable, FirstValue>();
      for (const [variable, value] of initial.entries()) {
        expectVariable(variable, "load: what has a first value");
        const checked = (elements: Elements) => {
          expectElements("load", variable, elements);
          return isNumbers(elements) ? elements : Float64Array.from(elements);
        };
        first.set(variable, typeof value === "function" ? () => checked(value()) : checked(value));
      }
      return checkedSession(executor.load(programs, first), programs);
    },
  };
}

/** Throws a TypeError that begins with `what` unless it is something that loads programs. */
export function expectExecutor(what: string, x: unknown): asserts x is Executor {
  if (typeof (x as Executor | undefined | null)?.load === "function") return;
  throw unexpected(`${what}: the executor`, "engine(…) or interpreter", x);
}

function checkedSession(session: Session, programs: Readonly<Record<string, Program>>): Session {
  const variables = new Set(Object.values(programs).flatMap(variablesOf));
  let open: Session | undefined = session;
  const expectOpen = (method: string): Session => {
    if (open !== undefined) return open;
    throw new Error(`${method}: the session has been disposed of; load the programs again`);
  };
  const expectKnown = (method: string, variable: Variable): void => {
    expectVariable(variable, `${method}: the first argument`);
    if (variables.has(variable)) return;
    throw new RangeError(`${method}: no loaded program uses the variable ${variable.name}`);
  };
  return {
    threads: session.threads,
    ...(session.simd !== undefined && { simd: session.simd }),
    ...(session.ready && { ready: session.ready }),
    run(program, times = 1) {
      const session = expectOpen("run");
      expectText("run: the name of the program", program);
      if (!Object.hasOwn(programs, program)) {
        const names = Object.keys(programs).join(", ") || "none";
        throw new RangeError(`run: there is no program ${program}; loaded are ${names}`);
      }
      if (!(Number.isInteger(times) && times >= 0 && times <= MOST_TIMES)) {
        throw new RangeError(
          `run: times should be a whole number from 0 to ${MOST_TIMES}, not ${shown(times)}`,
        );
      }
      session.run(program, times);
    },
    read(variable) {
      const session = expectOpen("read");
      expectKnown("read", variable);
      return session.read(variable);
    },
    write(variable, elements) {
      const session = expectOpen("write");
      expectKnown("write", variable);
      expectElements("write", variable, elements);
      session.write(variable, elements);
    },
    dispose() {
      open?.dispose();
      open = undefined;
    },
  };
}

function isObject(x: unknown): boolean {
  return typeof x === "object" && x !== null;
}

function variablesOf(program: Program): Variable[] {
  const nodes = topologicalOrder(program.map(({ value }) => value));
  return [
    ...nodes.filter((node) => node.kind === "variable"),
    ...program.map(({ variable }) => variable),
  ];
}

function expectProgram(name: string, program: Program): void {
  const assigned = new Set<Variable>();
  if (!Array.isArray(program)) {
    throw unexpected(`load: the program ${name}`, "an array of { variable, value }", program);
  }
  for (const [k, each] of program.entries()) {
    const what = `load: assignment ${k} of the program ${name}`;
    expectObject(what, each, "an object, { variable, value }");
  }
  for (const { variable, value } of program) {
    expectNode(variable, `load: what the program ${name} assigns a value`);
    if (variable.kind !== "variable") {
      throw new TypeError(
        `load: the program ${name} assigns a value to a node that is no variable`,
      );
    }
    const assignment = `load: the program ${name} assigns the variable ${variable.name}`;
    expectNode(value, `${assignment} a value which`);
    if (!sameShape(value.shape, variable.shape)) {
      throw new ShapeError(
        `${assignment}, which is ${show(variable.shape)}, a value that is ${show(value.shape)}`,
      );
    }
    if (variable.storage === "byte") {
      throw new TypeError(
        `${assignment}, which is stored as bytes: these are inputs, set by write; give it the storage "real"`,
      );
    }
    if (assigned.has(variable)) {
      throw new RangeError(`${assignment} twice; all assignments of a program are made at once`);
    }
    assigned.add(variable);
  }
}

function expectElements(method: string, variable: Variable, elements: ArrayLike<number>): void {
  const { name, shape, storage } = variable;
  if (!isObject(elements) || !("length" in elements)) {
    throw unexpected(`${method}: the elements of ${name}`, "an array of numbers", elements);
  }
  if (elements.length !== size(shape)) {
    throw new RangeError(
      `${method}: the variable ${name} is ${show(shape)} and takes ${size(shape)} elements, not ${elements.length}`,
    );
  }
  const wrong = isNumbers(elements) ? -1 : Array.from(elements).findIndex(isNoNumber);
  if (wrong !== -1) {
    throw unexpected(`${method}: element ${wrong} of ${name}`, "a number", elements[wrong]);
  }
  if (storage !== "byte" || elements instanceof Uint8Array) return;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i] as number;
    if (Number.isInteger(element) && element >= 0 && element <= 255) continue;
    throw new RangeError(
      `${method}: the variable ${name} is stored as bytes, and takes whole numbers from 0 to 255, not ${element}`,
    );
  }
}

function isNoNumber(x: unknown): boolean {
  return typeof x !== "number";
}
