/** How help looks on terminals of any width. */
import { Help, type HelpConfiguration } from "commander";

/** A narrower column for descriptions is no longer read with ease. */
const LEAST = 24;

const INDENT = " ".repeat(6);

export const helpLayout: HelpConfiguration = {
  minWidthToWrap: 20,

  /** What is described, and beside it the description; below it where there is no room beside. */
  formatItem(term, termWidth, description, helper) {
    const width = helper.helpWidth ?? Number.POSITIVE_INFINITY;
    if (description === "" || width - termWidth - "    ".length >= LEAST) {
      return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
    }
    const rows = helper.boxWrap(description, width - INDENT.length).split("\n");
    return [`  ${term}`, ...rows.map((row) => INDENT + row)].join("\n");
  },
};
