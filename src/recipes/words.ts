/** Settings and their values in the words of the command line. */

/** `learningRate` → `--learning-rate` */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * A value as its flag takes it: a range as 5-6, a time as 10s, the parts of a list or an object with commas
 * between them.
 */
export function wordOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  if ("from" in value && "to" in value) return [value.from, value.to].map(wordOf).join("-");
  if ("seconds" in value) return `${wordOf(value.seconds)}s`;
  if ("sigma" in value && "alpha" in value) return [value.sigma, value.alpha].map(wordOf).join(",");
  return Object.values(value).map(wordOf).join(",") || "none";
}

/** What is to be said after settings to try, of which one alone would switch off the recipe of the run. */
export function withRecipe(recipe: string | undefined): string {
  return recipe === undefined ? "" : ` with ${asFlags({ recipe })}`;
}

/** `{ learningRate: 3, hidden: [] }` → `--learning-rate 3 --hidden none` */
export function asFlags(settings: object): string {
  return Object.entries(settings)
    .map(([name, value]) => `${flagOf(name)} ${wordOf(value)}`)
    .join(" ");
}
