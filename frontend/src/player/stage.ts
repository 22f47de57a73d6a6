// What is seen from two metres: a moving picture, one large number, one cue, the side, the set, the repetition, what comes next.

import { button, h } from "./dom";
import type { Item, SideName } from "./types";

export interface Next {
  item: Item;
  number: number;
  bar: [done: number, all: number];
  isNew: boolean;
}

export interface Shown extends Next {
  word: string;
  next: string;
  buttons: HTMLElement[];
  always: HTMLElement[];
}

const SIDE_WORDS = { both: "Both sides", left: "Left side", right: "Right side", "": "" };

export class Stage {
  private readonly status = h("p", { class: "player-status", role: "status" });
  private readonly spoken = h("p", { class: "player-caption", "aria-live": "assertive" });
  private readonly bar = h("progress", { class: "player-bar", max: "1", value: "0" });
  private readonly body = h("div", { class: "player-body" });
  private readonly big = h("span", { class: "player-number" });
  private readonly below = h("span", { class: "player-below" });
  private readonly rep = h("span", { class: "player-rep" });
  private readonly side = h("span", { class: "side" });
  private readonly line = h("i", { class: "player-line" });
  private readonly rest = h("p", { class: "player-rest", hidden: true });
  private picture: HTMLImageElement | null = null;
  private item: Item | null = null;
  private word = "";

  constructor(private readonly root: HTMLElement, settings: () => void, hurry: () => void) {
    root.append(this.bar, h("div", { class: "player-top" }, this.status, this.spoken, button("Sound and pace", "button-switch", settings)), this.body);
    this.status.addEventListener("click", hurry);
  }

  // Before the first press.
  intro(next: Next, start: () => void, missing: HTMLElement): void {
    this.root.dataset["phase"] = "intro";
    this.show(this.figure(next.item), this.head(next, false), h("p", { class: "actions" }, button(next.bar[0] ? "Go on" : "Begin", "button-large", start)), missing, this.how(next));
  }

  phase(name: "ready" | "work" | "rest", shown: Shown): void {
    const { item, number, word, next, buttons, always } = shown;
    this.root.dataset["phase"] = name;
    this.root.classList.toggle("to-read", shown.isNew && name !== "work");
    this.word = word;
    this.below.textContent = word;
    this.rep.textContent = "";
    const count = h("div", { class: "player-count" }, h("p", { class: "player-figures", "aria-hidden": "true" }, this.big, this.below), h("span", { class: "player-track", "aria-hidden": "true" }, this.line));
    const cue = item.cues.length ? plain(item.cues[(number - 1) % item.cues.length]!) : "";
    this.show(
      h("div", { class: "player-seen" }, this.figure(item), count),
      h("div", { class: "player-told" },
        this.head(shown, name === "work"),
        name === "work" ? h("p", { class: "player-cue" }, cue) : this.how(shown),
        next && h("p", { class: "player-next" }, `Next: ${next}`),
        h("div", { class: "player-controls" }, h("div", { class: "player-buttons" }, ...buttons), h("div", { class: "player-always" }, ...always))));
    buttons[0]?.focus({ preventScroll: true });
  }

  sheet(title: string, content: HTMLElement, { rest = false } = {}): void {
    this.root.dataset["phase"] = "sheet";
    const heading = h("h2", { tabindex: "-1" }, title);
    this.rest.hidden = !rest;
    this.show(h("div", { class: "player-sheet stack" }, heading, this.rest, content));
    heading.focus({ preventScroll: true });
  }

  private show(...parts: Array<HTMLElement | string | false>): void {
    this.body.replaceChildren(...parts.filter((part): part is HTMLElement => part instanceof HTMLElement));
    this.root.scrollTo({ top: 0 });
  }

  private head({ item, number, bar: [done, all] }: Next, atWork: boolean): HTMLElement {
    const sets = item.dose.sets > 1 ? `Set ${number} of ${item.dose.sets}` : item.trial ? "Trial set" : item.slot;
    this.bar.max = all;
    this.bar.value = done;
    this.bar.setAttribute("aria-label", `${done} of ${all} sets done`);
    this.sided(item.turns[0]?.side ?? item.side, item.turns.length > 0);
    if (item.turns.length && !atWork) this.side.textContent += " first";
    return h("div", { class: "player-head" }, h("h2", {}, item.name), h("p", { class: "player-where" }, this.side, h("span", { class: "player-set" }, sets), this.rep), h("p", { class: "player-dose" }, h("b", {}, item.says), item.load && h("span", {}, item.load), item.effort && h("span", { class: "soft" }, item.effort)));
  }

