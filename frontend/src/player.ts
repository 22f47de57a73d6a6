// The session player: one set after the other. The clock leads; every set is sent the moment it is answered.

import { afterSet, isRed, whatHurts, whySkip, type Answers } from "./player/asking";
import { Clock, Span } from "./player/clock";
import { button, h, newId } from "./player/dom";
import { Queue } from "./player/queue";
import { at, segments, spoken, total, type Segment } from "./player/sequence";
import { Awake, Sound } from "./player/sound";
import { Stage } from "./player/stage";
import type { Item, Prescription, Reply } from "./player/types";

const READY = 5;
const READY_NEW = 12; // into a new position
const MORE = 15;

class Player {
  private readonly clock = new Clock();
  private readonly sound = new Sound();
  private readonly awake = new Awake();
  private readonly queue: Queue;
  private readonly stage: Stage;
  private place = -1;
  private number = 0;
  private last: { item: Item; entry: string } | null = null;
  private rest: Span | null = null;
  private ticking: (() => void) | null = null;
  private onPause: ((stopped: boolean) => void) | null = null;
  private leaving = false;
  private ended = false; // by the pain rule: she reads why before she goes on

  constructor(private readonly root: HTMLElement, private readonly all: Prescription, token: string) {
    this.queue = new Queue(token, () => this.stage?.waits(this.queue.waiting, this.queue.stuck));
    this.stage = new Stage(root, this.sound, () => this.queue.hurry());
    this.forward();
    setInterval(() => this.ticking?.(), 100);
    document.addEventListener("visibilitychange", () => this.ticking?.());
    root.addEventListener("keydown", (event) => {
      if (event.key === " " && event.target instanceof HTMLElement && !event.target.closest("button, input, summary, a")) {
        event.preventDefault();
        this.onPause?.(true);
      }
    });
  }

  // ---- where we are

  private get item(): Item {
    return this.all.items[this.place]!;
  }

  private get done(): number {
    return this.all.items.reduce((sum, each) => sum + Math.min(each.done, each.dose.sets), 0);
  }

  private get everything(): number {
    return this.all.items.reduce((sum, each) => sum + (each.skipped ? Math.min(each.done, each.dose.sets) : each.dose.sets), 0);
  }

  // The next set that is open; false when nothing is left.
  private forward(): boolean {
    const open = this.all.items.findIndex((each) => !each.skipped && each.done < each.dose.sets);
    this.place = open;
    this.number = open < 0 ? 0 : this.item.done + 1;
    return open >= 0;
  }

  // ---- the phases of a set

  begin(): void {
    if (this.place < 0) return this.over();
    this.stage.intro(this.item, this.number, {
      bar: [this.done, this.everything],
      start: () => {
        this.sound.wake();
        void this.awake.keep();
        document.body.classList.add("playing");
        this.ready(true);
      },
    });
  }

  private ready(fresh: boolean): void {
    const span = new Span(this.clock, fresh ? READY_NEW : READY);
    const item = this.item;
    const where = item.side === "left" || item.side === "right" ? ` ${item.side} side.` : "";
    this.stage.phase("ready", {
      item,
      number: this.number,
      bar: [this.done, this.everything],
      word: "Get ready",
      buttons: [
        button("Start now", "button-large", () => this.work()),
        button(`${MORE} s more`, "button-quiet", () => (span.length += MORE)),
        this.pauseButton(span),
      ],
      always: this.always(),
    });
    this.tell(fresh ? `Next: ${item.name}.${where} ${item.says}.` : `Get ready.${where}`);
    let shown = -1;
    this.ticking = () => {
      const left = Math.ceil(span.left);
      if (left !== shown && !span.stopped) {
        shown = left;
        if (left > 0 && left <= 3) this.sound.play("tick");
      }
      this.stage.number(String(left), span.left / span.length);
      if (span.left <= 0) this.work();
    };
    this.ticking();
  }

  private work(): void {
    const item = this.item;
    const plan = segments(item);
    const span = new Span(this.clock, total(plan));
    this.sound.play("go");
    this.stage.phase("work", {
      item,
      number: this.number,
      bar: [this.done, this.everything],
      word: "Go",
      buttons: [button("Done", "button-large", () => this.ask()), ...(plan.length ? [this.pauseButton(span)] : [])],
      always: this.always(),
    });
    if (!plan.length) {
      this.stage.number(`${item.dose.metres ?? 0} m`, 1, `${item.dose.reps ?? 1} times`);
      this.tell(`Go. ${item.says}. Press done when you have finished.`);
      this.ticking = null;
      return;
    }
    this.ticking = this.paced(item, plan, span);
    this.ticking();
  }

