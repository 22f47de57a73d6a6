// After the first visit the whole of today's session opens without a line: the page, its looks, its pictures.

import type { Prescription } from "./types";

const SHELF = "psoas-shelf"; // scripts, styles, fonts and the page itself: the same for everybody
const DAY = "psoas-day"; // the pictures of this day, erased with its plan
const PAGE = "/session/offline/";

export async function keepForOffline(plan: Prescription): Promise<void> {
  if (!("serviceWorker" in navigator) || !("caches" in self)) return;
  await navigator.serviceWorker.register("/worker.js", { scope: "/" });
  const shelf = await caches.open(SHELF);
  await shelf.add(new Request(PAGE, { cache: "reload" }));
  await filled(shelf, [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet], link[rel=icon], link[rel=preload]")].map((each) => each.href));
  await filled(shelf, [...document.querySelectorAll<HTMLScriptElement>("script[src]")].map((each) => each.src));
  await document.fonts.ready;
  await filled(shelf, performance.getEntriesByType("resource").map((each) => each.name).filter((name) => name.includes("/static/")));
  const others = Object.values(plan.swaps ?? {}).flatMap((found) => found.flatMap(({ items }) => items));
  const pictures = [...plan.items, ...others].flatMap((item) => Object.values(item.pictures).map(({ moving }) => moving));
  await filled(await caches.open(DAY), [...new Set(pictures)]);
  document.getElementById("player")?.setAttribute("data-offline", "ready");
}

// One that cannot be fetched does not keep the others out.
async function filled(cache: Cache, addresses: string[]): Promise<void> {
  const here = addresses.filter((address) => new URL(address, location.href).origin === location.origin);
  await Promise.allSettled(here.map(async (address) => (await cache.match(address)) ?? cache.add(address)));
}
