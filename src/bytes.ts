/** Bytes: in pieces, and as text, on every platform. */

/** The pieces, one after the other. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const piece of pieces) {
    whole.set(piece, end);
    end += piece.length;
  }
  return whole;
}

/** As many characters as one call of String.fromCharCode surely takes. */
const PIECE = 8192;

export function toBase64(bytes: Uint8Array): string {
  let characters = "";
  for (let i = 0; i < bytes.length; i += PIECE) {
    characters += String.fromCharCode(...bytes.subarray(i, i + PIECE));
  }
  return btoa(characters);
}

/** Throws an error if the text is no base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Whether it is a SHA-256 in hexadecimal digits. */
export function isSha256(value: unknown): value is string {
  return typeof value === "string" && /^[\da-f]{64}$/.test(value);
}
