/** Mutants that no test is to notice. They are not tried. */
import { readFileSync } from "node:fs";

/**
 * By reason and file: a line as the mutant has it, or as the source has it, which stands for all mutants
 * of the line.
 */
const known = JSON.parse(readFileSync(new URL("known.json", import.meta.url), "utf8"));

/** Whether a mutant is among them. */
export function isKnown(file, { before, after }) {
  return Object.values(known).some(({ [file]: lines = [] }) =>
    lines.some((line) => line === before || line === after),
  );
}
