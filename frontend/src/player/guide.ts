// The guided session: one set after the other. The clock leads; a set is kept the moment it is answered.

import { afterAll, afterSet, isRed, passed, whatHurts, whySkip, type Answers } from "./asking";
import { Clock, Span, untilNext } from "./clock.ts";
import { button, h, newId } from "./dom";
import { missingBox } from "./missing";
import { soundAndPace } from "./preferences";
import type { Queue } from "./queue";
import { Awake, Sound, type Tone } from "./sound";
import { plain, Stage } from "./stage";
import { at, cues, due, segments, spoken, stretched, total, type Segment } from "./timeline.ts";
import type { Item, Prescription, Reply, Unanswered } from "./types";
import { wishes as kept, type Spoken, type Wishes } from "./wishes";

const MORE = 15; // seconds by which a wait is made longer or shorter
const A_LITTLE = 5; // the same inside a set
const TO_ANSWER = 12; // hands free: at least so long to answer
const PATIENCE = 4000; // ms for the line before the session goes on without it
const TONE: Partial<Record<Segment["kind"], Tone>> = { lift: "tick", hold: "go", lower: "lower", turn: "end" };

interface Kept { item: Item; entry: string; number: number; answers: Answers }

export class Guide {
  readonly wishes: Wishes = kept();
  private readonly clock = new Clock();
  private readonly sound = new Sound(this.wishes);
  private readonly awake = new Awake((held) => this.root.classList.toggle("awake", held));
  private readonly stage: Stage;
  private place = -1;
  private number = 0;
  private last: Kept | null = null;
  private rest: Span | null = null;
  private look: (() => number) | null = null;
  private timer = 0;
  private flip: (() => void) | null = null;
  private resume: () => void = () => undefined;
  private leaving = false;
  private trialOpen: Answers | null = null;

  constructor(private readonly root: HTMLElement, private readonly all: Prescription, private readonly queue: Queue) {
    this.stage = new Stage(root, () => this.preferences(), () => this.queue.hurry());
    all.open ??= [];
    this.forward();
    document.addEventListener("visibilitychange", () => this.beat());
    root.addEventListener("keydown", (event) => {
      if (event.key !== " " || !(event.target instanceof HTMLElement) || event.target.closest("button, input, summary, a, label")) return;
      event.preventDefault();
      this.flip?.();
    });
  }

  // ---- time

  // Looks at the clock now, and again as soon as something may have changed; null stops looking.
  private watch(look: (() => number) | null): void {
    this.look = look;
    this.beat();
  }

  private beat(): void {
    clearTimeout(this.timer);
    const look = this.look;
    if (!look) return;
    const wait = look();
    if (this.look === look) this.timer = window.setTimeout(() => this.beat(), wait);
  }

  // ---- where we are

  private get item(): Item {
    return this.all.items[this.place]!;
  }

  private get open(): Unanswered[] {
    return (this.all.open ??= []);
  }

  private get bar(): [number, number] {
    const done = this.all.items.reduce((sum, each) => sum + Math.min(each.done, each.dose.sets), 0);
    return [done, this.all.items.reduce((sum, each) => sum + (each.skipped ? Math.min(each.done, each.dose.sets) : each.dose.sets), 0)];
  }

  // The next set that is open; false when nothing is left.
  private forward(): boolean {
    const open = this.all.items.findIndex((each) => !each.skipped && each.done < each.dose.sets);
    this.place = open;
    this.number = open < 0 ? 0 : this.item.done + 1;
    return open >= 0;
  }

  // What follows the set that is on: the next set, the other side, another exercise, or the end.
  private following(): string {
    const item = this.item;
    if (this.number < item.dose.sets) return `set ${this.number + 1} of ${item.dose.sets}`;
    const after = this.all.items.slice(this.place + 1).find((each) => !each.skipped && each.done < each.dose.sets);
    return after ? named(after) : "the last questions";
  }

