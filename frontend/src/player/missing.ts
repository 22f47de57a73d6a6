// What this browser cannot do for a session, each in a sentence with the way out. Nothing fails quietly.

import { h } from "./dom";
import { voices } from "./sound";
import type { Store } from "./store";

export interface Gap { id: "voice" | "awake" | "offline"; says: string; out: string }

const NOT_SECURE = "because this page does not come over a secure (https) address";
const SECURE_WAY = "Open Psoas by its https address, or on the machine it runs on (localhost).";

export async function gaps(store: Store): Promise<Gap[]> {
  const found: Gap[] = [];
  if (!(await voices())) found.push({ id: "voice", says: "No voice: this browser has none.", out: "Tones, a flash and the captions take its place. A voice can be added in the phone’s settings, under text to speech." });
  if (!("wakeLock" in navigator)) found.push({ id: "awake", says: `The screen may go dark${isSecureContext ? ": this browser cannot keep it on" : `, ${NOT_SECURE}`}.`, out: `Set the phone’s own screen time-out to ten minutes or more${isSecureContext ? "" : `, or: ${lower(SECURE_WAY)}`}` });
  if (!store.lasting || !("serviceWorker" in navigator)) found.push({ id: "offline", says: `Without a connection this page cannot be opened again${isSecureContext ? ": this browser keeps nothing for it" : `, ${NOT_SECURE}`}.`, out: `Keep the page open until “Everything is kept” stands above. ${SECURE_WAY}` });
  return found;
}

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

// Filled in once it is known what is missing.
export function missingBox(store: Store): HTMLElement {
  const box = h("div", { class: "player-missing", role: "note", hidden: true });
  void gaps(store).then((found) => {
    box.replaceChildren(...found.map(({ id, says, out }) => h("p", { "data-gap": id }, h("b", {}, says), ` ${out}`)));
    box.hidden = !found.length;
  });
  return box;
}
