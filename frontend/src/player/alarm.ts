// Something is wrong that is no pain of an exercise: a warning sign. With a line the safety questions are asked by their own
// page, and the session stays open. Without one the signs stand here with where to go; what she said waits like a set.

import { severalOf } from "./asking";
import { button, h, newId } from "./dom";
import type { Guide } from "./guide";
import type { Alarm as Sign } from "./types";

const QUESTIONS = "/today/how/?then=screen";
const DOCTOR = "/safety/";
const PATIENCE = 2500; // ms for the line; she must not wait longer to read where to go

export class Alarm {
  constructor(private readonly guide: Guide) {}

  tell(): void {
    this.guide.over("Something else is wrong", h("div", { class: "stack" },
      h("p", { class: "lede" }, "Stop, and sit or lie down where you are safe. With chest pain, sudden breathlessness, numbness between the legs, or a leg that no longer carries you, call your local emergency number now."),
      h("ul", { class: "player-choices" },
        h("li", {}, button("Answer the safety questions", "button-large", () => void this.reach(QUESTIONS))),
        h("li", {}, button("When to see a doctor", "button-quiet button-large", () => void this.reach(DOCTOR)))),
      h("p", { class: "soft" }, "Your sets are kept, and the session stays open meanwhile."),
      h("p", { class: "actions" }, button("It was nothing, go on", "button-quiet", () => this.guide.resume()))));
  }

  private async reach(address: string): Promise<void> {
    this.guide.stage.sheet("One moment", h("p", { class: "lede" }, "Looking for a connection …"));
    if (!(await this.line())) return this.signs();
    await this.guide.queue.drained(PATIENCE);
    location.assign(address);
  }

  private async line(): Promise<boolean> {
    try {
      return (await fetch("/session/token/", { signal: AbortSignal.timeout(PATIENCE) })).ok;
    } catch {
      return false;
    }
  }

  // ---- without a line

  private signs(): void {
    const { all } = this.guide;
    const form = severalOf("There is no connection. What of this is so?", all.alarms.map(({ id, title }) => ({ id, words: title })), "What to do now",
      (told) => this.ends(told), button("None of these, go on", "button-quiet", () => this.guide.resume()));
    this.guide.stage.sheet("Something else is wrong", form);
  }

  private ends(told: string[]): void {
    const { guide } = this;
    guide.all.alarm = told;
    guide.ending.stop();
    guide.queue.send("/session/log/alarm/", { entry: newId(), session: guide.all.session, signs: told }, (reply) => { if (!reply.kept) guide.refused(reply); });
    this.whereToGo(told);
  }

  whereToGo(told: string[]): void {
    const { guide } = this;
    const found = guide.all.alarms.filter(({ id }) => told.includes(id));
    guide.watch(null);
    guide.stage.sheet("Stop here", h("div", { class: "stack" },
      ...found.map((sign) => this.sign(sign)),
      h("p", {}, "The session ends here, and the safety questions come before the next one. What you said waits on this device and is sent as soon as there is a connection."),
      h("p", { class: "actions" }, button("Go on to the last questions", "button-quiet", () => void guide.ending.finish()))));
  }

  private sign({ title, go, say, level }: Sign): HTMLElement {
    return h("section", { class: `card flag-${level}` }, h("h3", {}, title), h("p", {}, h("b", {}, go)), h("p", { class: "soft" }, level !== "C" && h("strong", {}, "Say there: "), say));
  }
}
