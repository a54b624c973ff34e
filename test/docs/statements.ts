/**
 * What documents state about their own examples. A statement such as
 *
 *     evaluate(exp(constant(1))); // => 2.718…
 *
 * says what the expression's value is, and `// throws ShapeError: …` what it throws. Digits that
 * continue are cut off, not rounded, and end in `…`; so may a message.
 */
import ts from "typescript";
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

const DECLARATION =
  "declare const state: (module: string, k: number, expression: () => unknown) => void;";

export function exampleOf({ place, text }: Block, module: string): Example {
  const source = ts.createSourceFile("example.ts", text, ts.ScriptTarget.ES2022, true);
  const statements: Statement[] = [];
  let code = "";
  let copied = 0;
  for (const statement of source.statements) {
    const expected = statedAfter(statement, text);
    if (expected === undefined || !ts.isExpressionStatement(statement)) continue;
    const { expression } = statement;
    code += `${text.slice(copied, expression.getStart())}state("${module}", ${statements.length}, () => (`;
    code += `${expression.getText()}))`;
    copied = expression.getEnd();
    const { line } = source.getLineAndCharacterOfPosition(expression.getStart());
    statements.push({
      place: place.replace(/\d+$/, (first) => `${Number(first) + line}`),
      expected,
    });
  }
  return { code: `${DECLARATION}\n${code}${text.slice(copied)}\n`, statements };
}

function statedAfter(statement: ts.Statement, text: string): string | undefined {
  const [comment] = ts.getTrailingCommentRanges(text, statement.getEnd()) ?? [];
  if (comment === undefined) return undefined;
  const stated = /^\/\/ (?:=> (.*)|(throws .*))$/.exec(text.slice(comment.pos, comment.end));
  return stated?.[1] ?? stated?.[2];
}

/** Whether what was computed is what is stated. */
export function agrees(actual: string, expected: string): boolean {
  const literal = expected.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = expected.startsWith("throws ")
    ? literal.replace(/…$/, ".*")
    : literal.replace(/(\d)…/g, "$1\\d*(?:e[-+]\\d+)?");
  return new RegExp(`^${pattern}$`, "s").test(actual);
}
