// What this phone keeps: acts that are not answered yet, drafts of forms, what was already looked at.
// One IndexedDB; where a browser refuses it (private mode), everything is kept in memory and `lasting` is false,
// so that the screen can say so.

import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Act } from "./outbox";

const NAME = "kerege";
const VERSION = 1;

interface Shelves extends DBSchema {
  acts: { key: string; value: Act; indexes: { seat: string } };
  notes: { key: string; value: unknown };
}

export class Shelf {
  private constructor(private readonly database: IDBPDatabase<Shelves> | null) {}

  static async open(): Promise<Shelf> {
    try {
      const database = await openDB<Shelves>(NAME, VERSION, {
        upgrade(fresh) {
          fresh.createObjectStore("acts", { keyPath: "id" }).createIndex("seat", "seat");
          fresh.createObjectStore("notes");
        },
      });
      return new Shelf(database);
    } catch {
      return new Shelf(null);
    }
  }

  get lasting(): boolean {
    return this.database !== null;
  }

  private readonly memory = new Map<string, unknown>();

  async readActs(seat: string): Promise<Act[]> {
    const acts = (await this.database?.getAllFromIndex("acts", "seat", seat)) ?? [];
    return acts.sort((one, other) => one.order - other.order);
  }

  async keepAct(act: Act): Promise<void> {
    await this.database?.put("acts", act);
  }

  async dropActs(ids: string[]): Promise<void> {
    if (this.database === null || ids.length === 0) return;
    const change = this.database.transaction("acts", "readwrite");
    for (const id of ids) void change.store.delete(id);
    await change.done;
  }

  async readNote<Note>(key: string): Promise<Note | undefined> {
    if (this.database === null) return this.memory.get(key) as Note | undefined;
    return (await this.database.get("notes", key)) as Note | undefined;
  }

  async keepNote(key: string, note: unknown): Promise<void> {
    this.memory.set(key, note);
    await this.database?.put("notes", note, key);
  }

  async dropNote(key: string): Promise<void> {
    this.memory.delete(key);
    await this.database?.delete("notes", key);
  }

  /** A phone that is handed to another role keeps nothing of the last one. */
  async clear(): Promise<void> {
    this.memory.clear();
    await this.database?.clear("acts");
    await this.database?.clear("notes");
  }
}
