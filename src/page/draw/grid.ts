/** How the units of a layer are laid out. */

/** Units in a row, at most: of a small layer, and of one that would be too tall with so few. */
const [WIDEST, WIDEST_OF_MANY] = [32, 64];
const MANY = 256;

/** In one row, or in rows of equal length where that can be; else in rows as long as fit. */
export function gridColumns(units: number): number {
  if (units <= WIDEST) return units;
  const widest = units > MANY ? WIDEST_OF_MANY : WIDEST;
  for (let columns = widest; columns >= widest / 2; columns--)
    if (units % columns === 0) return columns;
  return widest;
}
