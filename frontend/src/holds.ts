// A timer for holds: get ready, hold, rest, so many times. Without it the page says how to count by a clock.

type Phase = "ready" | "hold" | "rest" | "done";

interface Beat {
  phase: Phase;
  hold: number;
  seconds: number;
}

const WORDS: Record<Phase, (hold: number, holds: number) => string> = {
  ready: () => "Get ready",
  hold: (hold, holds) => `Hold ${hold} of ${holds}`,
  rest: (hold, holds) => `Rest. Next is hold ${hold + 1} of ${holds}`,
  done: () => "Done. Set the foot down and answer below",
};

/** Every beat in order: get ready, then each hold with a rest between two. */
export function beats(holds: number, hold: number, rest: number, ready: number): Beat[] {
  const all: Beat[] = [{ phase: "ready", hold: 0, seconds: ready }];
  for (let n = 1; n <= holds; n += 1) {
    all.push({ phase: "hold", hold: n, seconds: hold });
    if (n < holds) all.push({ phase: "rest", hold: n, seconds: rest });
  }
  return [...all, { phase: "done", hold: holds, seconds: 0 }];
}

/** The beat at so many seconds from the start, and the seconds left in it. */
export function beatAt(all: Beat[], elapsed: number): { beat: Beat; left: number } {
  let before = 0;
  for (const beat of all) {
    if (beat.phase === "done" || elapsed < before + beat.seconds) return { beat, left: before + beat.seconds - elapsed };
    before += beat.seconds;
  }
  throw new Error("the last beat never ends");
}

class HoldTimer {
  private readonly all: Beat[];
  private readonly holds: number;
  private began = 0;
  private ran = 0;
  private ticking = 0;
  private last = "";
  private sound: AudioContext | undefined;

  constructor(private readonly box: HTMLElement) {
    const number = (name: string) => Number(box.dataset[name]);
    this.holds = number("holds");
    this.all = beats(this.holds, number("hold"), number("rest"), number("ready"));
    this.part("without").hidden = true;
    this.part("live").hidden = false;
    this.part("dots").replaceChildren(...Array.from({ length: this.holds }, () => document.createElement("li")));
    this.part("start").addEventListener("click", () => this.start());
    this.part("pause").addEventListener("click", () => this.pause());
    this.part("stop").addEventListener("click", () => {
      this.stop();
      this.part("phase").textContent = "Stopped";
      this.part("count").textContent = "";
    });
  }

  private part(name: string): HTMLElement {
    return this.box.querySelector<HTMLElement>(`[data-${name}]`)!;
  }

  private start(): void {
    this.sound ??= new AudioContext();
    void this.sound.resume();
    this.began = performance.now();
    this.ticking = window.setInterval(() => this.show(), 100);
    this.buttons(true);
    this.show();
  }

  private pause(): void {
    this.ran += performance.now() - this.began;
    window.clearInterval(this.ticking);
    this.buttons(false, "Go on");
  }

  private stop(): void {
    window.clearInterval(this.ticking);
    this.ran = 0;
    this.last = "";
    this.buttons(false, "Start again");
  }

  private buttons(running: boolean, start = ""): void {
    this.part("start").hidden = running;
    this.part("pause").hidden = !running;
    this.part("stop").hidden = !running && this.ran === 0;
    if (start) this.part("start").textContent = start;
    this.part(running ? "pause" : "start").focus();
  }

  private show(): void {
    const { beat, left } = beatAt(this.all, (this.ran + performance.now() - this.began) / 1000);
    const key = `${beat.phase}${beat.hold}`;
    this.part("count").textContent = beat.phase === "done" ? "" : String(Math.ceil(left));
    if (key === this.last) return;
    this.last = key;
    this.box.dataset.at = beat.phase;
    this.part("phase").textContent = WORDS[beat.phase](beat.hold, this.holds);
    this.dots(beat);
    this.beep(beat.phase);
    if (beat.phase === "done") this.stop();
  }

  private dots(beat: Beat): void {
    const done = beat.phase === "hold" ? beat.hold - 1 : beat.hold;
    Array.from(this.part("dots").children).forEach((dot, n) => dot.classList.toggle("done", n < done));
  }

  private beep(phase: Phase): void {
    if (!this.sound) return;
    const tone = this.sound.createOscillator();
    const loud = this.sound.createGain();
    tone.frequency.value = phase === "hold" ? 880 : 440;
    loud.gain.value = 0.15;
    tone.connect(loud).connect(this.sound.destination);
    tone.start();
    tone.stop(this.sound.currentTime + (phase === "done" ? 0.6 : 0.15));
  }
}

document.querySelectorAll<HTMLElement>(".timer").forEach((box) => new HoldTimer(box));
