// What was done goes to the server one after the other, in order, and again until it has arrived. It waits on this
// device, encrypted, and the page says so; the server keeps each once, whatever is repeated or lost on the way.

import type { Letter, Store } from "./store";
import type { Reply } from "./types";

const LONGEST_WAIT = 30_000;
const LOCK = "psoas-queue"; // two tabs never send at once

export class Queue {
  waiting = 0;
  private readonly hears = new Map<string, (reply: Reply) => void>();
  private tries = 0;
  private timer = 0;
  private sending: Promise<void> | null = null;
  private coming = 0; // on the way into the store
  private last: Promise<void> = Promise.resolve();
  signedOut = false;
  private readonly tabs = "BroadcastChannel" in self ? new BroadcastChannel(LOCK) : null; // another tab may have sent it

  constructor(readonly store: Store, private token: string, private readonly changed: () => void) {
    addEventListener("online", () => this.hurry());
    this.tabs?.addEventListener("message", ({ data }) => void this.count().then(() => this.heard(data.entry as string, data.reply as Reply)));
    addEventListener("beforeunload", (event) => {
      if (this.waiting && !this.store.lasting) event.preventDefault();
    });
  }

  get stuck(): boolean {
    return this.waiting > 0 && this.tries > 0;
  }

  // How many wait from before this page was opened.
  async count(): Promise<number> {
    this.waiting = (await this.store.all()).length + this.coming;
    this.changed();
    return this.waiting;
  }

  send(address: string, body: Record<string, unknown>, answered: (reply: Reply) => void = () => undefined): void {
    this.hears.set(String(body["entry"]), answered);
    this.waiting += 1;
    this.coming += 1;
    this.changed();
    this.last = this.last.then(() => this.store.put({ address, body })).finally(() => (this.coming -= 1));
    void this.last.then(() => this.hurry());
  }

  hurry(): void {
    clearTimeout(this.timer);
    this.sending ??= this.alone().finally(() => {
      this.sending = null;
      if (this.waiting && !this.tries) this.hurry();
    });
  }

  // Sends what waits now; true once nothing does.
  async drained(patience: number): Promise<boolean> {
    const until = Date.now() + patience;
    this.hurry();
    while (this.waiting && Date.now() < until) await new Promise((go) => window.setTimeout(go, 100));
    return this.waiting === 0;
  }

  private async alone(): Promise<void> {
    if (navigator.locks) await navigator.locks.request(LOCK, () => this.run());
    else await this.run();
  }

  private async run(): Promise<void> {
    await this.last;
    for (let letter = await this.store.first(); letter; letter = await this.store.first()) {
      const reply = await this.post(letter);
      if (reply === null || reply.again) return this.later();
      this.tries = 0;
      await this.store.drop(letter.place);
      await this.count();
      const entry = String(letter.body["entry"]);
      this.tabs?.postMessage({ entry, reply });
      this.heard(entry, reply);
    }
    this.tries = 0;
    await this.count();
  }

  private heard(entry: string, reply: Reply): void {
    const hears = this.hears.get(entry);
    this.hears.delete(entry);
    hears?.(reply);
  }

  private later(): void {
    this.tries += 1;
    this.changed();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.hurry(), Math.min(1000 * 2 ** this.tries, LONGEST_WAIT));
  }

  // The server's answer, or null where none came that could be understood: then it is sent again.
  private async post(letter: Letter): Promise<Reply | null> {
    try {
      this.token ||= await this.renewed();
      const answer = await fetch(letter.address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify(letter.body),
        signal: AbortSignal.timeout(15_000),
      });
      if (isJson(answer)) return (await answer.json()) as Reply;
      if (answer.status === 403) this.token = await this.renewed();
      return null;
    } catch {
      return null;
    }
  }

  // A page from this device has no token, and an old one may be over: the server gives a new one to whoever is signed in.
  private async renewed(): Promise<string> {
    const answer = await fetch("/session/token/", { headers: { Accept: "application/json" } });
    this.signedOut = answer.ok ? !isJson(answer) : answer.status === 403;
    this.changed();
    return isJson(answer) && answer.ok ? ((await answer.json()) as { token: string }).token : "";
  }
}

function isJson(answer: Response): boolean {
  return answer.headers.get("Content-Type")?.startsWith("application/json") ?? false;
}
