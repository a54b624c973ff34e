/** Mutants that no test is to notice, and why. They are not tried. */

/** By reason and file: the lines as the mutants have them. */
const KNOWN = [];

/** Whether a mutant is among them. */
export function isKnown(file, { after }) {
  return KNOWN.some(({ mutants }) => mutants[file]?.includes(after));
}
