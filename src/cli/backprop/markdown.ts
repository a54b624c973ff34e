/** The derivation as a document, with formulas in LaTeX as GitHub, Jupyter and pandoc take them. */
import { formula, type Matrix } from "../../autodiff/index.js";
import { type Chain, reasonText } from "../../derivation/index.js";
import { type Block, type Line, type Row, small } from "./document.js";
import { smallRows, summary } from "./values.js";

export function markdownOf(blocks: readonly Block[]): string {
  return blocks.map(blockOf).join("\n\n");
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case "title":
      return `# ${block.text}`;
    case "heading":
      return `## ${block.text}`;
    case "paragraph":
      return block.text;
    case "equations":
      return aligned(block.lines.map(equation));
    case "chain":
      return `### ${block.title}\n\n${chain(block.chain)}`;
    case "table":
      return table(block.head, block.rows);
  }
}

function equation({ symbol, right, note, value }: Line): string {
  const left = formula(symbol, "latex");
  const equality = right === undefined ? `${left} &` : `${left} &= ${formula(right, "latex")}`;
  const shown = value === undefined ? "" : ` && ${matrix(value)}`;
  return `${equality} && ${words(note)}${shown}`;
}

function chain({ left, goal, reached, steps }: Chain): string {
  const lines = steps.map(({ expression, reason, holds, difference }, k) => {
    const start = k === 0 ? formula(left, "latex") : "";
    const mark = holds
      ? "\\checkmark\\ "
      : `\\times\\ ${words(`differs by ${small(difference)}: `)}`;
    const because = reasonText(reason, "latex");
    return `${start} &= ${formula(expression, "latex")} && ${mark}${because}`;
  });
  const end = reached ? [] : [`&\\ne ${formula(goal, "latex")} && ${words("not reached")}`];
  const claim = `$$${formula(left, "latex")} = ${formula(goal, "latex")}$$`;
  return `${claim}\n\nbecause\n\n${aligned([...lines, ...end])}`;
}

function table(head: readonly string[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line([...head, ""]),
    line([...head, ""].map(() => "---")),
    ...rows.map(({ cells, holds }) => {
      const texts = cells.map((cell) =>
        typeof cell === "string" ? cell : `$${formula(cell, "latex")}$`,
      );
      return line([...texts, holds ? "✓" : "✗"]);
    }),
  ].join("\n");
}

function matrix(value: Matrix): string {
  const rows = smallRows(value);
  if (rows === undefined) return words(summary(value));
  const inside = rows.map((row) => row.join(" & ")).join(" \\\\ ");
  return `\\begin{pmatrix} ${inside.replaceAll("−", "-")} \\end{pmatrix}`;
}

function aligned(lines: readonly string[]): string {
  return `$$\n\\begin{aligned}\n${lines.join(" \\\\\n")}\n\\end{aligned}\n$$`;
}

function words(text: string): string {
  return `\\text{${text}}`;
}
