// How she wants the session told and paced. Nothing in here is about her health; it is kept by the browser as it is.

export type Spoken = "name" | "side" | "pace" | "half" | "last" | "change" | "rest";

export interface Wishes {
  voice: boolean;
  tones: boolean;
  flash: boolean;
  volume: number; // 0 to 100
  handsFree: boolean;
  waitForSide: boolean;
  ready: number; // seconds before each set
  fresh: number; // seconds into a new position
  change: number; // seconds to change sides
  said: Record<Spoken, boolean>;
}

export const KINDS: Array<[Spoken, string]> = [
  ["name", "The name and how to set up"],
  ["side", "The side"],
  ["pace", "Lift, hold, lower, and the count"],
  ["half", "Half-way"],
  ["last", "The last three seconds"],
  ["change", "Changing sides"],
  ["rest", "Rest, and what comes next"],
];

export const USUAL: Wishes = {
  voice: true, tones: true, flash: true, volume: 80, handsFree: false, waitForSide: false, ready: 5, fresh: 12, change: 10,
  said: { name: true, side: true, pace: true, half: true, last: true, change: true, rest: true },
};

const KEY = "psoas-player";

export function wishes(): Wishes {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Wishes>;
    return { ...USUAL, ...kept, said: { ...USUAL.said, ...kept.said } };
  } catch {
    return { ...USUAL, said: { ...USUAL.said } };
  }
}

export function keepWishes(all: Wishes): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // a browser that keeps nothing: the wishes hold for this visit
  }
}
