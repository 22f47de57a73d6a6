// What the server hands over, and what goes back. The shapes are those of psoas/web/sitting.py and pages/player.py.

export type SideName = "left" | "right";
export interface Choice { id: string; words: string }
export interface Dose { sets: number; reps?: number; hold_s?: number; metres?: number }

export interface Item {
  place: number;
  name: string;
  side: SideName | "both" | "";
  sides: SideName[];
  slot: string;
  warm: boolean;
  trial: boolean;
  find: boolean;
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
  href: string;
  done: number;
  skipped: boolean;
}

export interface Prescription {
  session: string;
  items: Item[];
  signs: Choice[];
  skips: Choice[];
  limit: number;
}

export interface SetSent {
  entry: string;
  session: string;
  item: number;
  number: number;
  did: "all" | "part";
  pain: Partial<Record<SideName, number | null>>;
  seen: string[] | null;
  signs: string[] | null;
  effort: number | null;
  load: string;
}

export interface Reply { kept: boolean; says?: string; next?: string; again?: boolean; reload?: boolean }
