// The link to the server: a road that opens itself again. A WebSocket; where those are blocked, an event stream.
//
//   ask a ticket -> open -> hello {ticket, cursors} -> welcome -> snapshot or frames … -> lost -> wait -> again
//
// The server answers (a ticket came) and yet the road brings no welcome: then the next try takes the other road.
// Full-jitter back-off (a room of phones that lost the same access point must not come back as one wave), capped at
// 30 s; a beat every 10 s while the page is seen and after each act (each sixth asks how the views should look); a link that owes an echo for 8 s is closed rather
// than trusted.

import { Refusal, takeTicket } from "./api";
import type { FromClient, FromServer, Language, Place } from "./messages";
import type { Road, RoadEars } from "./road";
import { SocketRoad } from "./socket";

const BEAT_EVERY_MS = 10_000;
const SILENCE_MAX_MS = 8_000; // after a beat; then the link counts as dead
const OPEN_MAX_MS = 12_000;
const CAN_INFLATE = "DecompressionStream" in globalThis; // older Firefox has none; there snapshots come as they are
const DRY_MAX = 2; // tries in a row without a welcome on a road that has brought one: the network may just be bad
const DIGEST_EVERY = 6; // beats: about once a minute, and first right after coming in
const WAIT_FIRST_MS = 500;
const WAIT_MAX_MS = 30_000;
const STEADY_AFTER_MS = 10_000; // a link that lived this long was a good one: back-off begins anew

export type LinkPhase =
  | "connecting" // the first time
  | "connected"
  | "reconnecting"
  | "out"; // this phone has no seat (any more)

export interface LinkState {
  phase: LinkPhase;
  /** Wall time of the last byte from the server; 0 before the first. */
  heard_at_ms: number;
  /** Tries since the last good link. */
  tries: number;
  why: string;
}

export interface LinkEars {
  receive(message: FromServer): void;
  changed(state: LinkState): void;
  /** The link is up and the hello is answered: now acts may go. */
  up(): void;
  down(): void;
  /** `receipt`: the token of the last one, the proof of what was acknowledged. */
  greeting(): { language: Language; cursors: Record<string, Place>; receipt: string };
}

export class Link {
  private road: Road | null = null;
  private byEvents = false;
  /** Tries in a row that the server answered and this road did not. */
  private dry = 0;
  private welcomed = false;
  private phase: LinkPhase = "connecting";
  private heardAtMs = 0;
  private tries = 0;
  private openedAtMs = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private deadline: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  /** A beat was sent and nothing has come since. */
  private owed = false;
  private attempt = 0;
  /** Beats on this road. */
  private beats = 0;

  constructor(private readonly ears: LinkEars) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    addEventListener("online", this.nudge);
    addEventListener("offline", this.unplugged);
    document.addEventListener("visibilitychange", this.nudge);
    void this.open();
  }

  stop(): void {
    this.running = false;
    removeEventListener("online", this.nudge);
    removeEventListener("offline", this.unplugged);
    document.removeEventListener("visibilitychange", this.nudge);
    clearTimeout(this.retry);
    this.drop();
  }

  /** False where the link is down; the caller keeps what it wanted to say. */
  send(message: FromClient): boolean {
    if (this.phase !== "connected") return false;
    const written = this.write(message);
    // Who taps wants to know: the beat's echo, or its absence, says within seconds whether the link still lives.
    if (written && message.type === "submit" && !this.owed) this.sendBeat();
    return written;
  }

  private write(message: FromClient): boolean {
    return this.road?.write(message) ?? false;
  }

  /** Somebody looks at the screen again, or the network came back: try now, or ask whether the link still lives. */
  private readonly nudge = (): void => {
    if (!this.running || document.hidden) return;
    if (this.road === null) {
      clearTimeout(this.retry);
      void this.open();
    } else {
      this.sendBeat();
    }
  };

  /** The device itself says that it has no network: believe it at once. */
  private readonly unplugged = (): void => {
    if (this.road !== null) this.lost();
  };

  private async open(): Promise<void> {
    const attempt = ++this.attempt;
    let ticket: string;
    try {
      ticket = (await takeTicket()).ticket;
    } catch (error) {
      if (attempt !== this.attempt || !this.running) return;
      if (error instanceof Refusal && (error.status === 401 || error.status === 403)) {
        this.leave(error.message);
      } else {
        this.wait();
      }
      return;
    }
    if (attempt !== this.attempt || !this.running) return;
    const here = () => attempt === this.attempt;
    const ears: RoadEars = {
      open: () => {
        if (here()) this.write({ type: "hello", ticket, inflate: CAN_INFLATE, ...this.ears.greeting() });
      },
      heard: () => {
        if (here()) this.hear();
      },
      receive: (message) => {
        if (here()) this.take(message);
      },
      closed: () => {
        if (here()) this.lost();
      },
    };
    this.expectBytes(OPEN_MAX_MS);
    try {
      const Kind: new (ears: RoadEars) => Road = this.byEvents ? (await import("./events")).EventRoad : SocketRoad;
      if (here()) this.road = new Kind(ears);
    } catch {
      if (here()) this.lost();
    }
  }

  private hear(): void {
    clearTimeout(this.deadline);
    this.owed = false;
    this.heardAtMs = Date.now();
  }

  private take(message: FromServer): void {
    if (message.type === "welcome") {
      this.openedAtMs = Date.now();
      this.welcomed = true;
      this.dry = 0;
      this.beats = 0;
      this.tell("connected");
      this.ears.receive(message);
      this.ears.up();
      clearInterval(this.beat);
      this.beat = setInterval(() => this.sendBeat(), BEAT_EVERY_MS);
      return;
    }
    this.tell(this.phase);
    this.ears.receive(message);
  }

  private sendBeat(): void {
    if (document.hidden) return; // no chatter in the pocket; asked again when the page is seen
    if (!this.write({ type: "beat", digests: this.beats % DIGEST_EVERY === 0 })) return;
    this.beats += 1;
    this.owed = true;
    this.expectBytes(SILENCE_MAX_MS);
  }

  private expectBytes(within_ms: number): void {
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => this.lost(), within_ms);
  }

  private lost(): void {
    const wasUp = this.phase === "connected";
    if (wasUp && Date.now() - this.openedAtMs > STEADY_AFTER_MS) this.tries = 0;
    if (!wasUp && navigator.onLine && ++this.dry >= (this.welcomed ? DRY_MAX : 1)) {
      this.byEvents = !this.byEvents;
      this.dry = 0;
    }
    this.drop();
    if (wasUp) this.ears.down();
    if (this.running) this.wait();
  }

  private wait(): void {
    this.tries += 1;
    this.tell(this.heardAtMs === 0 && this.tries < 3 ? "connecting" : "reconnecting");
    const most = Math.min(WAIT_MAX_MS, WAIT_FIRST_MS * 2 ** Math.min(this.tries, 10));
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.open(), Math.random() * most);
  }

  /** The seat is gone: trying again would only ask the same. */
  leave(why: string): void {
    this.stop();
    this.tell("out", why);
  }

  private drop(): void {
    this.attempt += 1;
    this.owed = false;
    clearTimeout(this.deadline);
    clearInterval(this.beat);
    const road = this.road;
    this.road = null;
    road?.close();
  }

  private tell(phase: LinkPhase, why = ""): void {
    this.phase = phase;
    this.ears.changed({ phase, heard_at_ms: this.heardAtMs, tries: this.tries, why });
  }
}
