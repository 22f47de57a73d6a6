// On today's page: what this device still holds of a session is sent, and the page says so.

import { Queue } from "./player/queue";
import { waitingWords } from "./player/stage";
import { ownerHere, storeOf } from "./player/store";

async function carry(owner: string): Promise<void> {
  const store = await storeOf(owner);
  const place = document.getElementById("waiting");
  const queue: Queue = new Queue(store, "", () => {
    if (!place) return;
    place.hidden = false;
    place.textContent = waitingWords(queue.waiting, { stuck: queue.stuck, lasting: store.lasting, signedOut: queue.signedOut });
  });
  if (!(await store.all()).length) return;
  await queue.count();
  if (await queue.drained(60_000)) location.reload();
}

if (ownerHere()) void carry(ownerHere());
