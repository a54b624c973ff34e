/** What a server has to give. */

/** A file of the disk, which is read when it is asked for, or a text. */
export type Content =
  | { readonly type: string; readonly file: string }
  | { readonly type: string; readonly text: string };

/** By paths as URLs have them, without the token before them. */
export type Site = ReadonlyMap<string, Content>;

/** Where the events of a run are. */
export const EVENTS = "events";
