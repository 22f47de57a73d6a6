// While she types, what stands on the page is put aside on this computer's server: closing the browser loses nothing.
// Without this script each page is kept when its button is pressed, and the page says so.

const PAUSE = 500; // milliseconds without a letter or a tap
const PATIENCE = 3000; // as long a button waits for what is still on its way

class Keeper {
  private timer = 0;
  private unsent = false;
  private onItsWay: Promise<void> | null = null;
  private leaving = false;

  constructor(private readonly form: HTMLFormElement) {
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", (event) => this.pressed(event));
    addEventListener("pagehide", () => this.unsent && this.send());
    addEventListener("pageshow", () => (this.leaving = false));
    this.say(true);
  }

  private typed(): void {
    this.unsent = true;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.send(), PAUSE);
  }

  private send(): void {
    clearTimeout(this.timer);
    this.unsent = false;
    const body = new URLSearchParams();
    new FormData(this.form).forEach((value, name) => typeof value === "string" && body.append(name, value));
    body.set("go", "keep");
    const sent = fetch(location.pathname, { method: "POST", body, keepalive: true, redirect: "manual" });
    this.onItsWay = sent
      .then((answer) => this.say(answer.status === 204), () => this.say(false))
      .finally(() => (this.onItsWay = null));
  }

  // What was put aside must never arrive after what the button sends.
  private pressed(event: SubmitEvent): void {
    clearTimeout(this.timer);
    this.unsent = false;
    if (!this.onItsWay) return;
    event.preventDefault();
    if (this.leaving) return;
    this.leaving = true;
    const waited = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE));
    void Promise.race([this.onItsWay, waited]).then(() => {
      this.onItsWay = null;
      this.form.requestSubmit(event.submitter);
    });
  }

  // The page says only what is true: kept as she goes, or by its button.
  private say(kept: boolean): void {
    this.show("[data-kept]", kept);
    this.show("[data-without]", !kept);
  }

  private show(which: string, shown: boolean): void {
    this.form.querySelectorAll<HTMLElement>(`.actions + p ${which}`).forEach((words) => (words.hidden = !shown));
  }
}

document.querySelectorAll<HTMLFormElement>("form[data-keep]").forEach((form) => new Keeper(form));
