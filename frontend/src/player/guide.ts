// The guided session: one set after the other. The clock leads; a set is kept the moment it is answered.

import { Alarm } from "./alarm";
import { Aside } from "./aside";
import { afterSet, isRed, passed, type Answers } from "./asking";
import { Clock, Span, untilNext } from "./clock.ts";
import { button, h, newId } from "./dom";
import { Ending } from "./ending";
import { missingBox } from "./missing";
import type { Queue } from "./queue";
import { Awake, Sound, type Tone } from "./sound";
import { plain, Stage } from "./stage";
import { at, cues, due, segments, spoken, stretched, total, type Segment } from "./timeline.ts";
import type { Item, Prescription, Reply, Unanswered } from "./types";
import { capital, clockwise, named, Where } from "./where";
import { wishes as kept, type Spoken, type Wishes } from "./wishes";

const MORE = 15; // seconds by which a wait is made longer or shorter
const A_LITTLE = 5; // the same inside a set
const TO_READ = 30; // seconds before an exercise that is new to her: at least so long to read how it is done
const TO_ANSWER = 12; // hands free: at least so long to answer
const PATIENCE = 4000; // ms for the line before the session goes on without it
const TONE: Partial<Record<Segment["kind"], Tone>> = { lift: "tick", hold: "go", lower: "lower", turn: "end" };

export interface Kept { item: Item; entry: string; number: number; answers: Answers }

export class Guide {
  readonly wishes: Wishes = kept();
  readonly sound = new Sound(this.wishes);
  readonly awake = new Awake((held) => this.root.classList.toggle("awake", held));
  readonly stage: Stage;
  readonly where: Where;
  readonly ending = new Ending(this);
  readonly alarm = new Alarm(this);
  last: Kept | null = null;
  rest: Span | null = null;
  resume: () => void = () => undefined;
  private readonly aside = new Aside(this);
  private readonly clock = new Clock();
  private look: (() => number) | null = null;
  private timer = 0;
  private flip: (() => void) | null = null;
  private paused: (() => number) | null = null;
  private halt: () => void = () => undefined;
  private trialOpen: Answers | null = null;

  constructor(readonly root: HTMLElement, readonly all: Prescription, readonly queue: Queue) {
    this.stage = new Stage(root, () => this.aside.preferences(), () => this.queue.hurry());
    this.where = new Where(all);
    document.addEventListener("visibilitychange", () => this.beat());
    root.addEventListener("keydown", (event) => {
      if (event.key !== " " || !(event.target instanceof HTMLElement) || event.target.closest("button, input, summary, a, label")) return;
      event.preventDefault();
      this.flip?.();
    });
  }

  // ---- time

