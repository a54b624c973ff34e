/** How the units of a layer are laid out. */

const WIDEST = 32;

/** In one row, or in rows of equal length where that can be; else in rows as long as fit. */
export function gridColumns(units: number): number {
  if (units <= WIDEST) return units;
  for (let columns = WIDEST; columns >= WIDEST / 2; columns--)
    if (units % columns === 0) return columns;
  return WIDEST;
}
