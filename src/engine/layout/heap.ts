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
  /** The first byte behind all blocks ever allocated. */
  end: number;
  /** Free blocks below `end`, by address; neighbours are joined. */
  readonly #freeBlocks: Block[] = [];

  constructor(start: number) {
    this.end = start;
  }

  /** An address for `bytes` bytes: in the first free block that is large enough, else at the end. */
  allocate(bytes: number): number {
    const k = this.#freeBlocks.findIndex((each) => each.bytes >= bytes);
    const block = this.#freeBlocks[k];
    if (block === undefined) {
      this.end += bytes;
      return this.end - bytes;
    }
    const rest = { address: block.address + bytes, bytes: block.bytes - bytes };
    this.#freeBlocks.splice(k, 1, ...(rest.bytes > 0 ? [rest] : []));
    return block.address;
  }

  /** Takes a block back. */
  free(block: Block): void {
    if (block.bytes <= SMALL) return;
    const k = this.#countBelow(block.address);
    const [below, above] = [this.#freeBlocks[k - 1], this.#freeBlocks[k]];
    const joinsBelow = below !== undefined && endOf(below) === block.address;
    const joinsAbove = above !== undefined && endOf(block) === above.address;
    const address = joinsBelow ? below.address : block.address;
    const bytes = endOf(joinsAbove ? above : block) - address;
    this.#freeBlocks.splice(k - +joinsBelow, +joinsBelow + +joinsAbove, { address, bytes });
  }

  /** How many free blocks lie below an address. */
  #countBelow(address: number): number {
    let [low, high] = [0, this.#freeBlocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#freeBlocks[middle]!.address < address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function endOf({ address, bytes }: Block): number {
  return address + bytes;
}