  // Looks at the clock now, and again as soon as something may have changed; null stops looking.
  watch(look: (() => number) | null): void {
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

  remembered(): void {
    void this.queue.store.keepPlan(this.all);
  }

  waits(): void {
    const { waiting, stuck, signedOut, store } = this.queue;
    this.stage.waits(waiting, { stuck, signedOut, lasting: store.lasting });
    this.root.dataset["waiting"] = String(waiting);
  }

  // ---- the phases of a set

  begin(): void {
    const { where } = this;
    if (this.all.alarm) return this.alarm.whereToGo(this.all.alarm);
    if (this.all.ended) return this.ending.tooMuch();
    if (where.place < 0) return where.open.length ? this.ask() : void this.ending.finish();
    const start = (): void => {
      this.sound.wake();
      void this.awake.keep();
      document.body.classList.add("playing");
      if (where.open.length) this.ask();
      else this.ready(true);
    };
    this.stage.intro({ item: where.item, number: where.number, bar: where.bar, isNew: where.isNew }, start, missingBox(this.queue.store));
    this.remembered();
  }

  ready(fresh: boolean, change = false): void {
    const item = this.where.item;
    this.rest = null;
    const span = new Span(this.clock, this.toGetReady(fresh, change));
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

  private toGetReady(fresh: boolean, change: boolean): number {
    if (change) return Math.max(this.wishes.change, this.wishes.ready);
    const usual = fresh ? this.wishes.fresh : this.wishes.ready;
    return this.where.isNew ? Math.max(usual, TO_READ) : usual;
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
    this.tell("last", String(left), { twice: true });
  }

  private work(): void {
    const item = this.where.item;
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
    this.tell(kind, words, { on: kind === "pace", twice: kind === "last" || (kind === "pace" && words !== "Last one.") });
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
    const { item, number, bar, isNew } = this.where;
    const pause = this.pauseButton(span);
    const less = change && button(`−${by} s`, "button-quiet", () => { change(-by); this.beat(); });
    const more = change && button(`+${by} s`, "button-quiet", () => { change(by); this.beat(); });
    const buttons = [...first, less, change && pause, more].filter((each): each is HTMLButtonElement => Boolean(each));
    const next = name === "work" ? this.where.following() : "";
    const show = (): void => this.stage.phase(name, { item, number, bar, isNew, word, next, buttons, always: this.aside.always(name === "rest") });
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

  // A sheet over the phase: time stands still until it is left.
  over(title: string, content: HTMLElement): void {
    this.halt();
    this.sound.hush();
    this.paused = this.look ?? this.paused;
    this.watch(null);
    this.stage.sheet(title, content);
  }

  private setOver(did: "all" | "part" | null): void {
    const { item, number, place, open } = this.where;
    item.done += 1;
    open.push({ place, number, did });
    this.rest = new Span(this.clock, item.rest);
    this.tell("rest", "Done. How was it?");
    this.remembered();
    this.ask();
  }

  ask(): void {
    const open = this.where.open[0];
    if (!open) return this.onward();
    const item = this.all.items[open.place]!;
    const set = item.dose.sets > 1 ? `, set ${open.number}` : "";
    this.stage.sheet(`${named(item)}${set}: how was it?`, afterSet(item, this.all, open.did, (answers) => this.answer(open, answers)), { rest: (this.rest?.length ?? 0) > 0 });
    const goesOn = this.wishes.handsFree && this.rest !== null && this.where.place >= 0 && this.where.anythingLeft;
    const patience = Math.max(this.rest?.length ?? 0, TO_ANSWER);
    this.watch(() => {
      this.stage.restLeft(Math.ceil(this.rest?.left ?? 0));
      const asked = this.rest?.elapsed ?? 0;
      if (goesOn && asked >= patience) this.onward();
      return untilNext(Math.max(patience - asked, 0));
    });
  }

  // ---- keeping

  private answer(open: Unanswered, answers: Answers): void {
    this.where.answered(open);
    const item = this.all.items[open.place]!;
    this.keep(item, open.number, answers);
    if (isRed(answers, item.limit)) return this.ending.tooMuch();
    if (item.trial) return this.waitForTrial(answers);
    if (this.where.open.length) return this.ask();
    this.onward();
  }

  keep(item: Item, number: number, answers: Answers): void {
    const entry = newId();
    this.queue.send("/session/log/set/", { entry, session: this.all.session, item: item.place, form: item.form, number, ...answers }, (reply) => this.answered(reply));
    this.last = { item, entry, number, answers };
    this.remembered();
  }

  answered(reply: Reply): void {
    if (!reply.kept) return this.refused(reply);
    if (reply.next && !this.all.ended) return this.ending.leave(reply.next);
    if (this.trialOpen) {
      this.trialOpen = null;
      this.onward();
    }
  }

  refused(reply: Reply): void {
    this.watch(null);
    this.stage.trouble(reply.says ?? "The server did not keep this.");
  }

  // Whether the stage stays is the server's to say; without a line only a set that went well in every way goes on.
  waitForTrial(answers: Answers): void {
    this.trialOpen = answers;
    this.watch(null);
    this.stage.sheet("The trial set", h("p", { class: "lede" }, "Looking at what it showed …"));
    window.setTimeout(() => {
      if (this.trialOpen !== answers || !this.queue.stuck) return;
      this.trialOpen = null;
      if (passed(answers, this.all.easy)) return this.onward();
      this.stage.sheet("The trial set", h("div", { class: "stack" },
        h("p", { class: "lede" }, "It shows that this session may be too much for now. The session ends here; once there is a connection, it is made anew and easier."),
        h("p", { class: "actions" }, button("Go on to the last questions", "button-large", () => void this.ending.finish()))));
    }, PATIENCE);
  }

  onward(): void {
    const { where, rest } = this;
    const before = where.place < 0 ? null : where.item;
    if (!where.forward()) return where.open.length ? this.askTheRest() : void this.ending.finish();
    const item = where.item;
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
    const { item, number } = this.where;
    this.enter("rest", rest, "Rest", MORE, [button("Go on now", "button-large", () => this.ready(fresh, change))]);
    const next = change ? `then change to the ${item.side} side` : fresh ? `then ${named(item)}` : `then set ${number} of ${item.dose.sets}`;
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

  // Whatever is said stands on the page, `twice` where the large number and its word say it too; who hears neither voice nor tone sees a light.
  tell(kind: Spoken, words: string, { also = "", on = false, twice = false }: { also?: string; on?: boolean; twice?: boolean } = {}): void {
    this.stage.caption(words, twice);
    if (this.wishes.said[kind]) this.sound.say(words + also, { on });
    if (this.wishes.flash && !this.sound.speaks && !this.sound.sounds) this.stage.flash();
  }
}
