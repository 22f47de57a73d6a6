// The session player: opens what this page, or this device, knows of today's session, and begins to guide it.

import { keepForOffline } from "./player/offline";
import { Guide } from "./player/guide";
import { Queue } from "./player/queue";
import { ownerHere, storeOf } from "./player/store";
import { learnSwaps } from "./player/swap";
import type { Prescription } from "./player/types";

const FIRST_TRY = 4000; // ms for what still waits from before, ere the session goes on

async function open(root: HTMLElement): Promise<void> {
  const told = document.getElementById("prescription")?.textContent;
  const page = told ? (JSON.parse(told) as Prescription) : null;
  const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const store = await storeOf(page?.owner ?? ownerHere());
  let guide: Guide | null = null;
  const queue = new Queue(store, token, () => guide?.waits());
  const kept = await store.plan();
  if (page && (await queue.count()) && (await queue.drained(FIRST_TRY))) return location.reload(); // the page is older than what has just arrived
  const plan = (await queue.count()) || !page ? kept : together(page, kept);
  if (!plan) return void document.getElementById("nothing-here")?.removeAttribute("hidden");
  root.hidden = false;
  guide = new Guide(root, plan, queue);
  guide.begin();
  if (queue.waiting) guide.waits();
  if (page) void learnt(guide, plan, store.lasting);
  queue.hurry();
}

// What may stand in for an exercise comes after the first thing seen; then all of it is put aside for when there is no line.
async function learnt(guide: Guide, plan: Prescription, lasting: boolean): Promise<void> {
  await learnSwaps(plan);
  guide.remembered();
  guide.root.dataset["swaps"] = "known";
  if (lasting) await keepForOffline(plan);
}

// What the server has of this session, with what only this device knows: sets over but not answered, and what was made easier.
function together(page: Prescription, kept: Prescription | null): Prescription {
  if (kept?.session !== page.session) return page;
  const open = (kept.open ?? []).filter((each) => page.items[each.place]!.done < each.number);
  for (const each of open) page.items[each.place]!.done = each.number;
  for (const { place, eased, dose, says } of kept.items) if (eased) Object.assign(page.items[place]!, { eased, dose, says });
  return { ...page, open };
}

const root = document.getElementById("player");
if (root) {
  document.getElementById("by-hand")?.removeAttribute("open");
  void open(root);
}
