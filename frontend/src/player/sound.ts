// Tones and a voice. Whatever is said also stands on the page; without either the session works as well.

import type { Wishes } from "./wishes";

export type Tone = "tick" | "go" | "lower" | "end";

const TONES: Record<Tone, Array<[hertz: number, start: number, length: number]>> = {
  tick: [[660, 0, 0.07]],
  go: [[990, 0, 0.22]],
  lower: [[495, 0, 0.14]],
  end: [[880, 0, 0.14], [880, 0.2, 0.14], [1175, 0.4, 0.3]],
};
const LOUDEST = 0.6;

export class Sound {
  private context: AudioContext | null = null;

  constructor(private readonly wishes: Wishes) {}

  // Browsers let a page sound only after a press.
  wake(): void {
    if (!this.wishes.tones || typeof AudioContext === "undefined") return;
    this.context ??= new AudioContext();
    void this.context.resume();
  }

  get sounds(): boolean {
    return this.wishes.tones && this.wishes.volume > 0 && this.context?.state === "running";
  }

  play(tone: Tone): void {
    if (!this.sounds || !this.context) return;
    for (const [hertz, start, length] of TONES[tone]) this.beep(this.context, hertz, start, length);
  }

  private beep(context: AudioContext, hertz: number, start: number, length: number): void {
    const from = context.currentTime + start;
    const loud = (LOUDEST * this.wishes.volume) / 100;
    const source = new OscillatorNode(context, { frequency: hertz });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(loud, from + 0.012);
    volume.gain.setValueAtTime(loud, from + length);
    volume.gain.linearRampToValueAtTime(0, from + length + 0.03);
    source.connect(volume).connect(context.destination);
    source.start(from);
    source.stop(from + length + 0.05);
  }

  // A browser may have the voice's interface and not one voice.
  get canSpeak(): boolean {
    return "speechSynthesis" in window && speechSynthesis.getVoices().length > 0;
  }

  get speaks(): boolean {
    return this.wishes.voice && this.wishes.volume > 0 && this.canSpeak;
  }

  // What is said late is worse than what is not said: a newer sentence takes the place of an older one, unless it goes on.
  say(words: string, { on = false } = {}): void {
    if (!this.speaks || !words) return;
    if (!on) speechSynthesis.cancel();
    const speech = new SpeechSynthesisUtterance(words);
    speech.lang = document.documentElement.lang || "en";
    speech.volume = this.wishes.volume / 100;
    const own = speechSynthesis.getVoices().filter((each) => each.lang.startsWith(speech.lang));
    speech.voice = own.find((each) => each.localService) ?? own[0] ?? null;
    speechSynthesis.speak(speech);
  }

  hush(): void {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
  }
}

// Voices come late in some browsers: true as soon as there is one, false if there is none after a while.
export function voices(patience = 2000): Promise<boolean> {
  if (!("speechSynthesis" in window)) return Promise.resolve(false);
  if (speechSynthesis.getVoices().length) return Promise.resolve(true);
  return new Promise((resolve) => {
    const look = (): void => resolve(speechSynthesis.getVoices().length > 0);
    speechSynthesis.addEventListener("voiceschanged", look, { once: true });
    window.setTimeout(look, patience);
  });
}

// The screen stays on while a session runs, where the device allows it; taken anew whenever the page is seen again.
export class Awake {
  private lock: WakeLockSentinel | null = null;
  private wanted = false;

  constructor(private readonly told: (held: boolean) => void) {
    document.addEventListener("visibilitychange", () => {
      if (this.wanted && document.visibilityState === "visible") void this.keep();
    });
  }

  async keep(): Promise<void> {
    this.wanted = true;
    try {
      if (this.lock && !this.lock.released) return;
      this.lock = await navigator.wakeLock.request("screen");
      this.told(true);
    } catch {
      this.lock = null; // not allowed or not known here: the screen may go dark, the clock goes on
      this.told(false);
    }
  }

  async release(): Promise<void> {
    this.wanted = false;
    await this.lock?.release();
    this.lock = null;
  }
}
