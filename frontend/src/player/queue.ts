// What was done goes to the server one after the other, in order, and again until it has arrived. Nothing of it is
// ever put into the browser's storage: what still waits lives in this page, and the page says so.

import type { Reply } from "./types";

interface Letter { address: string; body: unknown; answered: (reply: Reply) => void }

const LONGEST_WAIT = 30_000;

export class Queue {
  private letters: Letter[] = [];
  private sending = false;
  private tries = 0;
  private timer = 0;

  constructor(private readonly token: string, private readonly changed: () => void) {
    addEventListener("online", () => this.hurry());
    addEventListener("beforeunload", (event) => {
      if (this.letters.length) event.preventDefault();
    });
  }

  get waiting(): number {
    return this.letters.length;
  }

  get stuck(): boolean {
    return this.letters.length > 0 && this.tries > 0;
  }

  send(address: string, body: unknown, answered: (reply: Reply) => void = () => undefined): void {
    this.letters.push({ address, body, answered });
    this.changed();
    void this.next();
  }

  hurry(): void {
    clearTimeout(this.timer);
    void this.next();
  }

  private async next(): Promise<void> {
    const letter = this.letters[0];
    if (!letter || this.sending) return;
    this.sending = true;
    const reply = await this.post(letter);
    this.sending = false;
    if (reply === null || reply.again) {
      this.later();
      return;
    }
    this.tries = 0;
    this.letters.shift();
    letter.answered(reply);
    this.changed();
    void this.next();
  }

  private later(): void {
    this.tries += 1;
    this.changed();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.next(), Math.min(1000 * 2 ** this.tries, LONGEST_WAIT));
  }

  // The server's answer, or null where none came that could be understood.
  private async post({ address, body }: Letter): Promise<Reply | null> {
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(15_000),
      });
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) return (await answer.json()) as Reply;
      if (answer.status === 403) return { kept: false, says: "This page is too old to be kept open. Load it again; sets kept so far stay kept.", reload: true };
      return null;
    } catch {
      return null;
    }
  }
}
