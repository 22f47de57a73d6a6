// What this device keeps while a session is under way: the plan of the day and what was not sent yet, nothing else.
// It is encrypted with a key that no script can read out, and all of it is erased once everything was sent.

import { openDB, deleteDB, type IDBPDatabase } from "idb";
import type { Prescription } from "./types";

export interface Letter { place: number; address: string; body: Record<string, unknown> }
interface Sealed { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }

export interface Store {
  readonly lasting: boolean; // outlives this page
  put(letter: Omit<Letter, "place">): Promise<void>;
  first(): Promise<Letter | null>;
  all(): Promise<Letter[]>;
  drop(place: number): Promise<void>;
  keepPlan(plan: Prescription): Promise<void>;
  plan(): Promise<Prescription | null>;
  erase(): Promise<void>;
}

const OWNER = "psoas-owner"; // whose store the offline page opens: a mark, not a name
const DAY = "psoas-day";

export function ownerHere(): string {
  try {
    return localStorage.getItem(OWNER) ?? "";
  } catch {
    return "";
  }
}

// Everything that this browser holds of anybody's sessions: plans, letters, keys, pictures, the worker, and how she wanted
// them told. True where something could not be erased.
export async function eraseAll(): Promise<boolean> {
  try {
    localStorage.clear();
    const stores = (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith("psoas-") ? [name] : []));
    await Promise.all(stores.map((name) => deleteDB(name)));
    if ("caches" in self) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
    for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
    return (await indexedDB.databases()).some(({ name }) => name?.startsWith("psoas-"));
  } catch {
    return true;
  }
}

// This person's store, or one that lives as long as the page where the browser offers nothing better.
export async function storeOf(owner: string): Promise<Store> {
  try {
    if (!owner || !isSecureContext) return new Passing();
    const database = await openDB(`psoas-${owner}`, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("key");
        fresh.createObjectStore("kept");
        fresh.createObjectStore("letters", { autoIncrement: true });
      },
      blocking: () => database.close(),
    });
    return new Device(database, await keyOf(database), owner);
  } catch {
    return new Passing();
  }
}

async function keyOf(database: IDBPDatabase): Promise<CryptoKey> {
  const kept = (await database.get("key", "key")) as CryptoKey | undefined;
  if (kept) return kept;
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const change = database.transaction("key", "readwrite"); // two tabs may come at once: the first key stands
  const first = (await change.store.get("key")) as CryptoKey | undefined;
  if (!first) await change.store.put(fresh, "key");
  await change.done;
  return first ?? fresh;
}

class Device implements Store {
  readonly lasting = true;
  private gone = false; // erased: nothing is read or written any more

  constructor(private readonly database: IDBPDatabase, private readonly key: CryptoKey, private readonly owner: string) {}

  private async seal(value: unknown): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, new TextEncoder().encode(JSON.stringify(value)));
    return { iv, data };
  }

  private async open<T>({ iv, data }: Sealed): Promise<T> {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.key, data);
    return JSON.parse(new TextDecoder().decode(plain)) as T;
  }

  async put(letter: Omit<Letter, "place">): Promise<void> {
    const sealed = await this.seal(letter);
    if (!this.gone) await this.database.add("letters", sealed);
  }

  async first(): Promise<Letter | null> {
    if (this.gone) return null;
    const cursor = await this.database.transaction("letters").store.openCursor();
    if (!cursor) return null;
    const place = cursor.primaryKey as number;
    return { ...(await this.open<Omit<Letter, "place">>(cursor.value as Sealed)), place };
  }

  async all(): Promise<Letter[]> {
    if (this.gone) return [];
    const read = this.database.transaction("letters").store;
    const [places, sealed] = await Promise.all([read.getAllKeys(), read.getAll()]);
    const found = await Promise.all((sealed as Sealed[]).map((each) => this.open<Omit<Letter, "place">>(each)));
    return found.map((each, n) => ({ ...each, place: places[n] as number }));
  }

  async drop(place: number): Promise<void> {
    if (!this.gone) await this.database.delete("letters", place);
  }

  async keepPlan(plan: Prescription): Promise<void> {
    const sealed = await this.seal(plan);
    if (this.gone) return;
    localStorage.setItem(OWNER, this.owner);
    await this.database.put("kept", sealed, "plan");
  }

  async plan(): Promise<Prescription | null> {
    const sealed = this.gone ? undefined : (await this.database.get("kept", "plan")) as Sealed | undefined;
    return sealed ? this.open<Prescription>(sealed) : null;
  }

  async erase(): Promise<void> {
    this.gone = true;
    this.database.close();
    localStorage.removeItem(OWNER);
    await Promise.all([deleteDB(this.database.name), caches.delete(DAY)]);
  }
}

// Where nothing may be kept: this page alone remembers, and says so.
class Passing implements Store {
  readonly lasting = false;
  private letters: Letter[] = [];
  private last = 0;
  private kept: Prescription | null = null;

  async put(letter: Omit<Letter, "place">): Promise<void> {
    this.letters.push({ ...letter, place: ++this.last });
  }

  async first(): Promise<Letter | null> {
    return this.letters[0] ?? null;
  }

  async all(): Promise<Letter[]> {
    return [...this.letters];
  }

  async drop(place: number): Promise<void> {
    this.letters = this.letters.filter((each) => each.place !== place);
  }

  async keepPlan(plan: Prescription): Promise<void> {
    this.kept = plan;
  }

  async plan(): Promise<Prescription | null> {
    return this.kept;
  }

  async erase(): Promise<void> {
    this.letters = [];
    this.kept = null;
  }
}
