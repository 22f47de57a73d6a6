// While she types, what stands on the page is put aside on this computer's server: closing the browser loses nothing.
// Without this script each page is kept when its button is pressed, and the page says so.

const PAUSE = 500; // milliseconds without a letter or a tap

class Keeper {
  private timer = 0;
  private unsent = false;
  private onItsWay = new AbortController();
  private readonly load: HTMLInputElement;

  constructor(private readonly form: HTMLFormElement) {
    this.load = Object.assign(document.createElement("input"), { type: "hidden", name: "load" });
    form.append(this.load);
    this.named();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", () => this.pressed());
    addEventListener("pagehide", () => this.unsent && this.send());
    window.addEventListener("pageshow", (event) => event.persisted && this.named());
    this.say(true);
  }

  // Each time the page is there it has another name: what is put aside under a name whose button was pressed comes too late.
  private named(): void {
    this.load.value = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`;
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
    this.onItsWay = new AbortController();
    const { signal } = this.onItsWay;
    fetch(location.pathname, { method: "POST", body, keepalive: true, redirect: "manual", signal }).then(
      (answer) => this.say(answer.status === 204),
      () => signal.aborted || this.say(false),
    );
  }

  // The button sends everything; what is still on its way is not waited for.
  private pressed(): void {
    clearTimeout(this.timer);
    this.unsent = false;
    this.onItsWay.abort();
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
