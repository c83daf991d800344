// Acts on their way. Rule: an act is written down on this phone before it is sent, keeps its id for good, is sent
// again after every reconnect until the server has answered it, and is never shown as done before that answer.

import { freshId } from "./ids";
import type { AnyCommand, Receipt, Submit } from "./messages";
import type { Shelf } from "./shelf";

const ANSWERED_KEPT_MAX = 40; // enough to look back over an hour; older answers are in the room's log
const UNANSWERED_MAX = 200; // a night offline; past it the phone says so and takes no more
const STOP_GOOD_FOR_MS = 60_000; // a STOP that reaches the room an hour late would only frighten people
const IN_FLIGHT_MAX = 8; // a quarter of what the server lets wait for one seat
/** Acts that wait behind no other: danger and its end, and the word after a loss, without which nothing else is taken. */
const URGENT = new Set(["stop", "clear", "curtain", "acknowledge"]);
/** Refusals that are about the moment and not about the act (kerege.wire.closing). */
const BUSY = new Set(["busy", "too_fast", "unsure", "lost"]);

export type ActState =
  | "kept" // on this phone only
  | "sent" // sent, no answer yet
  | "accepted"
  | "refused"
  | "too_late";

export interface Act {
  id: string;
  seat: string;
  order: number;
  made_at_ms: number;
  label: string;
  command: AnyCommand;
  seen: number;
  done_at_ms: number | null;
  state: ActState;
  text: string;
  version: number;
  token: string;
  /** Wall time of the answer on this phone; null before it. */
  answered_at_ms: number | null;
}

/** True while the room has not said yes or no. */
export function isOpen(act: Act): boolean {
  return act.state === "kept" || act.state === "sent";
}

export class Outbox {
  private acts: Act[] = [];
  /** After a goodbye that blames our bytes: one act at a time, so that the one at fault shows itself. */
  private careful = false;

  constructor(
    private readonly shelf: Shelf,
    private readonly seat: string,
    private readonly send: (message: Submit) => boolean,
    private readonly changed: (acts: Act[]) => void,
  ) {}

  /** Read what an earlier page of this seat left behind; what was only sent counts as kept again. */
  async load(): Promise<void> {
    const left = await this.shelf.readActs(this.seat);
    const known = new Set(this.acts.map((act) => act.id));
    this.acts = [
      ...left.filter((act) => !known.has(act.id)).map((act) => (act.state === "sent" ? { ...act, state: "kept" as const } : act)),
      ...this.acts,
    ];
    this.changed(this.acts);
  }

  /** Write an act down and send it if the link is up. Returns its id, or null where the phone is full. */
  add(command: AnyCommand, label: string, seen: number, live: boolean): string | null {
    if (this.acts.filter(isOpen).length >= UNANSWERED_MAX) return null;
    const now = Date.now();
    const act: Act = {
      id: freshId(),
      seat: this.seat,
      order: Math.max(now, (this.acts.at(-1)?.order ?? 0) + 1),
      made_at_ms: now,
      label,
      command,
      seen,
      done_at_ms: live ? now : null,
      state: "kept",
      text: "",
      version: 0,
      token: "",
      answered_at_ms: null,
    };
    this.acts = [...this.acts, act];
    // Shown and sent only once it is written down; where writing fails it still goes, it just would not outlive a reload.
    const go = () => {
      this.changed(this.acts);
      this.submit(act.id);
    };
    void this.shelf.keepAct(act).then(go, go);
    return act.id;
  }

  /** The link is up: send what has no answer, in the order it was done, a few at a time. */
  resend(): void {
    for (const act of this.acts.filter((each) => each.state === "kept")) this.submit(act.id);
  }

  /** The server could not read what we sent. If just one act was under way, it is that one, and it will not go again. */
  blame(text: string): void {
    const sent = this.acts.filter((act) => act.state === "sent");
    if (sent.length === 1 && sent[0] !== undefined) this.change(sent[0].id, { state: "refused", text });
    this.careful = true;
  }

  /** The link is down: what was sent may or may not have arrived. */
  lose(): void {
    this.acts = this.acts.map((act) => (act.state === "sent" ? { ...act, state: "kept" } : act));
    this.changed(this.acts);
  }

  /** The room's answer. `unknown` is neither yes nor no: the same act goes again at the next resend. */
  answer(receipt: Receipt): void {
    const act = this.acts.find((each) => each.id === receipt.id);
    if (act === undefined || !isOpen(act)) return;
    if (receipt.outcome === "unknown" || (receipt.outcome === "refused" && BUSY.has(receipt.code))) {
      this.change(act.id, { state: "kept" });
      setTimeout(() => this.submit(act.id), 2_000 + Math.random() * 4_000);
      return;
    }
    this.change(act.id, {
      state: receipt.outcome,
      text: receipt.text,
      version: receipt.version,
      token: receipt.token,
      answered_at_ms: Date.now(),
    });
    this.prune();
    this.resend();
  }

  /** Take an answered act off the list. */
  dismiss(id: string): void {
    const act = this.acts.find((each) => each.id === id);
    if (act === undefined || isOpen(act)) return;
    this.acts = this.acts.filter((each) => each.id !== id);
    this.changed(this.acts);
    void this.shelf.dropActs([id]);
  }

  private submit(id: string): void {
    const act = this.acts.find((each) => each.id === id);
    if (act === undefined || act.state !== "kept") return;
    const urgent = URGENT.has(act.command.do);
    const inFlight = this.acts.filter((each) => each.state === "sent").length;
    if (!urgent && inFlight >= (this.careful ? 1 : IN_FLIGHT_MAX)) return;
    if (act.command.do === "stop" && Date.now() - act.made_at_ms > STOP_GOOD_FOR_MS) {
      this.change(id, { state: "too_late" });
      return;
    }
    const message: Submit = { type: "submit", id: act.id, seen: act.seen, command: act.command };
    if (act.done_at_ms !== null) message.done_at_ms = act.done_at_ms;
    if (this.send(message)) this.change(id, { state: "sent" });
  }

  private change(id: string, to: Partial<Act>): void {
    this.acts = this.acts.map((act) => (act.id === id ? { ...act, ...to } : act));
    this.changed(this.acts);
    const act = this.acts.find((each) => each.id === id);
    if (act !== undefined) void this.shelf.keepAct(act).catch(() => undefined);
  }

  private prune(): void {
    const answered = this.acts.filter((act) => !isOpen(act));
    const old = answered.slice(0, Math.max(0, answered.length - ANSWERED_KEPT_MAX)).map((act) => act.id);
    if (old.length === 0) return;
    const gone = new Set(old);
    this.acts = this.acts.filter((act) => !gone.has(act.id));
    this.changed(this.acts);
    void this.shelf.dropActs(old);
  }
}
