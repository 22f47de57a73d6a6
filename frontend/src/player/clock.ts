// Time by the clock, never by counting ticks: a phone that dozes or a tab in the background loses no second.

export interface Times { monotonic: () => number; wall: () => number }

const DEVICE: Times = { monotonic: () => performance.now(), wall: () => Date.now() };
const ASLEEP = 500; // ms by which the wall clock must be ahead before it counts as sleep
const LONGEST = 3_600_000; // ms; more than an hour is a clock that was set, not a nap

export class Clock {
  private readonly times: Times;
  private monotonic: number;
  private wall: number;
  private slept = 0;

  constructor(times: Times = DEVICE) {
    this.times = times;
    this.monotonic = times.monotonic();
    this.wall = times.wall();
  }

  // Milliseconds that only go forward. Some phones stop the monotonic clock while they sleep; the wall clock tells by how much.
  now(): number {
    const monotonic = this.times.monotonic();
    const wall = this.times.wall();
    const lost = wall - this.wall - (monotonic - this.monotonic);
    if (lost > ASLEEP && lost < LONGEST) this.slept += lost;
    this.monotonic = monotonic;
    this.wall = wall;
    return monotonic + this.slept;
  }
}

// A span of time that can be stopped, gone on with and made longer or shorter.
export class Span {
  length: number; // seconds
  private readonly clock: Clock;
  private began: number;
  private stoppedAt: number | null = null;

  constructor(clock: Clock, length: number) {
    this.clock = clock;
    this.length = length;
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

  // Longer, or shorter: never so short that it was over already.
  change(by: number): void {
    this.length = Math.max(this.length + by, this.elapsed);
  }
}

// Milliseconds until a count of whole seconds next changes, so that a figure changes on the second and not up to a tick late.
export function untilNext(left: number, longest = 100): number {
  const part = left - Math.floor(left);
  return Math.min((part === 0 ? 1 : part) * 1000 + 1, longest);
}