  // What happens at each look at the clock while a set runs.
  private paced(item: Item, plan: Segment[], span: Span): () => void {
    let current = -1;
    const reps = item.dose.reps ?? 1;
    const holding = (item.dose.hold_s ?? 0) > 0;
    return () => {
      const here = at(plan, span.elapsed);
      if (here === null) return this.finished();
      const segment = plan[here.index]!;
      if (here.index !== current) {
        current = here.index;
        this.crossed(segment, holding);
      }
      const inHold = segment.kind === "hold" && holding;
      const big = inHold ? String(Math.ceil(here.left)) : holding ? segment.word : String(segment.rep);
      const below = reps > 1 ? `${inHold ? segment.word : holding ? "" : segment.word} · ${segment.rep} of ${reps}`.replace(/^ · /, "") : segment.word;
      this.stage.number(big, 1 - span.elapsed / span.length, below);
    };
  }

  private crossed(segment: Segment, holding: boolean): void {
    if (segment.kind === "hold" && !holding) return;
    this.sound.play(segment.kind === "lower" ? "lower" : segment.kind === "hold" ? "go" : "tick");
    this.tell(segment.says);
  }

  private finished(): void {
    this.sound.play("end");
    this.tell("Done. How was it?");
    this.ask();
  }

  private ask(): void {
    const item = this.item;
    this.rest ??= new Span(this.clock, item.rest);
    this.stage.sheet(`${item.name}: how was it?`, afterSet(item, this.all, (answers) => this.keep(answers)), { rest: item.rest > 0 });
    this.ticking = () => this.stage.restLeft(Math.ceil(this.rest?.left ?? 0));
    this.ticking();
  }

  // ---- keeping

  private keep(answers: Answers, then?: () => void): void {
    const item = this.item;
    const entry = newId();
    this.queue.send("/session/log/set/", { entry, session: this.all.session, item: item.place, number: this.number, ...answers }, (reply) => this.answered(reply));
    item.done += 1;
    this.last = { item, entry };
    if (isRed(answers, this.all.limit)) return this.stopped();
    if (item.trial) return this.waitForTrial();
    if (then) return then();
    this.onward();
  }

  private answered(reply: Reply): void {
    if (!reply.kept) return this.refused(reply);
    if (reply.next && !this.ended) this.leave(reply.next);
    if (this.trialOpen && !reply.next) {
      this.trialOpen = false;
      this.onward();
    }
  }

  private refused(reply: Reply): void {
    this.ticking = null;
    this.stage.trouble(reply.says ?? "The server did not keep this.");
  }

  private trialOpen = false;

  // Whether the stage stays is known only once the server has seen the trial set.
  private waitForTrial(): void {
    this.trialOpen = true;
    this.ticking = null;
    this.stage.sheet("The trial set", h("p", { class: "lede" }, "Looking at what it showed …"));
  }

  private onward(): void {
    const before = this.item;
    const rest = this.rest;
    this.rest = null;
    if (!this.forward()) return this.over();
    const fresh = before !== this.item;
    if (rest && rest.left > 1) this.resting(rest, before, fresh);
    else this.ready(fresh);
  }

  private resting(rest: Span, before: Item, fresh: boolean): void {
    const item = this.item;
    const change = fresh && before.name === item.name && before.side !== item.side;
    this.stage.phase("rest", {
      item,
      number: this.number,
      bar: [this.done, this.everything],
      word: change ? "Change sides" : "Rest",
      buttons: [
        button("Go on now", "button-large", () => this.ready(fresh)),
        button(`${MORE} s more`, "button-quiet", () => (rest.length += MORE)),
        this.pauseButton(rest),
      ],
      always: this.always(),
    });
    this.tell(change ? `Rest, ${spoken(Math.round(rest.left))}. Then change to the ${item.side} side.` : `Rest, ${spoken(Math.round(rest.left))}.`);
    let told = false;
    this.ticking = () => {
      this.stage.number(String(Math.ceil(rest.left)), rest.left / rest.length);
      if (!told && rest.left <= 10 && rest.length > 20) {
        told = true;
        this.tell("Ten seconds.");
      }
      if (rest.left <= 0) this.ready(fresh);
    };
    this.ticking();
  }

