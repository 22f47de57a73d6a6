// What the server hands over, and what goes back. The shapes are those of psoas/web/guiding.py and pages/player.py.

export type SideName = "left" | "right";
export interface Choice { id: string; words: string }
export interface Dose { sets: number; reps?: number; hold_s?: number; metres?: number }
export interface Turn { words: string; side: SideName }
export interface Picture { still: string; moving: string; words: string }
export interface Below { dose: Dose; says: string }

export interface Item {
  place: number;
  form: string; // the exercise, or the way of doing it
  name: string;
  side: SideName | "both" | "";
  sides: SideName[];
  slot: string;
  warm: boolean;
  trial: boolean;
  find: boolean;
  limit: number; // pain above it ends the session
  dose: Dose;
  says: string;
  load: string;
  loads: Choice[];
  holds: string;
  effort: string;
  tempo: [number, number, number];
  rest: number;
  steps: string[];
  cues: string[];
  seen: Choice[];
  parts: string[];
  verbs: [string, string];
  steady: string; // the word of a long hold: hold, or walk
  turns: Turn[];
  below: Below | null;
  pictures: Partial<Record<SideName, Picture>>;
  href: string;
  first: boolean; // she has not done it yet
  done: number;
  skipped: boolean;
  eased?: boolean; // goes on with the step below, after pain: no set of it is a whole one
}

// What may stand in for an exercise: the items as they would be, each at its place.
export interface Other { to: string; words: string; items: Item[] }

// A warning sign, where to go with it and what to say there.
export interface Alarm { id: string; level: string; title: string; go: string; say: string }

export interface Prescription {
  session: string;
  owner: string;
  day: string;
  items: Item[];
  signs: Choice[];
  skips: Choice[];
  alarms: Alarm[];
  easy: number;
  open?: Unanswered[]; // sets that are over and not yet answered
  swaps?: Record<number, Other[]>; // by place
  ended?: boolean; // by the pain rule, or by a warning sign
  alarm?: string[]; // the warning signs she named without a line
}

// A set that is over: what of it is known before she is asked.
export interface Unanswered { place: number; number: number; did: "all" | "part" | null; over?: boolean }

export interface Reply { kept: boolean; says?: string; next?: string; again?: boolean; reload?: boolean; late?: boolean }