  private remembered(): void {
    void this.queue.store.keepPlan(this.all);
  }

  waits(): void {
    const { waiting, stuck, signedOut, store } = this.queue;
    this.stage.waits(waiting, { stuck, signedOut, lasting: store.lasting });
    this.root.dataset["waiting"] = String(waiting);
  }

  // ---- the phases of a set

  begin(): void {
    if (this.all.ended) return this.stopped();
    if (this.place < 0) return this.open.length ? this.ask() : void this.finish();
    const start = (): void => {
      this.sound.wake();
      void this.awake.keep();
      document.body.classList.add("playing");
      if (this.open.length) this.ask();
      else this.ready(true);
    };
    this.stage.intro(this.item, this.number, { bar: this.bar, start, missing: missingBox(this.queue.store) });
    this.remembered();
  }

  private ready(fresh: boolean, change = false): void {
    const item = this.item;
    this.rest = null;
    const seconds = change ? Math.max(this.wishes.change, this.wishes.ready) : fresh ? this.wishes.fresh : this.wishes.ready;
    const span = new Span(this.clock, seconds);
    this.enter("ready", span, change ? "Change sides" : "Get ready", MORE, [button("Start now", "button-large", () => this.work())]);
    this.announce(item, fresh, change);
    if (change && this.wishes.waitForSide) this.flip?.();
    let shown = -1;
    this.watch(() => {
      const left = Math.ceil(span.left);
      if (left !== shown && !span.stopped && left > 0 && left <= 3) this.count(left);
      shown = left;
      this.stage.number(clockwise(left), span.left / span.length);
      if (span.left <= 0) this.work();
      return untilNext(span.left);
    });
  }

  private announce(item: Item, fresh: boolean, change: boolean): void {
    const side = item.side === "left" || item.side === "right" ? `${item.side} side` : "";
    if (change) return this.tell("change", `Change: ${side}.`);
    if (!fresh) return this.tell("side", side ? `Get ready, ${side}.` : "Get ready.");
    const setUp = this.wishes.said.name && item.steps[0] ? ` ${plain(item.steps[0])}` : "";
    this.tell("name", `${item.name}.${side ? ` ${capital(side)}.` : ""} ${item.says}.`, { also: setUp });
  }

  private count(left: number): void {
    this.sound.play("tick");
    this.tell("last", String(left));
  }

  private work(): void {
    const item = this.item;
    let plan = segments(item, this.wishes);
    const span = new Span(this.clock, total(plan));
    let shortened = false;
    const over = (): void => this.setOver(shortened || item.eased ? "part" : null);
    const change = (by: number): void => {
      if (by < 0) shortened = true;
      plan = stretched(plan, span.elapsed, by);
      said = cues(plan);
      span.length = total(plan);
    };
    let said = cues(plan);
    this.enter("work", span, "Go", A_LITTLE, [button("Done", "button-large", over)], plan.length ? change : null);
    this.sound.play("go");
    if (!plan.length) return this.free(item);
    let before = -1;
    this.watch(() => {
      const now = span.elapsed;
      for (const cue of span.stopped ? [] : due(said, before, now)) this.crossed(cue.kind, cue.words, plan[cue.segment]!, item);
      before = span.stopped ? before : now;
      const here = at(plan, now);
      if (here === null) {
        this.sound.play("end");
        over();
        return 0;
      }
      this.figures(item, plan[here.index]!, here.left, 1 - now / span.length);
      return untilNext(here.left);
    });
  }

  // No clock paces it: she says when it is done.
  private free(item: Item): void {
    this.stage.number(`${item.dose.metres ?? 0} m`, 1, `${item.dose.reps ?? 1} times`);
    this.tell("pace", `Go. ${item.says}. Press done when you have finished.`);
    this.watch(null);
  }

