// On today's page: what this device still holds of a session is sent, and the page says so.

import { Queue } from "./player/queue";
import { waitingWords } from "./player/stage";
import { ownerHere, storeOf, type Store } from "./player/store";

async function carry(owner: string): Promise<void> {
  const store = await storeOf(owner);
  const place = document.getElementById("waiting");
  const letters = await store.all();
  const queue: Queue = new Queue(store, "", () => {
    if (!place || !letters.length) return;
    place.hidden = false;
    place.textContent = waitingWords(queue.waiting, { stuck: queue.stuck, lasting: store.lasting, signedOut: queue.signedOut });
  });
  if (letters.length) {
    await queue.count();
    while (!(await queue.drained(60_000)));
  }
  if (letters.some((each) => each.address.endsWith("/end/")) || (await isOver(store, place?.dataset["over"] === "yes"))) await store.erase();
  if (letters.length) location.reload();
}

// The session is done, or it was one of another day: its plan has nothing more to do on this device.
async function isOver(store: Store, done: boolean): Promise<boolean> {
  const plan = await store.plan();
  return done || (plan !== null && plan.day !== new Intl.DateTimeFormat("sv-SE").format(new Date()));
}

if (ownerHere()) void carry(ownerHere());
