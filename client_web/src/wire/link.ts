// The one road to the server: a WebSocket that opens itself again.
//
//   ask a ticket -> open -> hello {ticket, cursors} -> welcome -> snapshot or frames … -> lost -> wait -> again
//
// Full-jitter back-off (a room of phones that lost the same access point must not come back as one wave), capped at
// 30 s; a beat every 10 s while the page is seen and after each act; a link that owes an echo for 8 s is closed rather
// than trusted.

import { Decoder, Encoder } from "@msgpack/msgpack";
import { Refusal, takeTicket } from "./api";
import type { FromClient, FromServer, Language, Packed, Place, Snapshot } from "./messages";

const SUBPROTOCOL = "kerege.1.msgpack";
const BEAT_EVERY_MS = 10_000;
const SILENCE_MAX_MS = 8_000; // after a beat; then the link counts as dead
const OPEN_MAX_MS = 12_000;
const CAN_INFLATE = "DecompressionStream" in globalThis; // older Firefox has none; there snapshots come as they are
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
  greeting(): { language: Language; cursors: Record<string, Place> };
}

export class Link {
  private readonly encoder = new Encoder({ ignoreUndefined: true });
  private readonly decoder = new Decoder();
  private socket: WebSocket | null = null;
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
  private reading: Promise<void> = Promise.resolve();

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
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(this.encoder.encode(message));
    return true;
  }

  /** Somebody looks at the screen again, or the network came back: try now, or ask whether the link still lives. */
  private readonly nudge = (): void => {
    if (!this.running || document.hidden) return;
    if (this.socket === null) {
      clearTimeout(this.retry);
      void this.open();
    } else {
      this.sendBeat();
    }
  };

  /** The device itself says that it has no network: believe it at once. */
  private readonly unplugged = (): void => {
    if (this.socket !== null) this.lost();
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
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    let socket: WebSocket;
    try {
      socket = new WebSocket(`${scheme}://${location.host}/ws`, [SUBPROTOCOL]);
    } catch {
      this.wait();
      return;
    }
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    this.expectBytes(OPEN_MAX_MS);
    socket.onopen = () => {
      const { language, cursors } = this.ears.greeting();
      this.write({ type: "hello", ticket, language, cursors, inflate: CAN_INFLATE });
    };
    socket.onmessage = (event: MessageEvent<ArrayBuffer>) => {
      if (socket === this.socket) this.hear(event.data);
    };
    socket.onclose = () => {
      if (socket === this.socket) this.lost();
    };
  }

  /** Bytes of one link are read one after the other: what came packed must not be overtaken by what came after it. */
  private hear(bytes: ArrayBuffer): void {
    clearTimeout(this.deadline);
    this.owed = false;
    this.heardAtMs = Date.now();
    const { socket } = this;
    this.reading = this.reading.then(async () => {
      if (socket !== this.socket) return;
      try {
        const message = this.decoder.decode(new Uint8Array(bytes)) as FromServer;
        this.take(message.type === "packed" ? await this.unpack(message) : message);
      } catch {
        this.lost(); // bytes that are no message: a middle box, or another version; begin anew
      }
    });
  }

  private async unpack(packed: Packed): Promise<Snapshot> {
    const inflated = new Blob([packed.items]).stream().pipeThrough(new DecompressionStream("deflate"));
    const items = this.decoder.decode(new Uint8Array(await new Response(inflated).arrayBuffer())) as Snapshot["items"];
    return { type: "snapshot", stream: packed.stream, epoch: packed.epoch, version: packed.version, items };
  }

  private take(message: FromServer): void {
    if (message.type === "welcome") {
      this.openedAtMs = Date.now();
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
    if (!this.write({ type: "beat" })) return;
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
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private tell(phase: LinkPhase, why = ""): void {
    this.phase = phase;
    this.ears.changed({ phase, heard_at_ms: this.heardAtMs, tries: this.tries, why });
  }
}
