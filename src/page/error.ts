/** The page cannot do something here. The message is meant for people: it says why, and what to do. */
export class PageError extends Error {
  override readonly name = "PageError";
}
