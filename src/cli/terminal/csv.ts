/** Tables for spreadsheets. */
import { visible } from "./visible.js";

/** A line of comma-separated values. */
export function csvLine(values: readonly (string | number)[]): string {
  return values.map(field).join(",");
}

/** RFC 4180; what a spreadsheet would take for a formula is text. */
function field(value: string | number): string {
  const isFormula = typeof value === "string" && /^[=+\-@\t\r]/.test(value);
  const text = visible(isFormula ? `'${value}` : String(value));
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