  // ---- pain, skips, undo, the end

  private always(): HTMLElement[] {
    const buttons = [button("This hurts", "button-stop", () => this.hurts()), button("Leave it out", "button-plain", () => this.leaveOut())];
    if (this.last) buttons.push(button("Take back the last set", "button-plain", () => this.takeBack()));
    buttons.push(button("End here", "button-plain", () => this.leave("/session/end/")));
    return buttons;
  }

  private hurts(): void {
    const item = this.item;
    this.ticking = null;
    this.sound.hush();
    const keep = (answers: Answers): void => this.keep(answers, () => this.afterHurt(item));
    this.stage.sheet("What hurts?", whatHurts(item, this.all, keep, () => this.ready(false)));
  }

  // Not red: the person decides whether the exercise goes on.
  private afterHurt(item: Item): void {
    const left = item.dose.sets - item.done;
    if (left <= 0) return this.onward();
    const says = h("div", { class: "stack" },
      h("p", { class: "lede" }, "It is kept. Nothing goes up from a set that hurt. You can leave the rest of this exercise out, or try the next set smaller and slower."),
      h("p", { class: "actions" }, button("Leave the rest out", "button-large", () => this.skip("pain")), button("Try the next set", "button-quiet", () => this.onward())));
    this.stage.sheet("It is kept", says);
  }

  private leaveOut(): void {
    this.ticking = null;
    this.stage.sheet(`Leave out ${this.item.name}`, whySkip(this.all, (why) => this.skip(why), () => this.ready(false)));
  }

  private skip(why: string): void {
    const item = this.item;
    this.queue.send("/session/log/skip/", { entry: newId(), session: this.all.session, item: item.place, why }, (reply) => this.answered(reply));
    item.skipped = true;
    this.rest = null;
    this.onward();
  }

  private takeBack(): void {
    if (!this.last) return;
    const { item, entry } = this.last;
    this.queue.send("/session/log/undo/", { session: this.all.session, set: entry }, (reply) => {
      if (!reply.kept) return this.refused(reply);
      item.done -= 1;
      item.skipped = false;
      this.last = null;
      this.rest = null;
      this.forward();
      this.ready(false);
    });
  }

  private stopped(): void {
    this.ended = true;
    this.ticking = null;
    this.sound.play("end");
    this.tell("Stop. The session ends here.");
    this.stage.sheet("The session ends here", h("div", { class: "stack" },
      h("p", { class: "lede" }, "That was more than an exercise may cause. Stop now, breathe, and walk about gently if you can. The rest of the session is left out; that is the rule, not your fault."),
      h("p", { class: "actions" }, button("Go on to the last questions", "button-large", () => this.leave("/session/end/")))));
  }

  private over(): void {
    this.ticking = null;
    this.sound.play("end");
    this.tell("That was the last set.");
    this.leave("/session/end/");
  }

  // Leaves the page once everything has arrived.
  private leave(address: string): void {
    if (this.leaving) return;
    this.leaving = true;
    this.ticking = null;
    void this.awake.release();
    const go = (): void => {
      if (this.queue.waiting) window.setTimeout(go, 200);
      else location.assign(address);
    };
    if (this.queue.waiting) this.stage.sheet("One moment", h("p", { class: "lede" }, "The last sets are being kept. Keep this page open."));
    go();
  }

  // ---- pause, and words

  private pauseButton(span: Span): HTMLButtonElement {
    const flip = (): void => {
      if (span.stopped) span.goOn();
      else span.stop();
      pause.textContent = span.stopped ? "Go on" : "Pause";
      this.root.classList.toggle("stopped", span.stopped);
      this.tell(span.stopped ? "Paused." : "Going on.");
    };
    const pause = button("Pause", "button-quiet", flip);
    this.onPause = flip;
    this.root.classList.remove("stopped");
    return pause;
  }

  private tell(words: string): void {
    this.stage.caption(words);
    this.sound.say(words);
  }
}

const root = document.getElementById("player");
const data = document.getElementById("prescription");
const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
if (root && data?.textContent && token) {
  root.hidden = false;
  document.getElementById("by-hand")?.removeAttribute("open");
  new Player(root, JSON.parse(data.textContent) as Prescription, token.value).begin();
}
