/**
 * What documents state about their own examples. A statement such as
 *
 *     evaluate(exp(constant(1))); // => 2.718…
 *
 * says what the expression's value is, and `// throws ShapeError: …` what it throws. Digits that
 * continue are cut off, not rounded, and end in `…`; so may a message.
 */
import type { Block } from "./blocks.js";

export interface Statement {
  readonly place: string;
  readonly expected: string;
}

/** A block as a module that hands each stated expression, with its number, to the global `state`. */
export interface Example {
  readonly code: string;
  readonly statements: readonly Statement[];
}

const DECLARATION = "declare const state: (k: number, expression: () => unknown) => void;";

/** A statement with what is stated of it: an expression, perhaps over several lines, and a comment. */
const STATED = /^(.*?);? \/\/ (?:=> (.*)|(throws .*))$/s;

export function exampleOf({ place, text }: Block): Example {
  const statements: Statement[] = [];
  let line = 0;
  const code = topLevel(text).map((lines) => {
    const first = line;
    line += lines.length;
    const [, expression, value, error] = STATED.exec(lines.join("\n")) ?? [];
    if (expression === undefined) return lines.join("\n");
    const expected = (value ?? error) as string;
    const at = place.replace(/\d+$/, (number) => `${Number(number) + first}`);
    statements.push({ place: at, expected });
    return `state(${statements.length - 1}, () => (${expression}));`;
  });
  return { code: `${DECLARATION}\n${code.join("\n")}\n`, statements };
}

/** The lines of each statement of a module: only what continues one is indented, or closes a bracket. */
function topLevel(text: string): string[][] {
  const statements: string[][] = [];
  for (const line of text.split("\n")) {
    const last = statements.at(-1);
    if (last !== undefined && /^[\s)\]}]/.test(line)) last.push(line);
    else statements.push([line]);
  }
  return statements;
}

/** Whether what was computed is what is stated. */
export function agrees(actual: string, expected: string): boolean {
  const literal = expected.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = expected.startsWith("throws ")
    ? literal.replace(/…$/, ".*")
    : literal.replace(/(\d)…/g, "$1\\d*(?:e[-+]\\d+)?");
  return new RegExp(`^${pattern}$`, "s").test(actual);
}
