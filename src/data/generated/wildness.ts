/** The largest wildness of generated digits, where 1 is as people write: far below it, nobody can read one. */
export const WILDEST = 100;
