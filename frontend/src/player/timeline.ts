// From a dose to what happens second by second, and what is said when. Pure: no clock, no page, no sound.

import type { Item, SideName } from "./types.ts";

export interface Segment {
  kind: "turn" | "lift" | "hold" | "lower";
  seconds: number;
  word: string; // shown large
  rep: number;
  of: number;
  side?: SideName; // of a warm-up that does one leg after the other
}

export type CueKind = "pace" | "half" | "last" | "change";
export interface Cue { at: number; kind: CueKind; words: string; segment: number }

export interface Pace { change: number } // seconds from one leg to the other

const MINUTE = 60;
const SAME_LEG = 3; // seconds to begin the other way round with the same leg
const LONG_HOLD = 16; // seconds; from here on its half is told
const COUNTED = 5; // seconds; a hold this long is counted out
const MANY = 6; // repetitions; from here on the half is told

export type Paced = Pick<Item, "dose" | "tempo" | "parts" | "verbs" | "turns">;

// Empty where no clock can pace it: metres are walked until they are done.
export function segments(item: Paced, pace: Pace = { change: 10 }): Segment[] {
  if ((item.dose.metres ?? 0) > 0) return [];
  if (!item.turns.length) return round(item);
  return item.turns.flatMap((turn, place) => {
    const before = item.turns[place - 1];
    const between: Segment[] = before ? [{ kind: "turn", seconds: before.side === turn.side ? SAME_LEG : pace.change, word: turn.words, rep: 0, of: 0, side: turn.side }] : [];
    return [...between, ...round(item).map((each) => ({ ...each, side: turn.side }))];
  });
}

function round(item: Paced): Segment[] {
  const { reps = 1, hold_s: hold = 0 } = item.dose;
  if (hold > 0 && reps === 1) return [{ kind: "hold", seconds: hold, word: "Hold", rep: 1, of: 1 }];
  const all = Array.from({ length: reps }, (_, place) => repetition(item, place + 1, hold));
  return all.flat().filter((each) => each.seconds > 0);
}

function repetition(item: Paced, rep: number, hold: number): Segment[] {
  const [up, pause, down] = item.tempo;
  const [away, back] = item.verbs;
  const of = item.dose.reps ?? 1;
  return [
    { kind: "lift", seconds: up, word: item.parts[rep - 1] ?? away, rep, of },
    { kind: "hold", seconds: hold || pause, word: "Hold", rep, of },
    { kind: "lower", seconds: down, word: item.parts.length ? "Ease off" : back, rep, of },
  ];
}

export function total(all: readonly Segment[]): number {
  return all.reduce((sum, each) => sum + each.seconds, 0);
}

// Where a set stands after so many seconds: the segment and how long it still lasts; null once all is over.
export function at(all: readonly Segment[], elapsed: number): { index: number; left: number } | null {
  let ends = 0;
  for (const [index, each] of all.entries()) {
    ends += each.seconds;
    if (elapsed < ends) return { index, left: ends - elapsed };
  }
  return null;
}

// The same with that segment longer or shorter; never shorter than what of it is over.
export function stretched(all: readonly Segment[], elapsed: number, by: number): Segment[] {
  const here = at(all, elapsed);
  if (here === null) return [...all];
  return all.map((each, place) => (place === here.index ? { ...each, seconds: Math.max(each.seconds + by, each.seconds - here.left) } : each));
}

// ---- what is said

export function cues(all: readonly Segment[]): Cue[] {
  const found: Cue[] = [];
  let start = 0;
  all.forEach((each, segment) => {
    found.push(...told(each).map(([after, kind, words]) => ({ at: start + after, kind, words, segment })));
    start += each.seconds;
  });
  return found;
}

function told(each: Segment): Array<[after: number, kind: CueKind, words: string]> {
  if (each.kind === "turn") return [[0, "change", `Change: ${each.word.toLowerCase()}.`], ...lastSeconds(each.seconds)];
  if (each.kind === "lift") return lifting(each);
  if (each.kind === "lower") return each.seconds >= 2 ? [[0, "pace", `${each.word}.`]] : [];
  return holding(each);
}

function lifting(each: Segment): Array<[number, CueKind, string]> {
  const word = each.seconds >= 2 ? ` ${each.word}.` : "";
  const half = each.of >= MANY && each.rep === Math.floor(each.of / 2) + 1;
  const count = each.of > 1 && each.rep === each.of ? "Last one." : `${each.rep}.`;
  return half ? [[0, "half", "Half-way."], [0, "pace", `${count}${word}`]] : [[0, "pace", `${count}${word}`]];
}

function holding(each: Segment): Array<[number, CueKind, string]> {
  if (each.seconds < 2) return [];
  const half: Array<[number, CueKind, string]> = each.seconds >= LONG_HOLD ? [[each.seconds / 2, "half", "Half-way."]] : [];
  const long = each.seconds >= LONG_HOLD ? `Hold, ${spoken(each.seconds)}.` : "Hold.";
  return [[0, "pace", long], ...half, ...(each.seconds >= COUNTED ? lastSeconds(each.seconds) : [])];
}

function lastSeconds(seconds: number): Array<[number, CueKind, string]> {
  return [3, 2, 1].filter((left) => left < seconds).map((left) => [seconds - left, "last", String(left)]);
}

const STALE = 1; // seconds; what should have been said earlier than this is not said late

// What is due after `from` up to and with `to`. After a sleep only what belongs to now is left, and the segment's own word.
export function due(all: readonly Cue[], from: number, to: number): Cue[] {
  const crossed = all.filter((each) => each.at > from && each.at <= to);
  const fresh = crossed.filter((each) => each.at > to - STALE);
  const slept = to - from > STALE;
  const word = slept ? crossed.filter((each) => each.kind === "pace" || each.kind === "change").at(-1) : undefined;
  return word && !fresh.includes(word) ? [word, ...fresh] : fresh;
}

export function spoken(seconds: number): string {
  if (seconds < MINUTE || seconds % MINUTE) return `${seconds} seconds`;
  return seconds === MINUTE ? "one minute" : `${seconds / MINUTE} minutes`;
}
