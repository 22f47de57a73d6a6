// Another exercise in the place of one that was not begun: what the server said may stand in, with a line or without one.

import { choice } from "./aside";
import { button, h, newId } from "./dom";
import type { Guide } from "./guide";
import type { Item, Other, Prescription } from "./types";

// What the server lets stand in, kept with the plan, so that it can be chosen without a line too.
export async function learnSwaps(plan: Prescription): Promise<void> {
  try {
    const answer = await fetch("/session/swaps/", { headers: { Accept: "application/json" } });
    if (answer.ok) plan.swaps = (await answer.json()) as Record<number, Other[]>;
  } catch {
    // without a line what was learnt before stands
  }
}

export class Swap {
  constructor(private readonly guide: Guide) {}

  // Nothing once a set of it was done: then it can only be left out.
  others(item: Item): Other[] {
    const { all } = this.guide;
    const begun = all.items.some((each) => each.name === item.name && (each.done > 0 || each.skipped));
    return begun ? [] : (all.swaps?.[item.place] ?? []);
  }

  choose(item: Item): void {
    const { guide } = this;
    guide.stage.sheet(`In place of ${item.name}`, h("div", { class: "stack" },
      h("p", { class: "lede" }, "Each trains the same thing, and nothing speaks against it. It starts on its first step, and stays until you swap back on your plan."),
      h("ul", { class: "player-choices" }, ...this.others(item).map((other) => choice(other.words, () => this.take(item, other)))),
      h("p", { class: "actions" }, button("Go on as it was", "button-quiet", () => guide.resume()))));
  }

  private take(item: Item, other: Other): void {
    const { guide } = this;
    guide.queue.send("/session/log/swap/", { entry: newId(), session: guide.all.session, item: item.place, to: other.to }, (reply) => guide.answered(reply));
    for (const each of other.items) {
      guide.all.items[each.place] = each;
      delete guide.all.swaps?.[each.place]; // what may stand in for the new one is the server's to say
    }
    guide.remembered();
    guide.rest = null;
    guide.where.forward();
    guide.ready(true);
  }
}
