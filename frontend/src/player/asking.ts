// The questions: after a set, when something hurts, when something is left out, at the end. Nothing starts with an answer chosen.

import { button, h } from "./dom";
import type { Choice, Item, Prescription, SideName } from "./types";

let counter = 0;

interface Question { element: HTMLElement; value: () => string[]; choose: (value: string) => void; complain: (on: boolean) => void }

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
  const complain = (on: boolean): void => {
    error.hidden = !on;
    element.classList.toggle("wrong", on);
  };
  const changed = (input: HTMLInputElement): void => {
    complain(false);
    if (many && input.checked) for (const other of inputs) if (other !== input && (alone.includes(input.value) || alone.includes(other.value))) other.checked = false;
    element.dispatchEvent(new Event("answered", { bubbles: true }));
  };
  for (const input of inputs) input.addEventListener("change", () => changed(input));
  const choose = (value: string): void => {
    const input = inputs.find((each) => each.value === value);
    if (!input) return;
    input.checked = true;
    changed(input);
  };
  return { element, value: () => inputs.filter((input) => input.checked).map((input) => input.value), choose, complain };
}

const CANNOT_SAY: Choice = { id: "unknown", words: "I cannot say" };
const TEN: Choice[] = Array.from({ length: 11 }, (_, n) => ({ id: String(n), words: String(n) }));
const WHOLE: Choice[] = [{ id: "all", words: "All of it" }, { id: "part", words: "Part of it" }];
const YES_NO: Choice[] = [{ id: "yes", words: "Yes" }, { id: "no", words: "No" }, { id: "unknown", words: "Not sure" }];
const SIDES: SideName[] = ["left", "right"];
const scaled = (label: string): Question => question(label, [...TEN, CANNOT_SAY], { scale: true });

export const numberOf = (value: string[]): number | null => (value[0] === undefined || value[0] === "unknown" ? null : Number(value[0]));
export const listOf = (value: string[]): string[] | null => (value.includes("unknown") ? null : value.filter((each) => each !== "none"));

export type Pains = Partial<Record<SideName, number | null>>;

function painQuestions(sides: SideName[], when: string): Map<SideName, Question> {
  return new Map(sides.map((side) => [side, scaled(`Pain in your ${side} hip ${when}`)]));
}

function pains(asked: Map<SideName, Question>): Pains {
  return Object.fromEntries([...asked].map(([side, each]) => [side, numberOf(each.value())]));
}

// Where both sides worked, one press says that neither hurt.
function neither(asked: Map<SideName, Question>): HTMLElement | false {
  return asked.size > 1 && button("0 in both hips", "button-quiet both-zero", () => asked.forEach((each) => each.choose("0")));
}

// True once every question that can be seen is answered; else the first open one is asked back.
function answered(questions: Question[]): boolean {
  const open = questions.filter((each) => !each.element.closest("[hidden]") && !each.value().length);
  for (const each of questions) each.complain(open.includes(each));
  if (open[0]) focusOn(open[0]);
  return !open.length;
}

export interface Answers {
  did: "all" | "part";
  pain: Pains;
  signs: string[] | null;
  seen: string[] | null;
  effort: number | null;
  load: string;
}

// After a set, two presses: the pain, and whether it was clean. The kind of pain is asked only where there was some.
export function afterSet(item: Item, all: Prescription, did: "all" | "part" | null, keep: (answers: Answers) => void): HTMLElement {
  const hurt = painQuestions(item.sides, "during this set");
  const signs = question("What was the pain like?", all.signs, { many: true });
  const load = item.find && item.loads.length ? question("Which load did you use?", item.loads) : null;
  const effort = item.find ? scaled("How hard was it? 0 no effort, 10 could not do more") : null;
  const whole = did === "part" ? null : question("Did you do the whole set?", WHOLE);
  const listed = item.seen.length > 0 && !item.warm;
  const seen = listed ? question("What was not clean?", item.seen, { many: true }) : null;
  const more = h("div", { class: "form", hidden: true }, whole?.element ?? false, seen?.element ?? false);
  const sore = (): boolean => [...hurt.values()].some((each) => each.value().some((one) => one !== "0"));
  const first = [...hurt.values(), signs, load, effort].filter((each): each is Question => each !== null);
  const all_ = [...first, ...[whole, seen].filter((each): each is Question => each !== null)];
  const tell = (how: "all" | "part", noted: string[] | null): void => {
    if (!answered(all_)) return;
    keep({ did: how, pain: pains(hurt), signs: sore() ? listOf(signs.value()) : [], seen: noted, effort: effort ? numberOf(effort.value()) : null, load: load?.value()[0] ?? item.holds });
  };
  const unlisted = (): string[] | null => (item.seen.length ? null : []); // a warm-up's form is not asked: not known
  const quick = h("div", { class: "actions two-taps" },
    button(words(did, listed), "button-large", () => tell(did ?? "all", listed ? [] : unlisted())),
    listed || did === "part" ? listed && button("Not quite …", "button-quiet button-large", () => open()) : button("Part of it", "button-quiet button-large", () => tell("part", unlisted())));
  const slow = h("p", { class: "actions", hidden: true }, button("Keep this set", "button-large", () => tell(whole ? (whole.value()[0] as "all" | "part") : "part", seen ? listOf(seen.value()) : unlisted())));
  const open = (): void => {
    more.hidden = slow.hidden = false;
    quick.hidden = true;
    more.querySelector("input")?.focus();
  };
  signs.element.hidden = true;
  const form = h("div", { class: "form asks" }, neither(hurt), ...first.map((each) => each.element), more, quick, slow, listed && cleanMeans(item));
  form.addEventListener("answered", () => (signs.element.hidden = !sore()));
  return form;
}

