/** The values of flags of `train-mnist data`. */
import { InvalidArgumentError } from "commander";

/** A URL by http or https. */
export function mirrorUrl(word: string): string {
  if (URL.canParse(word) && /^https?:$/.test(new URL(word).protocol)) return word;
  throw new InvalidArgumentError("Expected a URL such as https://example.org/mnist/.");
}
