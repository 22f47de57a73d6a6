// Sound and pace: each kind of cue on or off, how loud, how long to get ready, whether the session waits for answers.

import { button, h } from "./dom";
import type { Sound } from "./sound";
import { KINDS, keepWishes, type Spoken, type Wishes } from "./wishes";

export function soundAndPace(wishes: Wishes, sound: Sound, back: () => void): HTMLElement {
  const changed = (): void => {
    keepWishes(wishes);
    sound.wake();
    if (!wishes.voice) sound.hush();
  };
  return h("div", { class: "form preferences" },
    group("Heard and seen",
      tick("Voice", wishes.voice, (on) => { wishes.voice = on; changed(); }),
      tick("Tones", wishes.tones, (on) => { wishes.tones = on; changed(); }),
      tick("A flash at the edge of the screen", wishes.flash, (on) => { wishes.flash = on; changed(); }),
      slide("How loud", wishes.volume, (value) => { wishes.volume = value; changed(); })),
    group("What is said",
      ...KINDS.map(([kind, words]: [Spoken, string]) => tick(words, wishes.said[kind], (on) => { wishes.said[kind] = on; changed(); }))),
    group("Pace",
      seconds("Seconds to get ready", wishes.ready, [3, 60], (value) => { wishes.ready = value; changed(); }),
      seconds("Seconds into a new position", wishes.fresh, [5, 120], (value) => { wishes.fresh = value; changed(); }),
      seconds("Seconds to change sides", wishes.change, [5, 120], (value) => { wishes.change = value; changed(); }),
      tick("Wait for my press before the second side", wishes.waitForSide, (on) => { wishes.waitForSide = on; changed(); }),
      tick("Hands free: go on after the rest, and ask me again in the next one", wishes.handsFree, (on) => { wishes.handsFree = on; changed(); })),
    h("p", { class: "actions" }, button("Back to the session", "button-large", back)));
}

function group(title: string, ...parts: HTMLElement[]): HTMLElement {
  return h("fieldset", { class: "field" }, h("legend", { class: "field-label" }, title), ...parts);
}

let counter = 0;

function tick(words: string, on: boolean, set: (on: boolean) => void): HTMLElement {
  const id = `wish-${counter++}`;
  const input = h("input", { type: "checkbox", id, checked: on });
  input.addEventListener("change", () => set(input.checked));
  return h("label", { class: "wish", for: id }, input, h("span", {}, words));
}

function slide(words: string, value: number, set: (value: number) => void): HTMLElement {
  const id = `wish-${counter++}`;
  const input = h("input", { type: "range", id, min: "0", max: "100", step: "10", value: String(value) });
  input.addEventListener("change", () => set(Number(input.value)));
  return h("label", { class: "wish wish-wide", for: id }, h("span", {}, words), input);
}

function seconds(words: string, value: number, [least, most]: [number, number], set: (value: number) => void): HTMLElement {
  const id = `wish-${counter++}`;
  const input = h("input", { type: "number", inputmode: "numeric", id, min: String(least), max: String(most), value: String(value) });
  input.addEventListener("change", () => {
    const told = Math.round(Number(input.value));
    const kept = Number.isFinite(told) && input.value ? Math.min(Math.max(told, least), most) : value;
    input.value = String(kept);
    set(kept);
  });
  return h("label", { class: "wish wish-wide", for: id }, h("span", {}, words), input);
}
