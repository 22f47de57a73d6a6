// Time by the clock, never by counting ticks: a phone that dozes or a tab in the background loses no second.

export class Clock {
  private monotonic = performance.now();
  private wall = Date.now();
  private slept = 0;

  // Milliseconds that only go forward. Some phones stop the monotonic clock while they sleep; the wall clock tells by how much.
  now(): number {
    const monotonic = performance.now();
    const wall = Date.now();
    const lost = wall - this.wall - (monotonic - this.monotonic);
    if (lost > 1000 && lost < 3_600_000) this.slept += lost;
    this.monotonic = monotonic;
    this.wall = wall;
    return monotonic + this.slept;
  }
}

// A span of time that can be stopped, gone on with and made longer.
export class Span {
  private began: number;
  private stoppedAt: number | null = null;

  constructor(private readonly clock: Clock, public length: number) {
    this.began = clock.now();
  }

  get elapsed(): number {
    return ((this.stoppedAt ?? this.clock.now()) - this.began) / 1000;
  }

  get left(): number {
    return Math.max(this.length - this.elapsed, 0);
  }

  get stopped(): boolean {
    return this.stoppedAt !== null;
  }

  stop(): void {
    this.stoppedAt ??= this.clock.now();
  }

  goOn(): void {
    if (this.stoppedAt === null) return;
    this.began += this.clock.now() - this.stoppedAt;
    this.stoppedAt = null;
  }
}
