// How a session ends: because it was too much, because she says so, or because all is done; and how the page is left.

import { afterAll } from "./asking";
import { button, h, newId } from "./dom";
import type { Guide } from "./guide";

const PATIENCE = 4000; // ms for the line before the session goes on without it

export class Ending {
  private leaving = false;

  constructor(private readonly guide: Guide) {}

  // By her own wish.
  here(): void {
    const { stage } = this.guide;
    stage.sheet("End here?", h("div", { class: "stack" },
      h("p", { class: "lede" }, "Stopping while the movement is still good is doing it right. The sets that you did count, and the others are not owed."),
      h("p", { class: "actions" }, button("End the session", "button-large", () => void this.finish()), button("Go on", "button-quiet", () => this.guide.resume()))));
  }

  // By the pain rule.
  tooMuch(): void {
    this.stop();
    this.guide.stage.sheet("The session ends here", h("div", { class: "stack" },
      h("p", { class: "lede" }, "That was more than an exercise may cause. Stop now, breathe, and walk about gently if you can. The rest of the session is left out; that is the rule, not your fault."),
      h("p", { class: "actions" }, button("Go on to the last questions", "button-large", () => void this.finish()))));
  }

  // From here on no set is offered any more, however often the page is opened.
  stop(): void {
    const { guide } = this;
    guide.all.ended = true;
    guide.remembered();
    guide.watch(null);
    guide.sound.play("end");
    guide.tell("rest", "Stop. The session ends here.");
  }

  // The last questions are a page of their own; without a line they are asked here, and wait like everything else.
  async finish(): Promise<void> {
    const { guide } = this;
    if (this.leaving) return;
    this.leaving = true;
    guide.watch(null);
    void guide.awake.release();
    guide.tell("rest", "That was the last set.");
    guide.stage.sheet("One moment", h("p", { class: "lede" }, "The last sets are being kept."));
    if (await guide.queue.drained(PATIENCE)) return this.go("/session/end/");
    guide.stage.sheet("How was it?", afterAll((said) => {
      guide.queue.send("/session/log/end/", { entry: newId(), session: guide.all.session, at: new Date().toISOString(), ...said }, () => void this.go("/session/done/"));
      this.goodbye();
    }));
  }

  private goodbye(): void {
    document.body.classList.remove("playing");
    this.guide.stage.sheet("That was your session", h("div", { class: "stack" },
      h("p", { class: "lede" }, this.guide.all.ended ? "You stopped when it hurt. That was right." : "You took care to do it well. That is what counts, not how much it was."),
      h("p", {}, "What you did waits on this device. It is sent as soon as there is a connection and Psoas is opened; what comes next is decided then.")));
  }

  // Leaves the page once everything has arrived; a safety stop that the server tells of always wins.
  leave(address: string): void {
    const { guide } = this;
    if (this.leaving) return;
    this.leaving = true;
    guide.watch(null);
    void guide.awake.release();
    if (guide.queue.waiting) guide.stage.sheet("One moment", h("p", { class: "lede" }, "The last sets are being kept. Keep this page open."));
    const go = (): void => void (guide.queue.waiting ? window.setTimeout(go, 200) : this.go(address));
    go();
  }

  private async go(address: string): Promise<void> {
    await this.guide.queue.store.erase();
    location.assign(address);
  }
}