function words(did: "all" | "part" | null, listed: boolean): string {
  const how = did === "part" ? "Part of it" : "All of it";
  return listed ? `${how}, clean` : how;
}

function cleanMeans(item: Item): HTMLElement {
  const real = item.seen.filter(({ id }) => id !== "none" && id !== "unknown");
  return h("div", { class: "clean-means" }, h("p", {}, "Clean means that none of this happened:"), h("ul", {}, ...real.map((each) => h("li", {}, each.words))));
}

// "This hurts": how much, and of which kind.
export function whatHurts(item: Item, all: Prescription, keep: (answers: Answers) => void, back: () => void, other: HTMLElement): HTMLElement {
  const hurt = painQuestions(item.sides, "right now");
  const signs = question("What is it like?", all.signs, { many: true });
  const questions = [...hurt.values(), signs];
  const form = h("form", { class: "form asks", novalidate: true }, ...questions.map((each) => each.element), h("p", { class: "actions" }, h("button", { class: "button button-stop button-large", type: "submit" }, "Stop this set"), button("It is fine, go on", "button-quiet", back)), other);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (answered(questions)) keep({ did: "part", pain: pains(hurt), signs: listOf(signs.value()), seen: item.seen.length ? null : [], effort: null, load: item.holds });
  });
  return form;
}

// Leave an exercise out, and why.
export function whySkip(all: Prescription, keep: (why: string) => void, back: () => void): HTMLElement {
  const why = question("Why do you leave it out?", all.skips);
  const form = h("form", { class: "form asks", novalidate: true }, why.element, h("p", { class: "actions" }, h("button", { class: "button", type: "submit" }, "Leave it out"), button("Go on with it", "button-quiet", back)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (answered([why])) keep(why.value()[0]!);
  });
  return form;
}

// Whatever of these is so: at least one.
export function severalOf(label: string, choices: Choice[], send: string, keep: (told: string[]) => void, back: HTMLElement): HTMLElement {
  const asked = question(label, choices, { many: true });
  const form = h("form", { class: "form asks", novalidate: true }, asked.element, h("p", { class: "actions" }, h("button", { class: "button button-stop button-large", type: "submit" }, send), back));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (answered([asked])) keep(asked.value());
  });
  return form;
}

export interface After { after: Pains; limp: string; effort: number | null }

// The last questions, asked here where no page can be fetched.
export function afterAll(keep: (said: After) => void): HTMLElement {
  const hurt = painQuestions(SIDES, "now");
  const limp = question("Are you limping now?", YES_NO);
  const effort = scaled("How hard was the whole session? 0 no effort, 10 could not do more");
  const form = h("form", { class: "form asks", novalidate: true }, neither(hurt), ...[...hurt.values(), limp, effort].map((each) => each.element), h("p", { class: "actions" }, h("button", { class: "button button-large", type: "submit" }, "Finish")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (answered([...hurt.values(), limp, effort])) keep({ after: pains(hurt), limp: limp.value()[0]!, effort: numberOf(effort.value()) });
  });
  return form;
}

function focusOn(asked: Question): void {
  asked.element.querySelector("input")?.focus();
  asked.element.scrollIntoView({ block: "center" });
}

// The pain rule: above the limit, or sharp or catching, ends the session.
export function isRed({ pain, signs }: Pick<Answers, "pain" | "signs">, limit: number): boolean {
  const sore = Object.values(pain).some((each) => each !== null && each !== undefined && each > limit);
  return sore || (signs ?? []).some((each) => each === "sharp" || each === "catching");
}

// A trial set is passed only where everything is known to be well (D24).
export function passed({ did, pain, seen, signs }: Answers, easy: number): boolean {
  const well = Object.values(pain).every((each) => typeof each === "number" && each <= easy);
  return did === "all" && well && signs !== null && seen !== null && seen.length === 0;
}
