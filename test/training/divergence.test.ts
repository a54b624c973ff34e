import { describe, expect, test } from "vitest";
import {
  add,
  constant,
  divide,
  type Executor,
  interpreter,
  log,
  matrix,
  multiply,
  type Program,
  subtract,
  variable,
} from "../../src/autodiff/index.js";
import { engine } from "../../src/engine/index.js";
import { divergence, FiniteCheck, firstNotFinite } from "../../src/training/divergence.js";
import { type DivergenceError, Trainer } from "../../src/training/index.js";
import { separableDataset } from "../support/digits.js";
import { settingsWith } from "../support/training.js";

const [x, y] = [variable([1, 3], { name: "x" }), variable([1, 1], { name: "y" })];

/** A session in which x has these elements, and y is 2. */
const sessionWith = (program: Program, elements: readonly number[]) => {
  const values = new Map([
    [x, Float64Array.from(elements)],
    [y, Float64Array.of(2)],
  ]);
  return interpreter.load({ step: program }, values);
};

describe("the first result that is not finite", () => {
  const program = [
    { variable: x, value: multiply(y, log(subtract(x, constant(matrix([[1, 1, 1]]))))) },
    { variable: y, value: divide(y, 1) },
  ];
  const first = (...elements: number[]) =>
    firstNotFinite(program, interpreter, sessionWith(program, elements));

  test("is an operation, with the names of its arguments", async () => {
    expect(await first(2, 1, 3)).toBe("log(subtract)");
    expect(await first(2, 0, 3)).toBe("log(subtract)");
    expect(await first(Number.MAX_VALUE, 2, 2)).toBeUndefined();
  });

  test("names variables and constants among the arguments", async () => {
    const overflow = [{ variable: x, value: add(x, constant(matrix([[1e308, 0, 0]]))) }];
    const session = sessionWith(overflow, [1e308, 0, 0]);
    expect(await firstNotFinite(overflow, interpreter, session)).toBe("add(x, constant)");
  });

  test("is a variable that is not finite to begin with", async () => {
    expect(await first(2, 2, Number.NaN)).toBe("x");
    expect(await first(2, Number.POSITIVE_INFINITY, 2)).toBe("x");
  });

  test("is nothing where all are finite, and leaves the session as it is", async () => {
    const session = sessionWith(program, [2, 3, 4]);
    expect(await firstNotFinite(program, interpreter, session)).toBeUndefined();
    expect([...session.read(x)]).toEqual([2, 3, 4]);
  });
});

describe("a check whether all is finite", () => {
  const check = new FiniteCheck([x, y]);
  const session = interpreter.load(check.programs, new Map());

  test.each([
    { of: [1, 2, 3], and: 4, finite: true },
    { of: [1, Number.NaN, 3], and: 4, finite: false },
    { of: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3], and: 4, finite: false },
    { of: [1, 2, 3], and: Number.NEGATIVE_INFINITY, finite: false },
  ])("of $of and $and is finite: $finite", ({ of, and, finite }) => {
    session.write(x, of);
    session.write(y, [and]);
    expect(check.isFinite(session)).toBe(finite);
  });
});

describe("an epoch that diverges", () => {
  // Each step multiplies the weights by 1 − ηλ/n: with η as large as below, they soon overflow.
  const settings = settingsWith({ hidden: [], lambda: 60 });
  const trainerOn = (executor: Executor) => new Trainer(settings, separableDataset(), executor);

  /** Goes through an epoch batch by batch, and resolves to the batch that failed, and how. */
  async function failureOf(trainer: Trainer, learningRate: number) {
    for (let from = 0, batch = 1; from < 60; batch++) {
      const controller = new AbortController();
      const watch = { signal: controller.signal, onProgress: () => controller.abort() };
      try {
        from = (await trainer.trainEpoch({ epoch: 1, learningRate, from }, watch)).images;
      } catch (error) {
        return { batch, error };
      }
    }
    return expect.unreachable("the epoch should diverge");
  }

  test.each([
    { executor: interpreter, learningRate: 1e40 },
    { executor: engine({ threads: 1 }), learningRate: 1e6 },
  ])("says at which step, and in which operation ($executor.name)", async (example) => {
    const { executor, learningRate } = example;
    const trainer = trainerOn(executor);
    const failed = trainer.trainEpoch({ epoch: 1, learningRate });
    const { step, epoch, message } = (await failed.catch((error) => error)) as DivergenceError;
    const { batch, error } = await failureOf(trainerOn(executor), learningRate);
    expect(batch).toBeGreaterThan(2);
    expect({ step, epoch }).toEqual({ step: batch, epoch: 1 });
    expect(message).toBe((error as Error).message);
    expect(message).toMatch(/^training diverged: \w+\(.+\) was not finite at step /);
    expect(message).toMatch(/ is probably too high: try learningRate 0\.5$/);
  });

  test.each([
    [{ l1: 1e38 }, 1000, "l1 1e+38 is probably too high: try l1 0.006"],
    [{ l1: 1e30, optimizer: "adam" }, 0.1, "l1 1e+30 is probably too high: try l1 0.006"],
    [
      { lambda: 1e30, optimizer: "adam" },
      0.1,
      "lambda 1e+30 is probably too high: try lambda 0.006",
    ],
    [
      { lambda: 1, l1: 1 },
      1e38,
      "the learning rate 1e+38 is probably too high: try learningRate 0.5",
    ],
  ] as const)("names what can be the reason: %j, η %d", async (some, learningRate, says) => {
    const trainer = new Trainer(settingsWith(some), separableDataset(), engine({ threads: 1 }));
    await expect(trainer.trainEpoch({ epoch: 1, learningRate })).rejects.toThrow(says);
  });

  test("in a sum of what is finite says no operation", () => {
    const at = { epoch: 2, step: 3, operation: undefined };
    const split = { trainSize: 10, validationSize: 0 };
    const error = divergence(at, settingsWith({}), split, 8);
    expect(error.message).toContain("a loss or weight was not finite at step 3 of epoch 2");
    expect(error.message).toContain("learning rate 8 is probably too high: try learningRate 0.5");
  });
});
