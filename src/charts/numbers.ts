/** Numbers as figures show them. */

export type NumberFormat = "number" | "percent" | "integer";

/** 1234567.5 → 1,234,567.5 */
export function grouped(number: number | string): string {
  const [whole = "", fraction] = String(number).split(".");
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

/**
 * The labels of the ticks of an axis, each with as many decimals as tell it from the next; very
 * large and very small ones with powers of ten.
 */
export function tickLabels(ticks: readonly number[], step: number, format: NumberFormat): string[] {
  const factor = format === "percent" ? 100 : 1;
  const unit = format === "percent" ? "%" : "";
  const values = ticks.map((tick) => tick * factor);
  const largest = Math.max(...values.map(Math.abs));
  const exponent = Math.floor(Math.log10(step * factor) + 1e-9);
  const powers = largest >= 1e6 || (largest > 0 && largest < 1e-3);
  return values.map((value) => {
    const text = powers
      ? withPower(value, exponent)
      : grouped(value.toFixed(Math.min(12, Math.max(0, -exponent))));
    return `${signed(text)}${unit}`;
  });
}

/** A number with about so many significant digits: 0.0123, 1,234, 2·10⁹ */
export function brief(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return "–";
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) {
    return signed(withPower(value, Math.floor(Math.log10(size)) - digits + 1, true));
  }
  const decimals = size === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return signed(grouped(Number(value.toFixed(decimals))));
}

/** 97.53% */
export function percentage(part: number, decimals = 2): string {
  return Math.abs(part) < 1000 ? `${(100 * part).toFixed(decimals)}%` : `${brief(100 * part)}%`;
}

/** @param last the exponent of the last decimal to show */
function withPower(value: number, last: number, withoutZeros = false): string {
  if (value === 0) return "0";
  const decimals = Math.floor(Math.log10(Math.abs(value)) + 1e-12) - last;
  const rounded = value.toExponential(Math.min(12, Math.max(0, decimals)));
  const [mantissa, exponent] = rounded.split("e") as [string, string];
  const text = withoutZeros ? String(Number(mantissa)) : mantissa;
  const power = `10${superscript(Number(exponent))}`;
  return text === "1" ? power : text === "-1" ? `-${power}` : `${text}·${power}`;
}

function superscript(n: number): string {
  return Array.from(String(n), (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)])).join("");
}

/** With a true minus sign. */
function signed(text: string): string {
  return text.replace(/^-/, "−");
}
