/** A thread that deforms images: it is told epochs, and says when no image of the epoch is left. */
import { answer, onStart } from "#platform";
import type { Place } from "./crew.js";
import { instantiate } from "./workshop.js";

onStart((data) => {
  const { workshop, thread } = data as Place;
  const deform = instantiate(workshop, thread);
  answer((epoch) => {
    while (deform(epoch as number));
  });
});