  private sided(side: Item["side"], leg = false): void {
    this.side.textContent = leg ? SIDE_WORDS[side].replace("side", "leg") : SIDE_WORDS[side];
    this.side.className = side ? `side side-${side}` : "side";
    this.side.hidden = !side;
  }

  // Open at her first time; later a press away.
  private how({ item, isNew }: Next): HTMLElement {
    return h("details", { class: "player-how", open: isNew }, h("summary", {}, "How it is done"), h("ol", { class: "steps" }, ...item.steps.map((step) => h("li", {}, h("span", {}, plain(step))))));
  }

  // ---- the picture

  // The same exercise keeps its picture from phase to phase; without one the text stands alone.
  private figure(item: Item): HTMLElement | false {
    const side: SideName = item.side === "left" ? "left" : "right";
    const found = item.pictures[item.turns[0]?.side ?? side];
    if (!found) {
      this.picture = null;
      return false;
    }
    if (this.item !== item || !this.picture) {
      this.picture = h("img", { class: "player-picture", src: found.moving, alt: found.words, width: "640", height: "480", decoding: "async" });
      this.picture.addEventListener("error", () => this.still(item), { once: true });
      this.item = item;
    }
    return h("figure", { class: "player-figure" }, this.picture);
  }

  private still(item: Item): void {
    const found = Object.values(item.pictures)[0];
    if (this.picture && found && !this.picture.src.endsWith(found.still)) this.picture.src = found.still;
    else this.picture?.parentElement?.remove();
  }

  // A warm-up that does one leg after the other shows the one whose turn it is.
  turn(item: Item, side: SideName): void {
    this.sided(side, true);
    const found = item.pictures[side];
    if (this.picture && found && !this.picture.src.endsWith(found.moving)) this.picture.src = found.moving;
  }

  // ---- what changes while time runs

  number(big: string, share: number, below = this.word, rep = ""): void {
    if (this.big.textContent !== big) {
      this.big.textContent = big;
      this.big.classList.toggle("is-word", !/^\d+$/.test(big));
    }
    if (this.below.textContent !== below) this.below.textContent = below;
    if (this.rep.textContent !== rep) this.rep.textContent = rep;
    this.line.style.transform = `scaleX(${Math.max(Math.min(share, 1), 0).toFixed(4)})`;
  }

  // For whoever hears nothing: the edge of the screen lights up.
  flash(): void {
    this.root.classList.remove("flash");
    void this.root.offsetWidth; // so that the same light can come twice
    this.root.classList.add("flash");
  }

  restLeft(seconds: number): void {
    const words = seconds > 0 ? `Rest: ${seconds} s left` : "You have rested; go on whenever you have answered.";
    if (this.rest.textContent !== words) this.rest.textContent = words;
  }

  // What the number below shows as well is heard by who cannot see it, and does not stand there a second time.
  caption(words: string, twice = false): void {
    this.spoken.classList.toggle("is-below", twice);
    if (words) this.spoken.textContent = words;
  }

  waits(count: number, how: { stuck: boolean; lasting: boolean; signedOut: boolean }): void {
    this.status.textContent = waitingWords(count, how);
    this.status.classList.toggle("waits", count > 0 && (how.stuck || how.signedOut));
  }

  // Something could not be kept: what the server has is shown again.
  trouble(words: string): void {
    this.sheet("This could not be kept", h("div", { class: "stack" }, h("p", { class: "lede", role: "alert" }, words), h("p", { class: "actions" }, button("See what is kept", "button-large", () => location.assign("/session/")))));
  }
}

export function waitingWords(count: number, { stuck, lasting, signedOut }: { stuck: boolean; lasting: boolean; signedOut: boolean }): string {
  if (!count) return "Everything is kept";
  const things = count === 1 ? "One thing waits" : `${count} things wait`;
  if (signedOut) return `${things} on this device. Sign in again and they are sent.`;
  if (!stuck) return "Keeping …";
  return lasting ? `${things} on this device for the connection, and ${count === 1 ? "is" : "are"} sent by itself.`.replace("are sent by itself", "are sent by themselves") : `${things} for the connection. Keep this page open; it is tried again by itself.`;
}

// A step as plain words: emphasis and sources are for the exercise's own page.
export function plain(text: string): string {
  return text.replace(/\s*\[[\w:, -]+\]/g, "").replace(/[*_`]/g, "");
}
