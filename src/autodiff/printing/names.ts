/** Names in the note's letters: layers as superscripts, numbers as subscripts, adjoints with a bar. */

/** The combining macron: t̄ is t and this, ȳ a character of its own in Unicode's normal form C. */
const MACRON = "\u0304";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** 12 → ¹² */
export function superscript(n: number): string {
  return digits(n, SUPERSCRIPTS);
}

/** 12 → ₁₂ */
export function subscript(n: number): string {
  return digits(n, SUBSCRIPTS);
}

/** w¹ → w̄¹ */
export function barred(name: string): string {
  const [first = "", ...rest] = name;
  return (first + MACRON + rest.join("")).normalize("NFC");
}

/** Whether a name ends in superscripts, so that a ᵀ after it needs parentheses. */
export function isRaised(name: string): boolean {
  return SUPERSCRIPTS.includes(name.at(-1) ?? "");
}

/** w̄¹² → \\bar{w}^{12} */
export function latexName(name: string): string {
  return name
    .normalize("NFD")
    .replace(new RegExp(`(.)${MACRON}`, "gu"), "\\bar{$1}")
    .replace(new RegExp(`[${SUPERSCRIPTS}]+`, "g"), (run) => `^{${plainDigits(run, SUPERSCRIPTS)}}`)
    .replace(new RegExp(`[${SUBSCRIPTS}]+`, "g"), (run) => `_{${plainDigits(run, SUBSCRIPTS)}}`)
    .replace(/[δσ∂∇ₐ′]/g, (letter) => LATEX_LETTERS[letter] ?? letter);
}

const LATEX_LETTERS: Readonly<Record<string, string>> = {
  δ: "\\delta",
  σ: "\\sigma",
  "∂": "\\partial ",
  "∇": "\\nabla",
  ₐ: "_{a}",
  "′": "'",
};

function digits(n: number, set: string): string {
  return [...String(n)].map((digit) => set[Number(digit)]).join("");
}

function plainDigits(run: string, set: string): string {
  return [...run].map((digit) => set.indexOf(digit)).join("");
}

/** The number of characters that a text takes on a line: a macron stands above its letter. */
export function visibleLength(text: string): number {
  return [...text.replace(/\p{Mark}/gu, "")].length;
}
