// Tones and a voice. Whatever is said also stands on the page; without either the session works as well.

export type Tone = "tick" | "go" | "lower" | "end";

const TONES: Record<Tone, Array<[hertz: number, start: number, length: number]>> = {
  tick: [[660, 0, 0.07]],
  go: [[990, 0, 0.22]],
  lower: [[495, 0, 0.14]],
  end: [[880, 0, 0.14], [880, 0.2, 0.14], [1175, 0.4, 0.3]],
};

export class Sound {
  tones = true;
  voice = false;
  private context: AudioContext | null = null;

  // Browsers let a page sound only after a press.
  wake(): void {
    if (!this.tones || typeof AudioContext === "undefined") return;
    this.context ??= new AudioContext();
    void this.context.resume();
  }

  play(tone: Tone): void {
    if (!this.tones || this.context?.state !== "running") return;
    for (const [hertz, start, length] of TONES[tone]) this.beep(this.context, hertz, start, length);
  }

  private beep(context: AudioContext, hertz: number, start: number, length: number): void {
    const from = context.currentTime + start;
    const source = new OscillatorNode(context, { frequency: hertz });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.35, from + 0.012);
    volume.gain.setValueAtTime(0.35, from + length);
    volume.gain.linearRampToValueAtTime(0, from + length + 0.03);
    source.connect(volume).connect(context.destination);
    source.start(from);
    source.stop(from + length + 0.05);
  }

  get canSpeak(): boolean {
    return "speechSynthesis" in window;
  }

  say(words: string): void {
    if (!this.voice || !words || !this.canSpeak) return;
    speechSynthesis.cancel();
    const speech = new SpeechSynthesisUtterance(words);
    speech.lang = document.documentElement.lang || "en";
    const own = speechSynthesis.getVoices().filter((each) => each.lang.startsWith(speech.lang));
    speech.voice = own.find((each) => each.localService) ?? own[0] ?? null;
    speechSynthesis.speak(speech);
  }

  hush(): void {
    if (this.canSpeak) speechSynthesis.cancel();
  }
}

// The screen stays on while a session runs, where the device allows it.
export class Awake {
  private lock: WakeLockSentinel | null = null;
  private wanted = false;

  constructor() {
    document.addEventListener("visibilitychange", () => {
      if (this.wanted && document.visibilityState === "visible") void this.keep();
    });
  }

  async keep(): Promise<void> {
    this.wanted = true;
    try {
      this.lock = await navigator.wakeLock.request("screen");
    } catch {
      this.lock = null; // not allowed or not known here: the screen may go dark, the clock goes on
    }
  }

  async release(): Promise<void> {
    this.wanted = false;
    await this.lock?.release();
    this.lock = null;
  }
}
