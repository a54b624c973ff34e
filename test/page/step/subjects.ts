/** Functions to step through, and their values. */
import type fc from "fast-check";
import type { Subject } from "../../../src/page/step/model/subject.js";
import { sigmoidLayer, smallNetwork, typed } from "../../../src/page/step/model/subjects.js";
import { type Values, valuesOf } from "../../../src/page/step/model/sweep.js";
import { FormulaError } from "../../../src/page/step/model/tokens.js";
import { formulas } from "./formulas.js";

export type Named = readonly [name: string, subject: Subject];

export const examples: Named[] = [
  ["the sigmoid layer", sigmoidLayer()],
  ["the network", smallNetwork()],
  ["a square", typed("x * x")],
  ["a formula that uses both names twice", typed("(x + y) * exp(x) / (2 + y)")],
];

/** Random formulas, of those that the room takes. */
export const subjects: fc.Arbitrary<Named> = formulas
  .map(({ text }): Named | undefined => {
    try {
      return [text, typed(text)];
    } catch (error) {
      if (error instanceof FormulaError) return undefined;
      throw error;
    }
  })
  .filter((made) => made !== undefined);

export function initially({ inputs }: Pick<Subject, "inputs">): Values {
  return new Map(inputs.map(({ symbol, initial }) => [symbol, initial]));
}

/** Of all nodes and bars, for the initial inputs. */
export function valuesIn(subject: Subject): Values {
  return valuesOf(subject.sweep, initially(subject));
}