  private crossed(kind: "pace" | "half" | "last" | "change", words: string, segment: Segment, item: Item): void {
    if (kind === "last") this.sound.play("tick");
    else if (kind !== "half") this.sound.play(TONE[segment.kind] ?? "tick");
    if (segment.kind === "turn" && segment.side) this.stage.turn(item, segment.side);
    this.tell(kind, words, { on: kind === "pace" });
  }

  private figures(item: Item, segment: Segment, left: number, share: number): void {
    const counted = segment.kind === "turn" || (segment.kind === "hold" && segment.seconds > 2);
    const turn = segment.side && segment.kind !== "turn" ? `${segment.side} leg` : "";
    const rep = segment.of > 1 ? `Rep ${segment.rep} of ${segment.of}` : turn;
    const word = segment.kind === "hold" && item.dose.hold_s && item.dose.hold_s >= 120 ? item.steady : segment.word;
    this.stage.number(counted ? clockwise(Math.ceil(left)) : String(segment.rep), share, word, rep);
  }

  // A phase on the screen, with its pause and its seconds more or less; `resume` comes back to it from a sheet.
  private enter(name: "ready" | "work" | "rest", span: Span, word: string, by: number, first: HTMLElement[], change: ((by: number) => void) | null = (more) => span.change(more)): void {
    const item = this.item;
    const pause = this.pauseButton(span);
    const less = change && button(`−${by} s`, "button-quiet", () => { change(-by); this.beat(); });
    const more = change && button(`+${by} s`, "button-quiet", () => { change(by); this.beat(); });
    const buttons = [...first, less, change && pause, more].filter((each): each is HTMLButtonElement => Boolean(each));
    const next = name === "work" ? this.following() : "";
    const show = (): void => this.stage.phase(name, { item, number: this.number, bar: this.bar, word, next, buttons, always: this.always(name === "rest") });
    show();
    this.resume = () => {
      const look = this.look ?? this.paused;
      show();
      span.goOn();
      this.root.classList.remove("stopped");
      pause.textContent = "Pause";
      this.watch(look);
    };
    this.halt = () => span.stop();
  }

  private paused: (() => number) | null = null;
  private halt: () => void = () => undefined;

  // A sheet over the phase: time stands still until it is left.
  private over(title: string, content: HTMLElement): void {
    this.halt();
    this.sound.hush();
    this.paused = this.look ?? this.paused;
    this.watch(null);
    this.stage.sheet(title, content);
  }

  private setOver(did: "all" | "part" | null): void {
    const item = this.item;
    item.done += 1;
    this.open.push({ place: this.place, number: this.number, did });
    this.rest = new Span(this.clock, item.rest);
    this.tell("rest", "Done. How was it?");
    this.remembered();
    this.ask();
  }

  private ask(): void {
    const open = this.open[0];
    if (!open) return this.onward();
    const item = this.all.items[open.place]!;
    const set = item.dose.sets > 1 ? `, set ${open.number}` : "";
    this.stage.sheet(`${named(item)}${set}: how was it?`, afterSet(item, this.all, open.did, (answers) => this.answer(open, answers)), { rest: (this.rest?.length ?? 0) > 0 });
    const goesOn = this.wishes.handsFree && this.rest !== null && this.place >= 0 && this.anythingLeft();
    const patience = Math.max(this.rest?.length ?? 0, TO_ANSWER);
    this.watch(() => {
      this.stage.restLeft(Math.ceil(this.rest?.left ?? 0));
      const asked = this.rest?.elapsed ?? 0;
      if (goesOn && asked >= patience) this.onward();
      return untilNext(Math.max(patience - asked, 0));
    });
  }

  private anythingLeft(): boolean {
    return this.all.items.some((each) => !each.skipped && each.done < each.dose.sets);
  }

  // ---- keeping

  private answer(open: Unanswered, answers: Answers): void {
    this.all.open = this.open.filter((each) => each !== open);
    const item = this.all.items[open.place]!;
    this.keep(item, open.number, answers);
    if (isRed(answers, this.all.limit)) return this.stopped();
    if (item.trial) return this.waitForTrial(answers);
    if (this.open.length) return this.ask();
    this.onward();
  }

