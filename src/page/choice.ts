/** Which of the networks that the page's server names is at hand: kept in the address, and read from it. */
import { batch, computed, signal } from "@preact/signals";
import { type Network, network } from "./network.js";
import { keep, place } from "./place.js";
import { served } from "./served.js";

const PARAMETER = "network";

/** The network that was made of the one of this name. */
const taken = signal<{ readonly name: string; readonly network: Network } | undefined>(undefined);

/** The name of the one at hand; undefined while another network is. */
export const chosen = computed(() =>
  taken.value?.network === network.value ? taken.value?.name : undefined,
);

/** The name in the address. */
export const asked = computed(() => place.value.parameters.get(PARAMETER) ?? undefined);

export function choose(name: string): void {
  keep({ [PARAMETER]: name });
}

/** Makes one the network at hand. */
export function takeServed(name: string, loaded: Network): void {
  batch(() => {
    taken.value = { name, network: loaded };
    network.value = loaded;
  });
}

/** Has the address say which is at hand: the first need not be named, and no other network can be. */
export function keepChoice(): void {
  const [first] = served.peek()?.runs ?? [];
  const name = chosen.peek();
  const isNamed = name !== undefined && (name !== first?.name || asked.peek() !== undefined);
  if ((isNamed ? name : undefined) !== asked.peek()) choose(isNamed ? name : "");
}
