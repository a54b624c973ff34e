/** Writing and reading values in every form in which they may lie in memory. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  columns,
  type Elements,
  exp,
  matmul,
  type Node,
  type Session,
  type Shape,
  type Variable,
  variable,
} from "../../../src/autodiff/index.js";
import { size } from "../../../src/autodiff/matrix.js";
import { engine } from "../../../src/engine/index.js";
import { assigned, compiled } from "../stages.js";

/** A session in which a variable has the forms that the expressions make it have. */
function sessionWith(ys: readonly Node[], initial: ReadonlyMap<Variable, Elements> = new Map()) {
  return engine({ threads: 1 }).load({ program: assigned(ys) }, initial);
}

const formsOf = (ys: readonly Node[], node: Node) =>
  [...compiled(assigned(ys), 1).fixed.keys()]
    .filter((value) => value.node === node)
    .map(({ form }) => form);

const shapes = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 12 }));

/** Bytes, of which whole columns may be 0 or not 0. */
const byteMatrices = shapes.chain(([rows, count]) =>
  fc
    .array(
      fc.oneof(
        fc.constant(new Uint8Array(rows)),
        fc.constant(new Uint8Array(rows).fill(255)),
        fc.uint8Array({ minLength: rows, maxLength: rows }),
      ),
      { minLength: count, maxLength: count },
    )
    .map((each) => ({
      shape: [rows, count] as Shape,
      bytes: Uint8Array.from(each.flatMap((c) => [...c])),
    })),
);

/** Expressions that make a variable of bytes have each of its forms. */
const uses = {
  lists: (x: Variable) => [matmul(variable([3, x.shape[0]]), columns(x, variable([1, 2])))],
  bytes: (x: Variable) => [exp(columns(x, variable([1, 2])))],
};

function roundTrip(session: Session, x: Variable, elements: ArrayLike<number>): void {
  session.write(x, elements);
  expect([...session.read(x)]).toEqual(Array.from(elements));
}

describe("a matrix", () => {
  test("is read as it was written, whatever its shape and padding", () => {
    fc.assert(
      fc.property(shapes, fc.nat(1e6), (shape, seed) => {
        const x = variable(shape);
        const session = sessionWith([add(1, x)]);
        const elements = Float32Array.from({ length: size(shape) }, (_, i) => seed + i / 2);
        roundTrip(session, x, elements);
        session.dispose();
      }),
    );
  });

  test("of columns that would compete for the cache is read as it was written", () => {
    const x = variable([256, 5]);
    const session = sessionWith([exp(x)]);
    roundTrip(
      session,
      x,
      Float32Array.from({ length: size(x.shape) }, (_, i) => i),
    );
  });

  test("keeps float32's infinities, NaN and −0", () => {
    const x = variable([4, 1]);
    const session = sessionWith([exp(x)]);
    roundTrip(session, x, [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, -0]);
  });
});

describe.each(Object.entries(uses))("a matrix of bytes as %s", (form, use) => {
  test("has that form alone", () => {
    const x = variable([9, 4], { storage: "byte" });
    expect(formsOf(use(x), x)).toEqual([form]);
  });

  test("is read as it was written, once and again, with empty and with full columns", () => {
    fc.assert(
      fc.property(byteMatrices, fc.boolean(), ({ shape, bytes }, isInitial) => {
        const x = variable(shape, { storage: "byte" });
        const session = sessionWith(use(x), isInitial ? new Map([[x, bytes]]) : new Map());
        expect([...session.read(x)]).toEqual([
          ...(isInitial ? bytes : new Uint8Array(bytes.length)),
        ]);
        roundTrip(session, x, bytes);
        // The fullest, then the emptiest, over lists of other lengths.
        roundTrip(
          session,
          x,
          bytes.map((byte) => 255 - byte),
        );
        roundTrip(session, x, new Uint8Array(bytes.length).fill(1));
        roundTrip(session, x, new Uint8Array(bytes.length));
        roundTrip(session, x, bytes);
        session.dispose();
      }),
    );
  });
});

describe("bytes in both forms", () => {
  const x = variable([20, 3], { storage: "byte" });
  const indices = variable([1, 3]);
  const w = variable([1, 20]);
  const batch = columns(x, indices);
  const program = assigned([matmul(w, batch), add(0, batch)]);
  const [product, copy] = program.map((assignment) => assignment.variable) as [Variable, Variable];
  const ones = new Float32Array(20).fill(1);
  const initial = new Map<Variable, Elements>([
    [w, ones],
    [indices, Float32Array.of(0, 1, 2)],
  ]);

  test("are written in both", () => {
    expect(formsOf([matmul(w, batch), add(0, batch)], x).sort()).toEqual(["bytes", "lists"]);
    const session = engine({ threads: 1 }).load({ program }, initial);
    const bytes = Uint8Array.from({ length: 60 }, (_, i) => (i < 20 ? 0 : i < 40 ? 1 : 200));
    roundTrip(session, x, bytes);
    session.run("program");
    expect([...session.read(copy)]).toEqual([...bytes]);
    expect([...session.read(product)]).toEqual([0, 20, 4000]);
    session.dispose();
  });
});

test("images that do not fit the scratch memory at once are all written", () => {
  const [pixels, count] = [784, 500];
  const x = variable([pixels, count], { storage: "byte" });
  const ys = uses.lists(x);
  expect(compiled(assigned(ys), 1).scratchBytes).toBeLessThan(pixels * count);
  const session = sessionWith(ys);
  roundTrip(
    session,
    x,
    Uint8Array.from({ length: pixels * count }, (_, i) => (i * 7) % 256),
  );
  session.dispose();
});
