/** A thread that deforms images: it is told epochs, and says when each is done. */
import { answer, threadData } from "#platform";
import { instantiate, type Workshop } from "./workshop.js";

const deform = instantiate(threadData() as Workshop);
answer((epoch) => deform(epoch as number));
