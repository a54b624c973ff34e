/** Where threads must wait for each other. */
import type { Instruction } from "../instructions.js";
import type { Place, Value } from "../values.js";
import type { Group } from "./fusion.js";

/** Memory that an instruction touches, and how it is divided among the threads. */
interface Access {
  readonly region: number;
  readonly start: number;
  readonly end: number;
  readonly writes: boolean;
  /** Equal for accesses of which each thread has the same part; undefined if it may have any. */
  readonly division: string | undefined;
}

/**
 * Tells for each group of instructions whether all threads must reach it before any continues: whether
 * it touches memory that another thread, since the last such point, may have written, or may still
 * be reading while this one writes.
 */
export function barriers(groups: readonly Group[], places: ReadonlyMap<Value, Place>): boolean[] {
  const regions = regionsOf(places);
  // By region; in each, equal accesses count once.
  const open = new Map<number, Map<string, Access>>();
  const collides = (access: Access) =>
    [...(open.get(access.region)?.values() ?? [])].some((earlier) => collide(earlier, access));
  return groups.map(({ instructions }, k) => {
    const accesses = instructions.flatMap((each) => accessesOf(each, places, regions));
    // The first group follows the last one of the step before.
    const waits = k === 0 || accesses.some(collides);
    if (waits) open.clear();
    for (const access of accesses) {
      const { region, start, end, writes, division } = access;
      const alike = open.get(region) ?? new Map<string, Access>();
      open.set(region, alike.set(`${start} ${end} ${writes} ${division}`, access));
    }
    return waits;
  });
}

/**
 * Each place's region of memory: places that overlap, be it by way of others, have the same. Only
 * accesses to one region can collide.
 */
function regionsOf(places: ReadonlyMap<Value, Place>): Map<Place, number> {
  const regions = new Map<Place, number>();
  let [region, end] = [0, 0];
  for (const place of [...places.values()].sort((a, b) => a.address - b.address)) {
    if (place.address >= end) region++;
    end = Math.max(end, place.end);
    regions.set(place, region);
  }
  return regions;
}

function accessesOf(
  instruction: Instruction,
  places: ReadonlyMap<Value, Place>,
  regions: ReadonlyMap<Place, number>,
): Access[] {
  const { result, reads, split } = instruction;
  const access = (value: Value, writes: boolean, isDivided: boolean): Access[] => {
    const place = places.get(value);
    // A block belongs to one thread.
    if (place === undefined) return [];
    const { address, step, count, end } = place;
    const region = regions.get(place) as number;
    const division = isDivided ? `${split} ${address} ${step} ${count}` : undefined;
    return [{ region, start: address, end, writes, division }];
  };
  return [
    ...access(result, true, true),
    ...reads.flatMap(({ value, part }) => access(value, false, part === "same")),
  ];
}

function collide(a: Access, b: Access): boolean {
  if (!(a.writes || b.writes) || a.end <= b.start || b.end <= a.start) return false;
  return a.division === undefined || a.division !== b.division;
}
