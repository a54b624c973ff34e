/** What is changed in a source to see whether a test notices: one small mistake at a time. */
import { parseSync } from "@swc/core";

/** Operators, and what is easily written instead of them. */
const OPERATORS = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "**": ["*"],
  "<<": [">>"],
  ">>": ["<<"],
  ">>>": ["<<"],
  "&": ["|"],
  "|": ["&"],
  "^": ["|"],
  "+=": ["-="],
  "-=": ["+="],
  "*=": ["/="],
  "/=": ["*="],
  "++": ["--"],
  "--": ["++"],
};

/** Methods, and those that are easily called instead. */
const METHODS = {
  min: "max",
  max: "min",
  floor: "ceil",
  ceil: "floor",
  round: "floor",
  some: "every",
  every: "some",
  findIndex: "findLastIndex",
  findLastIndex: "findIndex",
};

/** Methods without which an expression still makes sense. */
const OMISSIBLE =
  /^(filter|slice|subarray|sort|toSorted|reverse|toReversed|trim|fill|toFixed|toPrecision)$/;

/** By the type of a node: what may stand in its place. `text` gives the source of a node. */
const CHANGES = {
  BinaryExpression({ left, operator, right }, text) {
    const sides = [text(left), text(right)];
    if (["&&", "||", "??"].includes(operator)) return sides;
    return (OPERATORS[operator] ?? []).map((other) => sides.join(` ${other} `));
  },
  AssignmentExpression({ left, operator, right }, text) {
    return (OPERATORS[operator] ?? []).map((other) => `${text(left)} ${other} ${text(right)}`);
  },
  UpdateExpression({ argument, operator, prefix }, text) {
    const [other] = OPERATORS[operator];
    return [prefix ? other + text(argument) : text(argument) + other];
  },
  UnaryExpression({ operator, argument }, text) {
    return ["!", "-", "~"].includes(operator) ? [text(argument)] : [];
  },
  NumericLiteral({ value }) {
    return [value + 1, value - 1].map(String);
  },
  BooleanLiteral({ value }) {
    return [String(!value)];
  },
  CallExpression({ callee, arguments: given }, text) {
    if (callee.type !== "MemberExpression") return [];
    const { object, property } = callee;
    if (OMISSIBLE.test(property.value)) return [text(object)];
    const other = METHODS[property.value];
    const list = given.map(({ expression }) => text(expression)).join(", ");
    return other === undefined ? [] : [`${text(object)}.${other}(${list})`];
  },
  ExpressionStatement: () => [";"],
  ThrowStatement: () => [";"],
  BreakStatement: () => [";"],
  ContinueStatement: () => [";"],
  ReturnStatement: ({ argument }) => (argument ? [] : [";"]),
};

/** What a node decides by a condition, which may as well be always or never. */
const CONDITIONAL = {
  IfStatement: ["true", "false"],
  ConditionalExpression: ["true", "false"],
  WhileStatement: ["false"],
};

/**
 * The mutants of a source in TypeScript, in its order. A few of them may not be valid: parentheses and
 * casts are not looked at.
 *
 * @param {string} source
 * @returns {{ line: number, before: string, after: string, source: string }[]} the number of the first
 * line that changes, the lines that change before and after, and the whole source after
 */
export function mutantsOf(source) {
  const bytes = Buffer.from(source);
  // Nodes have their places in bytes, counted from 1.
  const cut = (start, end) => bytes.subarray(start - 1, end - 1).toString();
  const text = ({ span }) => cut(span.start, span.end);
  return [...changesIn(parse(source), text)].map(({ node, replacement }) => {
    const { start, end } = node.span;
    const [head, tail] = [cut(1, start), cut(end, bytes.length + 1)];
    const before = head.slice(head.lastIndexOf("\n") + 1);
    const [after] = tail.split("\n", 1);
    return {
      line: head.split("\n").length,
      before: oneLine(before + text(node) + after),
      after: oneLine(before + replacement + after),
      source: head + replacement + tail,
    };
  });
}

function* changesIn(node, text) {
  if (typeof node !== "object" || node === null || isOnlyOfTypes(node)) return;
  for (const replacement of CHANGES[node.type]?.(node, text) ?? []) yield { node, replacement };
  for (const replacement of CONDITIONAL[node.type] ?? []) yield { node: node.test, replacement };
  for (const child of Object.values(node)) yield* changesIn(child, text);
}

/** Whether a node is a type, or imports or exports names; casts are expressions. */
function isOnlyOfTypes({ type = "" }) {
  return /^(Ts(?!AsExpression|NonNull|Satisfies|ParameterProperty)|Import|Export(All|Named))/.test(
    type,
  );
}

function parse(source) {
  return parseSync(source, { syntax: "typescript", target: "es2022" });
}

function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}
