// What is seen: one large number, one word, few buttons, and a caption of whatever is said.

import { button, h } from "./dom";
import type { Sound } from "./sound";
import type { Item } from "./types";

const SVG = "http://www.w3.org/2000/svg";
const ROUND = 2 * Math.PI * 92;

interface Shown {
  item: Item;
  number: number;
  bar: [done: number, all: number];
  word: string;
  buttons: HTMLElement[];
  always: HTMLElement[];
}

export class Stage {
  private readonly status = h("p", { class: "player-status", role: "status" });
  private readonly spoken = h("p", { class: "player-caption", "aria-live": "assertive" });
  private readonly body = h("div", { class: "player-body" });
  private readonly big = h("span", { class: "player-number" });
  private readonly below = h("span", { class: "player-below" });
  private readonly ring = document.createElementNS(SVG, "circle");
  private readonly rest = h("p", { class: "player-rest", hidden: true });
  private word = "";

  constructor(private readonly root: HTMLElement, sound: Sound, hurry: () => void) {
    root.append(h("div", { class: "player-top" }, this.status, this.switches(sound)), this.spoken, this.body);
    this.status.addEventListener("click", hurry);
  }

  private switches(sound: Sound): HTMLElement {
    const flip = (words: string, on: boolean, set: (on: boolean) => void): HTMLButtonElement => {
      const each = button(words, "button-switch", () => {
        on = !on;
        set(on);
        each.setAttribute("aria-pressed", String(on));
      });
      each.setAttribute("aria-pressed", String(on));
      return each;
    };
    return h("div", { class: "player-switches" },
      flip("Tones", sound.tones, (on) => { sound.tones = on; sound.wake(); }),
      sound.canSpeak && flip("Voice", sound.voice, (on) => { sound.voice = on; if (!on) sound.hush(); }));
  }

  // Before the first press.
  intro(item: Item, number: number, { bar, start }: { bar: [number, number]; start: () => void }): void {
    this.root.dataset["phase"] = "intro";
    this.show(this.head(item, number, bar), this.how(item, true), h("p", { class: "actions" }, button(bar[0] ? "Go on" : "Begin", "button-large", start)));
  }

  phase(name: "ready" | "work" | "rest", { item, number, bar, word, buttons, always }: Shown): void {
    this.root.dataset["phase"] = name;
    this.word = word;
    this.below.textContent = word;
    this.show(this.head(item, number, bar), this.dial(), this.how(item, name !== "work"), h("div", { class: "player-buttons" }, ...buttons), h("div", { class: "player-always" }, ...always));
    buttons[0]?.focus({ preventScroll: true });
  }

  sheet(title: string, content: HTMLElement, { rest = false } = {}): void {
    this.root.dataset["phase"] = "sheet";
    const heading = h("h2", { tabindex: "-1" }, title);
    this.rest.hidden = !rest;
    this.show(h("div", { class: "player-sheet stack" }, heading, this.rest, content));
    heading.focus({ preventScroll: true });
  }

  private show(...parts: HTMLElement[]): void {
    this.body.replaceChildren(...parts);
    this.root.scrollTo({ top: 0 });
  }

  private head(item: Item, number: number, [done, all]: [number, number]): HTMLElement {
    const sets = item.dose.sets > 1 ? `Set ${number} of ${item.dose.sets}` : item.trial ? "Trial set" : item.slot;
    const bar = h("progress", { class: "player-bar", max: String(all), value: String(done), "aria-label": `${done} of ${all} sets done` });
    const side = item.side ? h("span", { class: `side side-${item.side}` }, { both: "Both sides", left: "Left side", right: "Right side" }[item.side]) : null;
    return h("div", { class: "player-head" }, bar, h("p", { class: "player-set" }, sets), h("h2", {}, item.name), h("p", { class: "row" }, side, h("b", {}, item.says), item.load && h("span", {}, item.load), item.effort && h("span", { class: "soft" }, item.effort)));
  }

  private how(item: Item, steps: boolean): HTMLElement {
    if (!steps) return h("ul", { class: "cues player-cues" }, ...item.cues.slice(0, 2).map((cue) => h("li", {}, plain(cue))));
    return h("details", { class: "player-how" }, h("summary", {}, "How it is done"), h("ol", { class: "steps" }, ...item.steps.map((step) => h("li", {}, h("span", {}, plain(step))))));
  }

  private dial(): HTMLElement {
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", "0 0 200 200");
    picture.setAttribute("aria-hidden", "true");
    const track = document.createElementNS(SVG, "circle");
    for (const circle of [track, this.ring]) {
      for (const [name, value] of [["cx", "100"], ["cy", "100"], ["r", "92"], ["fill", "none"]] as const) circle.setAttribute(name, value);
    }
    track.setAttribute("class", "ring-track");
    this.ring.setAttribute("class", "ring");
    this.ring.setAttribute("transform", "rotate(-90 100 100)");
    this.ring.setAttribute("stroke-dasharray", String(ROUND));
    picture.append(track, this.ring);
    return h("div", { class: "player-dial" }, picture as unknown as HTMLElement, h("p", { class: "player-figures", "aria-hidden": "true" }, this.big, this.below));
  }

  number(big: string, share: number, below = this.word): void {
    if (this.big.textContent !== big) {
      this.big.textContent = big;
      this.big.classList.toggle("is-word", !/^\d+$/.test(big));
    }
    if (this.below.textContent !== below) this.below.textContent = below;
    this.ring.setAttribute("stroke-dashoffset", String(ROUND * (1 - Math.max(Math.min(share, 1), 0))));
  }

  restLeft(seconds: number): void {
    const words = seconds > 0 ? `Rest: ${seconds} s left` : "You have rested; go on whenever you have answered.";
    if (this.rest.textContent !== words) this.rest.textContent = words;
  }

  caption(words: string): void {
    if (words) this.spoken.textContent = words;
  }

  waits(count: number, stuck: boolean): void {
    const sets = count === 1 ? "One thing waits" : `${count} things wait`;
    this.status.textContent = stuck ? `${sets} for the connection. Keep this page open; it is tried again by itself.` : count ? "Keeping …" : "Everything is kept";
    this.status.classList.toggle("waits", stuck);
  }

  // Something could not be kept: what the server has is shown again.
  trouble(words: string): void {
    this.sheet("This could not be kept", h("div", { class: "stack" }, h("p", { class: "lede", role: "alert" }, words), h("p", { class: "actions" }, button("See what is kept", "button-large", () => location.assign("/session/")))));
  }
}

// A step as plain words: emphasis and sources are for the exercise's own page.
function plain(text: string): string {
  return text.replace(/\s*\[[\w:, -]+\]/g, "").replace(/[*_`]/g, "");
}
