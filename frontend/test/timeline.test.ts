// What happens second by second, without a page and without a browser: `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, cues, due, segments, spoken, stretched, total, type Paced } from "../src/player/timeline.ts";

const HOLDS: Paced = { dose: { sets: 2, reps: 6, hold_s: 10 }, tempo: [2, 0, 3], parts: [], verbs: ["Lift", "Lower"], turns: [] };
const REPS: Paced = { ...HOLDS, dose: { sets: 2, reps: 10 }, tempo: [2, 1, 3] };
const SWINGS: Paced = { ...REPS, tempo: [1, 0, 1], turns: [{ words: "Left leg", side: "left" }, { words: "Right leg", side: "right" }] };
const CIRCLES: Paced = {
  ...REPS, dose: { sets: 1, reps: 5 }, tempo: [2, 0, 2],
  turns: [{ words: "Left leg", side: "left" }, { words: "Left leg, the other way", side: "left" }, { words: "Right leg", side: "right" }, { words: "Right leg, the other way", side: "right" }],
};

function said(item: Paced): Array<[number, string]> {
  return cues(segments(item)).map((each) => [each.at, each.words]);
}

test("repetitions follow the prescribed tempo", () => {
  assert.equal(total(segments(REPS)), 10 * (2 + 1 + 3));
  assert.equal(total(segments(HOLDS)), 6 * (2 + 10 + 3));
});

test("the same dose takes the same time on either side, and either leg of a warm-up gets the same", () => {
  for (const item of [SWINGS, CIRCLES]) {
    const of = (side: string): number => total(segments(item).filter((each) => each.side === side && each.kind !== "turn"));
    assert.equal(of("left"), of("right"));
    assert.ok(of("left") > 0);
  }
});

test("between the legs there is the time she chose, between the two ways a little", () => {
  const turns = segments(CIRCLES, { change: 12 }).filter((each) => each.kind === "turn");
  assert.deepEqual(turns.map((each) => each.seconds), [3, 12, 3]);
  assert.deepEqual(segments(SWINGS, { change: 20 }).filter((each) => each.kind === "turn").map((each) => each.word), ["Right leg"]);
});

test("metres have no clock; a single hold is one piece; three holds of a cycle have their own words", () => {
  assert.deepEqual(segments({ ...REPS, dose: { sets: 4, metres: 20 } }), []);
  assert.deepEqual(segments({ ...HOLDS, dose: { sets: 1, reps: 1, hold_s: 300 } }).map((each) => [each.kind, each.seconds]), [["hold", 300]]);
  const cycle = segments({ ...HOLDS, dose: { sets: 2, reps: 3, hold_s: 10 }, parts: ["Reach back", "Push forward", "Reach back"] });
  assert.deepEqual(cycle.filter((each) => each.kind === "lift").map((each) => each.word), ["Reach back", "Push forward", "Reach back"]);
});

test("where a set stands is known at every instant", () => {
  const plan = segments(HOLDS);
  assert.deepEqual(at(plan, 0), { index: 0, left: 2 });
  assert.deepEqual(at(plan, 1.5), { index: 0, left: 0.5 });
  assert.deepEqual(at(plan, 2), { index: 1, left: 10 });
  assert.equal(at(plan, 90), null);
});

test("lift, hold, the last three seconds and lower are said at their second", () => {
  const first = said(HOLDS).filter(([second]) => second < 15);
  assert.deepEqual(first, [[0, "1. Lift."], [2, "Hold."], [9, "3"], [10, "2"], [11, "1"], [12, "Lower."]]);
});

test("half-way and the last repetition are told, and a long hold at its half", () => {
  assert.ok(said(REPS).some(([second, words]) => second === 30 && words === "Half-way."));
  assert.ok(said(REPS).some(([second, words]) => second === 54 && words === "Last one. Lift."));
  const long = said({ ...HOLDS, dose: { sets: 1, reps: 1, hold_s: 30 } });
  assert.deepEqual(long, [[0, "Hold, 30 seconds."], [15, "Half-way."], [27, "3"], [28, "2"], [29, "1"]]);
});

test("the other leg is announced when its time to change begins", () => {
  assert.ok(said(SWINGS).some(([second, words]) => second === 20 && words === "Change: right leg."));
});

test("each cue is due once, however often one looks", () => {
  const all = cues(segments(HOLDS));
  for (const step of [0.013, 0.1, 0.49, 0.97]) {
    const heard: string[] = [];
    let before = -1;
    for (let now = 0; now < 91; now += step) {
      heard.push(...due(all, before, now).map((each) => `${each.at} ${each.words}`));
      before = now;
    }
    assert.deepEqual(heard, all.map((each) => `${each.at} ${each.words}`), `looking every ${step} s`);
  }
});

test("after a sleep nothing old is said, only the word of now", () => {
  const all = cues(segments(HOLDS));
  assert.deepEqual(due(all, 1, 34.5).map((each) => each.words), ["Hold."]);
  assert.deepEqual(due(all, 1, 42).map((each) => each.words), ["Lower."]);
});

test("a piece can be made longer and shorter, never shorter than what of it is over", () => {
  const plan = segments(HOLDS);
  assert.equal(total(stretched(plan, 3, 5)), 95);
  assert.equal(total(stretched(plan, 3, -5)), 85);
  assert.equal(stretched(plan, 11, -5)[1]?.seconds, 9);
  assert.deepEqual(stretched(plan, 200, 5), plan);
});

test("times are words one says", () => {
  assert.deepEqual([45, 60, 90, 300].map(spoken), ["45 seconds", "one minute", "90 seconds", "5 minutes"]);
});
