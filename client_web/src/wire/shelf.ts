// What this phone keeps: acts that are not answered yet, drafts of forms, what was already looked at.
// One IndexedDB; where a browser refuses it (private mode), everything is kept in memory and `lasting` is false,
// so that the screen can say so.

import type { Act } from "./outbox";

const NAME = "kerege";
const VERSION = 1;
type Store = "acts" | "notes";

export class Shelf {
  private constructor(private readonly database: IDBDatabase | null) {}

  static async open(): Promise<Shelf> {
    try {
      const opening = indexedDB.open(NAME, VERSION);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore("acts", { keyPath: "id" }).createIndex("seat", "seat");
        opening.result.createObjectStore("notes");
      };
      return new Shelf(await answered(opening));
    } catch {
      return new Shelf(null);
    }
  }

  get lasting(): boolean {
    return this.database !== null;
  }

  private readonly memory = new Map<string, unknown>();

  async readActs(seat: string): Promise<Act[]> {
    const acts = await this.ask<Act[]>("acts", "readonly", (store) => store.index("seat").getAll(seat));
    return (acts ?? []).sort((one, other) => one.order - other.order);
  }

  async keepAct(act: Act): Promise<void> {
    await this.ask("acts", "readwrite", (store) => store.put(plain(act)));
  }

  async dropActs(ids: string[]): Promise<void> {
    for (const id of ids) await this.ask("acts", "readwrite", (store) => store.delete(id));
  }

  async readNote<Note>(key: string): Promise<Note | undefined> {
    if (this.database === null) return this.memory.get(key) as Note | undefined;
    return this.ask<Note>("notes", "readonly", (store) => store.get(key));
  }

  async keepNote(key: string, note: unknown): Promise<void> {
    this.memory.set(key, note);
    await this.ask("notes", "readwrite", (store) => store.put(plain(note), key));
  }

  async dropNote(key: string): Promise<void> {
    this.memory.delete(key);
    await this.ask("notes", "readwrite", (store) => store.delete(key));
  }

  /** A phone that is handed to another role keeps nothing of the last one. */
  async clear(): Promise<void> {
    this.memory.clear();
    await this.ask("acts", "readwrite", (store) => store.clear());
    await this.ask("notes", "readwrite", (store) => store.clear());
  }

  /** One request as a transaction of its own; done when the browser says that it is kept. */
  private async ask<Answer>(
    name: Store,
    mode: IDBTransactionMode,
    request: (store: IDBObjectStore) => IDBRequest,
  ): Promise<Answer | undefined> {
    if (this.database === null) return undefined;
    const change = this.database.transaction(name, mode);
    const asked = request(change.objectStore(name));
    await new Promise<void>((resolve, reject) => {
      change.oncomplete = () => resolve();
      change.onabort = () => reject(change.error);
    });
    return asked.result as Answer;
  }
}

/** Plain values: what a screen holds may be wrapped by its framework, and a browser refuses to write that down. */
function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function answered<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
