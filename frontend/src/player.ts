// The session player: one set after the other, hands free.
export {};
