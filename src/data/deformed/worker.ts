/** A thread that deforms images: it is told epochs, and says when no image of the epoch is left. */
import { answer, onStart } from "#platform";
import { instantiate } from "./job.js";
import type { ThreadData } from "./thread-pool.js";

onStart((data) => {
  const { job, thread } = data as ThreadData;
  const deform = instantiate(job, thread);
  answer((epoch) => {
    while (deform(epoch as number));
  });
});
