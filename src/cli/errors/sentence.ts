/** Sentences of other parts about settings, in which the command names the flags. */

import { flagOf, wordOf } from "../../recipes/words.js";
import { type Mention, plainText, type Sentence } from "../../training/errors.js";

/** @param remark on a value that is mentioned, such as ` (the default)` */
export function withFlags(
  sentence: Sentence,
  remark: (mention: Mention) => string = () => "",
): string {
  return plainText(sentence, (mention) => {
    const { setting, value } = mention;
    const flag = flagOf(setting);
    return value === undefined ? flag : `${flag} ${wordOf(value)}${remark(mention)}`;
  });
}
