// Where a session stands: which set of which exercise is on, what is over but not yet answered, and what follows.

import type { Item, Prescription, Unanswered } from "./types";

export class Where {
  place = -1;
  number = 0;

  constructor(readonly all: Prescription) {
    all.open ??= [];
    this.forward();
  }

  get item(): Item {
    return this.all.items[this.place]!;
  }

  get open(): Unanswered[] {
    return (this.all.open ??= []);
  }

  get bar(): [number, number] {
    const done = this.all.items.reduce((sum, each) => sum + Math.min(each.done, each.dose.sets), 0);
    return [done, this.all.items.reduce((sum, each) => sum + (each.skipped ? Math.min(each.done, each.dose.sets) : each.dose.sets), 0)];
  }

  get anythingLeft(): boolean {
    return this.all.items.some(isOpen);
  }

  // Her first set of this exercise ever: how it is done is then shown without a press.
  get isNew(): boolean {
    const { item } = this;
    return item.first && this.all.items.every((each) => each.name !== item.name || each.done === 0);
  }

  // On to the next set that is open; false when nothing is left.
  forward(): boolean {
    this.place = this.all.items.findIndex(isOpen);
    this.number = this.place < 0 ? 0 : this.item.done + 1;
    return this.place >= 0;
  }

  // What follows the set that is on: the next set, the other side, another exercise, or the end.
  following(): string {
    const { item, number } = this;
    if (number < item.dose.sets) return `set ${number + 1} of ${item.dose.sets}`;
    const after = this.all.items.slice(this.place + 1).find(isOpen);
    return after ? named(after) : "the last questions";
  }

  answered(one: Unanswered): void {
    this.all.open = this.open.filter((each) => each !== one);
  }
}

function isOpen(item: Item): boolean {
  return !item.skipped && item.done < item.dose.sets;
}

export function named(item: Item): string {
  return item.side ? `${item.name}, ${item.side === "both" ? "both sides" : `${item.side} side`}` : item.name;
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function clockwise(seconds: number): string {
  return seconds < 100 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
