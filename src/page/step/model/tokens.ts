/** The words of a formula: numbers, names and signs, each with its place in the text. */

/** What was typed is no formula; the message is one sentence that names the place. */
export class FormulaError extends Error {
  override readonly name = "FormulaError";
}

export interface Token {
  readonly text: string;
  readonly kind: "number" | "name" | "sign" | "end";
  /** Of its first character, counted from 1. */
  readonly place: number;
}

/** Characters at most. */
const LONGEST = 120;
const LONGEST_NAME = 6;

/** What other keyboards and texts have for a sign. */
const ALIKE: Readonly<Record<string, string>> = {
  "−": "-",
  "·": "*",
  "×": "*",
  "⋅": "*",
  "÷": "/",
};

const PATTERN =
  /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>\p{L}[\p{L}\d]*)|(?<sign>[-+*/^()−·×⋅÷]))/uy;

export function tokensOf(text: string): Token[] {
  if (text.length > LONGEST) {
    throw new FormulaError(
      `The formula has ${text.length} characters; it may have ${LONGEST} at most.`,
    );
  }
  const tokens: Token[] = [];
  const pattern = new RegExp(PATTERN);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw unknown(text, start);
    const { number, name, sign } = match.groups as Record<string, string | undefined>;
    const word = (number ?? name ?? sign) as string;
    const place = match.index + match[0].length - word.length + 1;
    if (number !== undefined) tokens.push({ text: finite(word, place), kind: "number", place });
    else if (name !== undefined) tokens.push({ text: short(word, place), kind: "name", place });
    else tokens.push({ text: ALIKE[word] ?? word, kind: "sign", place });
  }
  return [...tokens, { text: "", kind: "end", place: end + 1 }];
}

/** A token as messages name it. */
export function described({ text, kind, place }: Token): string {
  return kind === "end" ? "the end of the formula" : `${text} (character ${place})`;
}

function unknown(text: string, start: number): FormulaError {
  const [blank = ""] = /^\s*/.exec(text.slice(start)) ?? [];
  const place = start + blank.length;
  const [character = ""] = [...text.slice(place)];
  return new FormulaError(
    `${character} (character ${place + 1}) means nothing here: a formula has numbers, names, + - * / ^ and parentheses.`,
  );
}

function finite(text: string, place: number): string {
  if (Number.isFinite(Number(text))) return text;
  throw new FormulaError(`The number ${text} (character ${place}) is too large.`);
}

function short(name: string, place: number): string {
  if (name.length <= LONGEST_NAME) return name;
  throw new FormulaError(
    `The name ${name.slice(0, 2 * LONGEST_NAME)} (character ${place}) is too long; it may have ${LONGEST_NAME} letters.`,
  );
}
