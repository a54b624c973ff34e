/** Numbers as people read them. */

/** 50000 → 50,000 */
export function count(n: number): string {
  return Math.round(n).toLocaleString("en-US");
}

/** 0.9542 → 95.42% */
export function percent(part: number): string {
  return `${(100 * part).toFixed(2)}%`;
}

/** 12.345 → 12.35 s, 75.2 → 1 min 15 s */
export function duration(seconds: number): string {
  if (seconds < 59.995) return `${seconds.toFixed(2)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** 54950048 → 55.0 MB */
export function bytes(n: number): string {
  return n < 1e6 ? `${Math.ceil(n / 1e3)} kB` : `${(n / 1e6).toFixed(1)} MB`;
}
