/** A thread that deforms images: it is told epochs, and says when no image of the epoch is left. */
import { answer, threadData } from "#platform";
import type { Place } from "./crew.js";
import { instantiate } from "./workshop.js";

const { workshop, thread } = threadData() as Place;
const deform = instantiate(workshop, thread);
answer((epoch) => deform(epoch as number));