  private keep(item: Item, number: number, answers: Answers): void {
    const entry = newId();
    this.queue.send("/session/log/set/", { entry, session: this.all.session, item: item.place, number, ...answers }, (reply) => this.answered(reply));
    this.last = { item, entry, number, answers };
    this.remembered();
  }

  private answered(reply: Reply): void {
    if (!reply.kept) return this.refused(reply);
    if (reply.next && !this.all.ended) return this.leave(reply.next);
    if (this.trialOpen) {
      this.trialOpen = null;
      this.onward();
    }
  }

  private refused(reply: Reply): void {
    this.watch(null);
    this.stage.trouble(reply.says ?? "The server did not keep this.");
  }

  // Whether the stage stays is the server's to say; without a line only a set that went well in every way goes on.
  private waitForTrial(answers: Answers): void {
    this.trialOpen = answers;
    this.watch(null);
    this.stage.sheet("The trial set", h("p", { class: "lede" }, "Looking at what it showed …"));
    window.setTimeout(() => {
      if (this.trialOpen !== answers || !this.queue.stuck) return;
      this.trialOpen = null;
      if (passed(answers, this.all.easy)) return this.onward();
      this.stage.sheet("The trial set", h("div", { class: "stack" },
        h("p", { class: "lede" }, "It shows that this session may be too much for now. The session ends here; once there is a connection, it is made anew and easier."),
        h("p", { class: "actions" }, button("Go on to the last questions", "button-large", () => void this.finish()))));
    }, PATIENCE);
  }

  private onward(): void {
    const before = this.all.items[this.place] ?? null;
    const rest = this.rest;
    if (!this.forward()) return this.open.length ? this.askTheRest() : void this.finish();
    const item = this.item;
    const fresh = before !== item;
    const change = fresh && before !== null && before.name === item.name && before.side !== item.side;
    if (rest && rest.left > 1) this.resting(rest, fresh, change);
    else this.ready(fresh, change);
  }

  private askTheRest(): void {
    this.rest = null;
    this.ask();
  }

  private resting(rest: Span, fresh: boolean, change: boolean): void {
    const item = this.item;
    this.enter("rest", rest, "Rest", MORE, [button("Go on now", "button-large", () => this.ready(fresh, change))]);
    const next = change ? `then change to the ${item.side} side` : fresh ? `then ${named(item)}` : `then set ${this.number} of ${item.dose.sets}`;
    this.tell("rest", `Rest, ${spoken(Math.round(rest.left))}, ${next}.`);
    let told = false;
    this.watch(() => {
      this.stage.number(clockwise(Math.ceil(rest.left)), rest.left / rest.length);
      if (!told && rest.left <= 10 && rest.length > 20) {
        told = true;
        this.tell("rest", "Ten seconds.");
      }
      if (rest.left <= 0) this.ready(fresh, change);
      return untilNext(rest.left);
    });
  }

  // ---- at any moment

  private always(resting: boolean): HTMLElement[] {
    return [button("This hurts", "button-stop", () => this.hurts(resting)), button("More …", "button-quiet", () => this.more())];
  }

  private more(): void {
    const item = this.item;
    const choice = (words: string, press: () => void): HTMLElement => h("li", {}, button(words, "button-quiet button-large", press));
    this.over(named(item), h("div", { class: "stack" },
      h("ul", { class: "player-choices" },
        choice("Begin this set again", () => this.ready(false)),
        choice("Leave it out", () => this.leaveOut()),
        this.last || this.open.length ? choice("Take back the last set", () => this.takeBack()) : false,
        choice("End here", () => this.endHere())),
      h("p", { class: "actions" }, button("Go on", "button-large", () => this.resume()))));
  }

  private preferences(): void {
    if (!["ready", "work", "rest"].includes(this.root.dataset["phase"] ?? "")) return this.settingsBefore();
    this.over("Sound and pace", soundAndPace(this.wishes, this.sound, () => this.resume()));
  }

