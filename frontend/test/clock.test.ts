// Time by the clock: ten minutes of a busy phone, a sleep, a clock that is set.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock, Span, untilNext } from "../src/player/clock.ts";

class Device {
  real = 0; // ms that really passed
  asleep = 0; // ms of them in which the monotonic clock stood
  set = 0; // ms by which somebody moved the wall clock
  readonly times = { monotonic: () => this.real - this.asleep, wall: () => 1_750_000_000_000 + this.real + this.set };
}

test("after ten minutes of irregular looks less than 50 ms are wrong, at every second on the way", () => {
  const device = new Device();
  const span = new Span(new Clock(device.times), 600);
  let shown = 601;
  let worst = 0;
  let seed = 7;
  const late = (): number => ((seed = (seed * 16_807) % 2_147_483_647) % 400) / 10; // a timer fires 0 to 40 ms late
  while (span.left > 0) {
    const left = Math.ceil(span.left);
    if (left !== shown) {
      worst = Math.max(worst, device.real - (600 - left) * 1000);
      shown = left;
    }
    device.real += untilNext(span.left) + late();
  }
  assert.ok(worst < 50, `${worst} ms late at worst`);
  assert.ok(Math.abs(device.real - 600_000) < 50, `ended ${device.real - 600_000} ms late`);
});

test("a phone that slept with its monotonic clock standing still is right at once", () => {
  const device = new Device();
  const span = new Span(new Clock(device.times), 600);
  device.real += 1_000;
  assert.equal(span.elapsed, 1);
  device.real += 120_000;
  device.asleep += 119_990;
  assert.ok(Math.abs(span.elapsed - 121) < 0.05, String(span.elapsed));
});

test("a tab that was put aside while its clock ran is right at once", () => {
  const device = new Device();
  const span = new Span(new Clock(device.times), 600);
  device.real += 300_000;
  assert.equal(span.elapsed, 300);
});

test("a wall clock that is set by hours, or back, changes nothing", () => {
  const device = new Device();
  const span = new Span(new Clock(device.times), 600);
  for (const moved of [7_200_000, -3_600_000]) {
    device.set += moved;
    device.real += 1_000;
    void span.elapsed;
  }
  assert.equal(span.elapsed, 2);
});

test("a pause takes no time, and a span is never shorter than what of it is over", () => {
  const device = new Device();
  const span = new Span(new Clock(device.times), 20);
  device.real += 5_000;
  span.stop();
  device.real += 60_000;
  assert.equal(span.left, 15);
  span.goOn();
  device.real += 5_000;
  span.change(-15);
  assert.equal(span.left, 0);
  assert.equal(span.length, 10);
});
