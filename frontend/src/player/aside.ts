// What she may do at any moment of a set: say that it hurts, leave out, take back, look at sound and pace.

import { isRed, whatHurts, whySkip, type Answers } from "./asking";
import { button, h, newId } from "./dom";
import type { Guide, Kept } from "./guide";
import { soundAndPace } from "./preferences";
import { Swap } from "./swap";
import type { Item } from "./types";
import { named } from "./where";

export class Aside {
  private readonly swap: Swap;

  constructor(private readonly guide: Guide) {
    this.swap = new Swap(guide);
  }

  // Under every phase.
  always(resting: boolean): HTMLElement[] {
    return [button("This hurts", "button-stop", () => this.hurts(resting)), button("More …", "button-quiet", () => this.more())];
  }

  private more(): void {
    const { guide } = this;
    const item = guide.where.item;
    guide.over(named(item), h("div", { class: "stack" },
      h("ul", { class: "player-choices" },
        choice("Begin this set again", () => guide.ready(false)),
        this.swap.others(item).length ? choice("Do another exercise instead", () => this.swap.choose(item)) : false,
        choice("Leave it out", () => this.leaveOut()),
        guide.last || guide.where.open.length ? choice("Take back the last set", () => this.takeBack()) : false,
        choice("Something else is wrong", () => guide.alarm.tell()),
        choice("End here", () => guide.ending.here())),
      h("p", { class: "actions" }, button("Go on", "button-large", () => guide.resume()))));
  }

  // ---- sound and pace

  preferences(): void {
    const { guide } = this;
    const back = (to: () => void): HTMLElement => soundAndPace(guide.wishes, guide.sound, to);
    const { phase } = guide.root.dataset;
    if (phase === "intro") guide.stage.sheet("Sound and pace", back(() => guide.begin()));
    else if (["ready", "work", "rest"].includes(phase ?? "")) guide.over("Sound and pace", back(() => guide.resume()));
    else if (guide.where.open.length && !guide.root.querySelector(".preferences")) guide.stage.sheet("Sound and pace", back(() => guide.ask()));
  }

  // ---- pain

  // In the rest it belongs to the set just done, which is then told anew; else to the set that is on.
  private hurts(resting: boolean): void {
    const { guide } = this;
    const before = resting ? guide.last : null;
    const item = before?.item ?? guide.where.item;
    const told = (answers: Answers): void => (before ? this.hurtAfter(before, answers) : this.hurtNow(item, answers));
    guide.over("What hurts?", whatHurts(item, guide.all, told, () => guide.resume(), this.somethingElse()));
  }

  // A warning sign is no pain of an exercise, and has its own way.
  private somethingElse(): HTMLElement {
    return h("p", { class: "actions" }, button("Something else is wrong", "button-quiet button-large", () => this.guide.alarm.tell()));
  }

  private hurtNow(item: Item, answers: Answers): void {
    item.done += 1;
    this.guide.keep(item, this.guide.where.number, answers);
    this.afterPain(item, answers);
  }

  private hurtAfter({ item, entry, number, answers }: Kept, now: Answers): void {
    const { guide } = this;
    guide.queue.send("/session/log/undo/", { entry: newId(), session: guide.all.session, set: entry });
    const pain = { ...answers.pain };
    for (const side of item.sides) pain[side] = worse(answers.pain[side], now.pain[side]);
    const signs = answers.signs && now.signs ? [...new Set([...answers.signs, ...now.signs])] : (now.signs?.length ? now.signs : null);
    const told = { ...answers, pain, signs };
    guide.keep(item, number, told);
    this.afterPain(item, told);
  }

  private afterPain(item: Item, answers: Answers): void {
    const { guide } = this;
    if (isRed(answers, item.limit)) return guide.ending.tooMuch();
    if (item.trial) return guide.waitForTrial(answers);
    const left = item.skipped ? 0 : item.dose.sets - item.done;
    if (left <= 0) return guide.onward();
    const below = item.below;
    guide.watch(null);
    guide.stage.sheet("It is kept", h("div", { class: "stack" },
      h("p", { class: "lede" }, "This set is over. Nothing goes up from a set that hurt. Choose what the rest of this exercise should be."),
      h("ul", { class: "player-choices" },
        h("li", {}, button("Leave the rest out", "button-large", () => this.skip(item, "pain"))),
        below && !item.eased && choice(`One step easier: ${below.says}`, () => this.ease(item)),
        choice("Try the next set, smaller and slower", () => guide.onward()))));
  }

  private ease(item: Item): void {
    if (item.below) Object.assign(item, { dose: item.below.dose, says: item.below.says, eased: true });
    this.guide.remembered();
    this.guide.onward();
  }

  // ---- leaving out, taking back

  private leaveOut(): void {
    const { guide } = this;
    const item = guide.where.item;
    guide.stage.sheet(`Leave out ${item.name}`, whySkip(guide.all, (why) => this.skip(item, why), () => guide.resume()));
  }

  private skip(item: Item, why: string): void {
    const { guide } = this;
    guide.queue.send("/session/log/skip/", { entry: newId(), session: guide.all.session, item: item.place, why }, (reply) => guide.answered(reply));
    item.skipped = true;
    guide.rest = null;
    guide.remembered();
    guide.onward();
  }

  private takeBack(): void {
    const { guide } = this;
    const unanswered = guide.where.open.pop();
    const item = unanswered ? guide.all.items[unanswered.place]! : guide.last?.item;
    if (!item) return;
    if (!unanswered && guide.last) {
      const { entry } = guide.last;
      guide.last = null;
      guide.queue.send("/session/log/undo/", { entry: newId(), session: guide.all.session, set: entry }, (reply) => { if (!reply.kept) guide.refused(reply); });
    }
    item.done -= 1;
    item.skipped = false;
    guide.rest = null;
    guide.where.forward();
    guide.remembered();
    guide.ready(true);
  }
}

export function choice(words: string, press: () => void): HTMLElement {
  return h("li", {}, button(words, "button-quiet button-large", press));
}

// The worse of two pains; one that is not known stays so unless the other is higher than none.
function worse(one: number | null | undefined, two: number | null | undefined): number | null {
  if (typeof one !== "number" || typeof two !== "number") return one ?? two ?? null;
  return Math.max(one, two);
}
