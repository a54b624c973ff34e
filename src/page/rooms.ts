/** The rooms, in the order in which they are offered. Each is loaded when it is first entered. */
import type { ComponentType } from "preact";
import { served } from "./served.js";

export interface Room {
  /** As in the fragment. */
  readonly name: string;
  readonly title: string;
  readonly load: () => Promise<ComponentType>;
  /** Whether it is offered; always, unless it says. */
  readonly isOffered?: () => boolean;
}

export const rooms: readonly Room[] = [
  {
    name: "watch",
    title: "Watch",
    load: async () => (await import("./watch/room.js")).WatchRoom,
    isOffered: () => served.value?.events !== undefined,
  },
  {
    name: "train",
    title: "Train",
    load: async () => (await import("./train/room.js")).TrainRoom,
  },
  {
    name: "draw",
    title: "Draw",
    load: async () => (await import("./draw/room.js")).DrawRoom,
  },
  {
    name: "step",
    title: "The reverse sweep",
    load: async () => (await import("./step/room.js")).StepRoom,
  },
  {
    name: "look",
    title: "Look",
    load: async () => (await import("./look/room.js")).LookRoom,
  },
];
