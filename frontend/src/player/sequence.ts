// From a dose to what happens second by second.

import type { Item } from "./types";

export interface Segment {
  kind: "lift" | "hold" | "lower";
  seconds: number;
  word: string; // shown large
  says: string; // spoken, and read out
  rep: number;
}

const MINUTE = 60;

// Empty where no clock can pace it: metres are walked until they are done.
export function segments(item: Item): Segment[] {
  const { reps = 1, hold_s: hold = 0, metres = 0 } = item.dose;
  if (metres > 0) return [];
  if (hold > 0 && reps === 1) return [{ kind: "hold", seconds: hold, word: "Hold", says: `Hold, ${spoken(hold)}.`, rep: 1 }];
  const found: Segment[] = [];
  for (let rep = 1; rep <= reps; rep++) found.push(...(hold > 0 ? held(item, rep, reps, hold) : moved(item, rep, reps)));
  return found.filter((each) => each.seconds > 0);
}

function held(item: Item, rep: number, reps: number, hold: number): Segment[] {
  const [up, , down] = item.tempo;
  const part = item.parts[rep - 1];
  return [
    { kind: "lift", seconds: up, word: part ?? "Up", says: part ?? `${rep} of ${reps}. Up.`, rep },
    { kind: "hold", seconds: hold, word: part ? "Hold it" : "Hold", says: "Hold.", rep },
    { kind: "lower", seconds: down, word: part ? "Ease off" : "Down", says: part ? "Ease off." : "Slowly down.", rep },
  ];
}

function moved(item: Item, rep: number, reps: number): Segment[] {
  const [up, pause, down] = item.tempo;
  return [
    { kind: "lift", seconds: up, word: "Up", says: rep === reps ? "Last one." : String(rep), rep },
    { kind: "hold", seconds: pause, word: "Pause", says: "", rep },
    { kind: "lower", seconds: down, word: "Down", says: "", rep },
  ];
}

// Where a set stands after so many seconds: the segment and how long it still lasts; null once all is over.
export function at(all: Segment[], elapsed: number): { index: number; left: number } | null {
  let ends = 0;
  for (const [index, each] of all.entries()) {
    ends += each.seconds;
    if (elapsed < ends) return { index, left: ends - elapsed };
  }
  return null;
}

export function total(all: Segment[]): number {
  return all.reduce((sum, each) => sum + each.seconds, 0);
}

export function spoken(seconds: number): string {
  if (seconds < MINUTE || seconds % MINUTE) return `${seconds} seconds`;
  return seconds === MINUTE ? "one minute" : `${seconds / MINUTE} minutes`;
}