  // From the first page and from a question: back to the same.
  private settingsBefore(): void {
    if (this.root.dataset["phase"] === "intro") return this.stage.sheet("Sound and pace", soundAndPace(this.wishes, this.sound, () => this.begin()));
    if (this.open.length && !this.root.querySelector(".preferences")) this.stage.sheet("Sound and pace", soundAndPace(this.wishes, this.sound, () => this.ask()));
  }

  // In the rest it belongs to the set just done, which is then told anew; else to the set that is on.
  private hurts(resting: boolean): void {
    const before = resting ? this.last : null;
    const item = before?.item ?? this.item;
    this.over("What hurts?", whatHurts(item, this.all, (answers) => (before ? this.hurtAfter(before, answers) : this.hurtNow(item, answers)), () => this.resume()));
  }

  private hurtNow(item: Item, answers: Answers): void {
    item.done += 1;
    this.keep(item, this.number, answers);
    this.afterPain(item, answers);
  }

  private hurtAfter({ item, entry, number, answers }: Kept, now: Answers): void {
    this.queue.send("/session/log/undo/", { entry: newId(), session: this.all.session, set: entry });
    const pain = { ...answers.pain };
    for (const side of item.sides) pain[side] = worse(answers.pain[side], now.pain[side]);
    const signs = answers.signs && now.signs ? [...new Set([...answers.signs, ...now.signs])] : (now.signs?.length ? now.signs : null);
    const told = { ...answers, pain, signs };
    this.keep(item, number, told);
    this.afterPain(item, told);
  }

  private afterPain(item: Item, answers: Answers): void {
    if (isRed(answers, this.all.limit)) return this.stopped();
    if (item.trial) return this.waitForTrial(answers);
    const left = item.skipped ? 0 : item.dose.sets - item.done;
    if (left <= 0) return this.onward();
    const below = item.below;
    this.watch(null);
    this.stage.sheet("It is kept", h("div", { class: "stack" },
      h("p", { class: "lede" }, "This set is over. Nothing goes up from a set that hurt. Choose what the rest of this exercise should be."),
      h("ul", { class: "player-choices" },
        h("li", {}, button("Leave the rest out", "button-large", () => this.skip(item, "pain"))),
        below && !item.eased && h("li", {}, button(`One step easier: ${below.says}`, "button-quiet button-large", () => this.ease(item))),
        h("li", {}, button("Try the next set, smaller and slower", "button-quiet button-large", () => this.onward())))));
  }

  private ease(item: Item): void {
    if (item.below) Object.assign(item, { dose: item.below.dose, says: item.below.says, eased: true });
    this.remembered();
    this.onward();
  }

  private leaveOut(): void {
    const item = this.item;
    this.stage.sheet(`Leave out ${item.name}`, whySkip(this.all, (why) => this.skip(item, why), () => this.resume()));
  }

  private skip(item: Item, why: string): void {
    this.queue.send("/session/log/skip/", { entry: newId(), session: this.all.session, item: item.place, why }, (reply) => this.answered(reply));
    item.skipped = true;
    this.rest = null;
    this.remembered();
    this.onward();
  }

  private takeBack(): void {
    const unanswered = this.open.pop();
    const item = unanswered ? this.all.items[unanswered.place]! : this.last?.item;
    if (!item) return;
    if (!unanswered && this.last) {
      const { entry } = this.last;
      this.last = null;
      this.queue.send("/session/log/undo/", { entry: newId(), session: this.all.session, set: entry }, (reply) => { if (!reply.kept) this.refused(reply); });
    }
    item.done -= 1;
    item.skipped = false;
    this.rest = null;
    this.forward();
    this.remembered();
    this.ready(true);
  }

  // ---- the end

