/** Numbers as people read them. */
import { superscript } from "../../../autodiff/index.js";

/** Rounded to so many significant digits, with a minus sign proper: −0.2350, 1.2 · 10⁻⁷. */
export function format(x: number, digits = 4): string {
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  if (x === 0) return "0";
  const rounded = Number(x.toPrecision(digits));
  // The largest numbers may be rounded to no number.
  const [mantissa = "", exponent] = plain(Number.isFinite(rounded) ? rounded : x, digits).split(
    "e",
  );
  const text = mantissa.replace("-", "−");
  return exponent === undefined ? text : `${text} · 10${raised(Number(exponent))}`;
}

/** Without zeros at the end that say nothing: 0.5, not 0.5000. */
function plain(x: number, digits: number): string {
  const size = Math.abs(x);
  if (size >= 10 ** Math.max(digits, 6) || size < 1e-4) {
    return x.toExponential(digits - 1).replace(/\.?0+e/, "e");
  }
  return String(x);
}

function raised(n: number): string {
  return (n < 0 ? "⁻" : "") + superscript(Math.abs(n));
}

/** For little room. */
export function short(x: number, digits = 4): string {
  return format(x, Math.abs(x) < 0.01 ? Math.min(digits, 3) : digits).replaceAll(" ", "");
}

/** With a sign, for changes: +0.001. */
export function signed(x: number, digits = 4): string {
  const text = format(x, digits);
  return x > 0 ? `+${text}` : text;
}

/** Two numbers with as many decimals, and where the first stops to be like the other. */
export interface Agreement {
  readonly exact: string;
  readonly alike: string;
  readonly different: string;
}

/**
 * A number and an approximation to it, both to so many significant digits of the number; the approximation
 * is cut after the last digit that agrees.
 */
export function agreement(exact: number, approximate: number, digits = 10): Agreement {
  if (!Number.isFinite(exact) || !Number.isFinite(approximate)) {
    return { exact: format(exact), alike: "", different: format(approximate) };
  }
  const size = exact === 0 ? 0 : Math.floor(Math.log10(Math.abs(exact)));
  const small = size < -4 || size > 6;
  const scale = small ? 10 ** size : 1;
  const decimals = Math.max(0, digits - 1 - (small ? 0 : size));
  const written = (x: number) => (x / scale).toFixed(decimals).replace("-", "−");
  const [a, b] = [written(exact), written(approximate)];
  const power = small ? ` · 10${raised(size)}` : "";
  let k = 0;
  while (k < b.length && a.length === b.length && a[k] === b[k]) k++;
  // A sign or a leading "0." alone agrees in no digit.
  if (!/[1-9]/.test(b.slice(0, k)) && k < b.length && exact !== 0) k = 0;
  return { exact: a + power, alike: b.slice(0, k), different: b.slice(k) + power };
}
