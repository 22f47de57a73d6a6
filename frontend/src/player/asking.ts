// The questions: after a set, when something hurts, when something is left out. Nothing starts with an answer chosen.

import { button, h } from "./dom";
import type { Choice, Item, Prescription, SideName } from "./types";

let counter = 0;

interface Question { element: HTMLElement; value: () => string[]; complain: (on: boolean) => void }

// A group of choices; `alone` are those that exclude all others ("none", "not sure").
function question(label: string, choices: Choice[], { many = false, scale = false, alone = ["none", "unknown"] } = {}): Question {
  const name = `q${counter++}`;
  const inputs = choices.map(({ id }) => h("input", { type: many ? "checkbox" : "radio", name, value: id, id: `${name}-${id}` }));
  const faces = choices.map(({ id, words }, place) =>
    h("label", { class: `option${scale && id === "unknown" ? " option-unsure" : ""}`, for: `${name}-${id}` }, inputs[place]!, h("span", { class: "option-face" }, words)),
  );
  const error = h("p", { class: "ask-error", id: `${name}-error`, hidden: true }, "Choose an answer. “I cannot say” and “not sure” count too.");
  const element = h(
    "fieldset",
    { class: "field", "aria-describedby": `${name}-error` },
    h("legend", { class: "field-label" }, label),
    error,
    h("div", { class: `options ${scale ? "options-scale" : many || choices.length > 3 ? "options-rows" : "options-pills"}` }, ...faces),
  );
  const value = (): string[] => inputs.filter((input) => input.checked).map((input) => input.value);
  const complain = (on: boolean): void => {
    error.hidden = !on;
    element.classList.toggle("wrong", on);
  };
  for (const input of inputs)
    input.addEventListener("change", () => {
      complain(false);
      if (many && input.checked) for (const other of inputs) if (other !== input && (alone.includes(input.value) || alone.includes(other.value))) other.checked = false;
      element.dispatchEvent(new Event("answered", { bubbles: true }));
    });
  return { element, value, complain };
}

const CANNOT_SAY: Choice = { id: "unknown", words: "I cannot say" };
const TEN: Choice[] = Array.from({ length: 11 }, (_, n) => ({ id: String(n), words: String(n) }));
const scaled = (label: string): Question => question(label, [...TEN, CANNOT_SAY], { scale: true });

export const numberOf = (value: string[]): number | null => (value[0] === undefined || value[0] === "unknown" ? null : Number(value[0]));
export const listOf = (value: string[]): string[] | null => (value.includes("unknown") ? null : value.filter((each) => each !== "none"));

function painQuestions(item: Item, when: string): Map<SideName, Question> {
  return new Map(item.sides.map((side) => [side, scaled(`Pain in your ${side} hip ${when}`)]));
}

function pains(asked: Map<SideName, Question>): Partial<Record<SideName, number | null>> {
  return Object.fromEntries([...asked].map(([side, each]) => [side, numberOf(each.value())]));
}

export interface Answers {
  did: "all" | "part";
  pain: Partial<Record<SideName, number | null>>;
  signs: string[] | null;
  seen: string[] | null;
  effort: number | null;
  load: string;
}

// After a set. The kind of pain is asked only where there was some.
export function afterSet(item: Item, all: Prescription, keep: (answers: Answers) => void): HTMLElement {
  const did = question("Did you do the whole set?", [{ id: "all", words: "All of it" }, { id: "part", words: "Part of it" }]);
  const hurt = painQuestions(item, "during this set");
  const signs = question("What was the pain like?", all.signs, { many: true });
  const seen = item.seen.length && !item.warm ? question("Did you see one of these?", item.seen, { many: true }) : null;
  const load = item.find && item.loads.length ? question("Which load did you use?", item.loads) : null;
  const effort = item.warm ? null : scaled("How hard was it? 0 no effort, 10 could not do more");
  const sore = (): boolean => [...hurt.values()].some((each) => each.value().some((one) => one !== "0"));
  signs.element.hidden = true;
  const questions = [did, ...hurt.values(), signs, load, seen, effort].filter((each): each is Question => each !== null);
  const form = h("form", { class: "form asks", novalidate: true }, ...questions.map((each) => each.element), h("p", { class: "actions" }, h("button", { class: "button button-large", type: "submit" }, "Keep this set")));
  form.addEventListener("answered", () => (signs.element.hidden = !sore()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const open = questions.filter((each) => !each.element.hidden && !each.value().length);
    for (const each of questions) each.complain(open.includes(each));
    if (open[0]) return focusOn(open[0]);
    keep({
      did: did.value()[0] === "all" ? "all" : "part",
      pain: pains(hurt),
      signs: sore() ? listOf(signs.value()) : [],
      seen: seen ? listOf(seen.value()) : item.seen.length ? null : [],
      effort: effort ? numberOf(effort.value()) : null,
      load: load?.value()[0] ?? item.holds,
    });
  });
  return form;
}

// "This hurts": how much, and of which kind.
export function whatHurts(item: Item, all: Prescription, keep: (answers: Answers) => void, back: () => void): HTMLElement {
  const hurt = painQuestions(item, "right now");
  const signs = question("What is it like?", all.signs, { many: true });
  const questions = [...hurt.values(), signs];
  const form = h("form", { class: "form asks", novalidate: true }, ...questions.map((each) => each.element), h("p", { class: "actions" }, h("button", { class: "button button-stop button-large", type: "submit" }, "Stop this set"), button("It is fine, go on", "button-quiet", back)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const open = questions.filter((each) => !each.value().length);
    for (const each of questions) each.complain(open.includes(each));
    if (open[0]) return focusOn(open[0]);
    keep({ did: "part", pain: pains(hurt), signs: listOf(signs.value()), seen: item.seen.length ? null : [], effort: null, load: item.holds });
  });
  return form;
}

// Leave an exercise out, and why.
export function whySkip(all: Prescription, keep: (why: string) => void, back: () => void): HTMLElement {
  const why = question("Why do you leave it out?", all.skips);
  const form = h("form", { class: "form asks", novalidate: true }, why.element, h("p", { class: "actions" }, h("button", { class: "button", type: "submit" }, "Leave it out"), button("Go on with it", "button-quiet", back)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [chosen] = why.value();
    why.complain(!chosen);
    if (!chosen) return focusOn(why);
    keep(chosen);
  });
  return form;
}

function focusOn(asked: Question): void {
  asked.element.querySelector("input")?.focus();
  asked.element.scrollIntoView({ block: "center" });
}

// The pain rule: above the limit, or sharp or catching, ends the session.
export function isRed({ pain, signs }: Answers, limit: number): boolean {
  const sore = Object.values(pain).some((each) => each !== null && each !== undefined && each > limit);
  return sore || (signs ?? []).some((each) => each === "sharp" || each === "catching");
}
