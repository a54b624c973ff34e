/**
 * How many threads make programs faster.
 *
 * What a step takes on T threads is modelled as work/T + price·(T − 1). The price is that of barriers and
 * of cache lines that change hands: every further thread has to be waited for, and shares its first and last
 * lines with others. More than two threads have not been timed: that the price of each further one is the
 * same is an assumption.
 *
 * Steps of 1 to 620 million multiplications and additions, counted as if all products were dense, were timed
 * with two threads. A thread does 60 to 90 of them per nanosecond. The price was 15 to 90 µs for short steps,
 * and 5% of long ones.
 */

/** The price of a thread, in the operations that one does meanwhile: about 150 µs, to be on the safe side. */
const PRICE = 10e6;

/**
 * The least gain that is worth starting threads, which takes about 30 ms and 10 to 18 MiB for each. Evaluating
 * a network of 30 units should gain less by the model, and gained nothing.
 */
const LEAST_GAIN = 1.1;

/** What a step with so many operations takes on so many threads, in operations. */
function timeOf(operations: number, threads: number): number {
  return operations / threads + PRICE * (threads - 1);
}

/**
 * How many threads run each of the programs of a session, given their numbers of operations: one, or a number
 * that is the same for all others. It is the number that makes the programs faster by the greatest factor, in
 * the geometric mean, if that factor is not too small.
 */
export function threadsFor(operations: readonly number[], processors: number): number[] {
  const gain = (each: number, threads: number) => Math.max(1, each / timeOf(each, threads));
  let [best, most] = [1, LEAST_GAIN ** operations.length];
  for (let threads = 2; threads <= processors; threads++) {
    const product = operations.reduce((gains, each) => gains * gain(each, threads), 1);
    if (product > most) [best, most] = [threads, product];
  }
  return operations.map((each) => (gain(each, best) > 1 ? best : 1));
}
