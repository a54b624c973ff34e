/** The checksum of TensorFlow's records: CRC-32C (RFC 3720, appendix B.4), masked. */

/** Of Castagnoli, its bits reversed. */
const POLYNOMIAL = 0x82f63b78;

/** What eight bits contribute. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest;
});

export function crc32c(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (rest >>> 8) ^ TABLE[(rest ^ byte) & 0xff]!;
  return ~rest >>> 0;
}

/**
 * Turned by 15 bits, plus a constant: a checksum of bytes that themselves hold a checksum is no
 * coincidence then (TensorFlow, tensorflow/core/lib/hash/crc32c.h).
 */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
