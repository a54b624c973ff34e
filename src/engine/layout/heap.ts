/** First-fit allocation of blocks from a growing range of addresses. */

interface Block {
  readonly address: number;
  readonly bytes: number;
}

/**
 * Blocks up to this size are not used again: they take next to nothing, and threads must wait for each
 * other before memory that one has read is written by another.
 */
const SMALL = 256;

export class Heap {
  /** The first byte behind all blocks ever taken. */
  end: number;
  /** Free blocks below `end`, by address; neighbours are joined. */
  #free: readonly Block[] = [];

  constructor(start: number) {
    this.end = start;
  }

  /** An address for `bytes` bytes: in the first free block that is large enough, else at the end. */
  take(bytes: number): number {
    const block = this.#free.find((each) => each.bytes >= bytes);
    if (block === undefined) {
      this.end += bytes;
      return this.end - bytes;
    }
    const rest = { address: block.address + bytes, bytes: block.bytes - bytes };
    this.#free = this.#free.flatMap((each) => {
      if (each !== block) return [each];
      return rest.bytes > 0 ? [rest] : [];
    });
    return block.address;
  }

  /** Takes a block back. */
  give(block: Block): void {
    if (block.bytes <= SMALL) return;
    this.#free = joined([...this.#free, block].sort((a, b) => a.address - b.address));
  }
}

/** Blocks in the order of their addresses, those that touch each other made one. */
function joined(blocks: readonly Block[]): Block[] {
  const result: Block[] = [];
  for (const block of blocks) {
    const last = result.at(-1);
    if (last !== undefined && last.address + last.bytes === block.address) {
      result[result.length - 1] = { address: last.address, bytes: last.bytes + block.bytes };
    } else {
      result.push(block);
    }
  }
  return result;
}
