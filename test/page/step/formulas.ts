/** Random formulas: their text, and what it means in plain JavaScript. */
import fc from "fast-check";

type Names = Readonly<Record<string, number>>;

export interface Formula {
  readonly text: string;
  readonly value: (x: Names) => number;
}

/** Of numbers and names near 1, without poles: so that values stay of moderate size. */
export const formulas: fc.Arbitrary<Formula> = fc.letrec<{ sum: Formula; atom: Formula }>(
  (tie) => ({
    atom: fc.oneof(
      { depthSize: "small" },
      fc
        .constantFrom("x", "y", "w1")
        .map((name) => ({ text: name, value: (x: Names) => x[name] as number })),
      fc.integer({ min: 1, max: 30 }).map((n) => ({ text: String(n / 10), value: () => n / 10 })),
      tie("sum").map(({ text, value }) => ({ text: `(${text})`, value })),
      tie("sum").map(({ text, value }) => ({
        text: `exp(tanh(${text}))`,
        value: (x: Names) => Math.exp(Math.tanh(value(x))),
      })),
      tie("atom").map(({ text, value }) => ({
        text: `log(2 + (${text})^2)`,
        value: (x: Names) => Math.log(2 + value(x) ** 2),
      })),
    ),
    sum: fc.oneof(
      { depthSize: "small" },
      tie("atom"),
      fc.tuple(tie("atom"), tie("sum")).map(([a, b]) => ({
        text: `${a.text} + ${b.text}`,
        value: (x: Names) => a.value(x) + b.value(x),
      })),
      fc.tuple(tie("atom"), tie("atom"), tie("atom")).map(([a, b, c]) => ({
        text: `${a.text} - ${b.text}*${c.text}`,
        value: (x: Names) => a.value(x) - b.value(x) * c.value(x),
      })),
      fc.tuple(tie("atom"), tie("atom")).map(([a, b]) => ({
        text: `-${a.text} / (1 + ${b.text}^2)`,
        value: (x: Names) => -a.value(x) / (1 + b.value(x) ** 2),
      })),
    ),
  }),
).sum;
