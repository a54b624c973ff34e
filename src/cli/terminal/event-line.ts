/** Events for programs to read: one JSON object in each line; docs/json.md says what they have. */

/** Raised when a key means something else than before, or is no longer there. */
export const EVENT_FORMAT = 1;

/** The line of an event, with its end. */
export function eventLine(event: string, fields: object): string {
  return `${JSON.stringify({ event, format: EVENT_FORMAT, ...fields })}\n`;
}