  private endHere(): void {
    this.stage.sheet("End here?", h("div", { class: "stack" },
      h("p", { class: "lede" }, "Stopping while the movement is still good is doing it right. The sets that you did count, and the others are not owed."),
      h("p", { class: "actions" }, button("End the session", "button-large", () => void this.finish()), button("Go on", "button-quiet", () => this.resume()))));
  }

  private stopped(): void {
    this.all.ended = true;
    this.remembered();
    this.watch(null);
    this.sound.play("end");
    this.tell("rest", "Stop. The session ends here.");
    this.stage.sheet("The session ends here", h("div", { class: "stack" },
      h("p", { class: "lede" }, "That was more than an exercise may cause. Stop now, breathe, and walk about gently if you can. The rest of the session is left out; that is the rule, not your fault."),
      h("p", { class: "actions" }, button("Go on to the last questions", "button-large", () => void this.finish()))));
  }

  // The last questions are a page of their own; without a line they are asked here, and wait like everything else.
  private async finish(): Promise<void> {
    if (this.leaving) return;
    this.leaving = true;
    this.watch(null);
    void this.awake.release();
    this.tell("rest", "That was the last set.");
    this.stage.sheet("One moment", h("p", { class: "lede" }, "The last sets are being kept."));
    if (await this.queue.drained(PATIENCE)) return this.go("/session/end/");
    this.stage.sheet("How was it?", afterAll((said) => {
      this.queue.send("/session/log/end/", { entry: newId(), session: this.all.session, at: new Date().toISOString(), ...said }, () => void this.go("/session/done/"));
      this.goodbye();
    }));
  }

  private goodbye(): void {
    document.body.classList.remove("playing");
    this.stage.sheet("That was your session", h("div", { class: "stack" },
      h("p", { class: "lede" }, this.all.ended ? "You stopped when it hurt. That was right." : "You took care to do it well. That is what counts, not how much it was."),
      h("p", {}, "What you did waits on this device. It is sent as soon as there is a connection and Psoas is opened; what comes next is decided then.")));
  }

  // Leaves the page once everything has arrived; a safety stop that the server tells of always wins.
  private leave(address: string): void {
    if (this.leaving) return;
    this.leaving = true;
    this.watch(null);
    void this.awake.release();
    if (this.queue.waiting) this.stage.sheet("One moment", h("p", { class: "lede" }, "The last sets are being kept. Keep this page open."));
    const go = (): void => void (this.queue.waiting ? window.setTimeout(go, 200) : this.go(address));
    go();
  }

  private async go(address: string): Promise<void> {
    await this.queue.store.erase();
    location.assign(address);
  }

  // ---- pause, and words

  private pauseButton(span: Span): HTMLButtonElement {
    const flip = (): void => {
      if (span.stopped) span.goOn();
      else span.stop();
      pause.textContent = span.stopped ? "Go on" : "Pause";
      this.root.classList.toggle("stopped", span.stopped);
      this.tell("rest", span.stopped ? "Paused." : "Going on.");
      this.beat();
    };
    const pause = button("Pause", "button-quiet", flip);
    this.flip = flip;
    this.root.classList.remove("stopped");
    return pause;
  }

  // Whatever is said stands on the page; who hears neither voice nor tone sees a light.
  private tell(kind: Spoken, words: string, { also = "", on = false }: { also?: string; on?: boolean } = {}): void {
    this.stage.caption(words);
    if (this.wishes.said[kind]) this.sound.say(words + also, { on });
    if (this.wishes.flash && !this.sound.speaks && !this.sound.sounds) this.stage.flash();
  }
}

function named(item: Item): string {
  return item.side ? `${item.name}, ${item.side === "both" ? "both sides" : `${item.side} side`}` : item.name;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function clockwise(seconds: number): string {
  return seconds < 100 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// The worse of two pains; one that is not known stays so unless the other is higher than none.
function worse(one: number | null | undefined, two: number | null | undefined): number | null {
  if (typeof one !== "number" || typeof two !== "number") return one ?? two ?? null;
  return Math.max(one, two);
}
