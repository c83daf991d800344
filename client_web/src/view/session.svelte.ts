// One seat on this phone: joins link, outbox and views, and is what the screens read. The only place where the
// network meets the screen.

import { anchorAgain, playSeconds, type Anchor } from "../model/clock";
import { allNews, lookedNow, unread, type News } from "../model/news";
import { applyFrame, applySnapshot, emptyView, type Collections, type View } from "../model/view";
import { readRoom } from "../wire/api";
import { Link, type LinkState } from "../wire/link";
import type { AnyCommand, ClockItem, FromServer, Language, Place, Welcome } from "../wire/messages";
import { Outbox, type Act } from "../wire/outbox";
import { Shelf } from "../wire/shelf";
import { ticker } from "./ticker.svelte";
import { keepLanguage, words } from "./words.svelte";

/** One stream as it is shown. */
export class Stream {
  view = $state.raw<View>(emptyView(""));
  denied = $state("");
  private anchor = $state.raw<Anchor>({ at_s: 0, speed: 1, running: false, heard_at_ms: 0 });

  constructor(readonly id: string) {
    this.view = emptyView(id);
  }

  get items(): Collections {
    return this.view.items;
  }

  get clock(): ClockItem | undefined {
    return this.view.items.clock.clock;
  }

  get now_s(): number {
    return playSeconds(this.anchor, ticker.now_ms);
  }

  get ready(): boolean {
    return this.view.place !== null;
  }

  /** Returns false where frames are missing and the stream has to be opened again. */
  receive(message: Extract<FromServer, { type: "snapshot" | "frame" }>): boolean {
    const before = this.clock;
    if (message.type === "snapshot") {
      this.view = applySnapshot(this.view, message);
    } else {
      const { view, outcome } = applyFrame(this.view, message);
      if (outcome === "gap") return false;
      if (outcome === "twice") return true;
      this.view = view;
    }
    if (this.clock !== undefined && (this.clock !== before || message.type === "snapshot")) {
      this.anchor = anchorAgain(this.anchor, before, this.clock, Date.now());
      ticker.now_ms = Date.now();
    }
    return true;
  }

  /** A view's clock is as old as its last change; welcome and echo say what the play time is now. */
  correct(at_s: number): void {
    const { clock } = this;
    if (clock?.phase !== "running" || clock.stopped) return;
    // Whole seconds come late by up to one: only a real difference moves the hands.
    if (Math.abs(playSeconds(this.anchor, Date.now()) - at_s) <= clock.speed) return;
    this.anchor = { at_s, speed: clock.speed, running: true, heard_at_ms: Date.now() };
  }
}

export class Session {
  welcome = $state.raw<Welcome | null>(null);
  link = $state.raw<LinkState>({ phase: "connecting", heard_at_ms: 0, tries: 0, why: "" });
  own = $state.raw<Stream>(new Stream(""));
  opened = $state.raw<Record<string, Stream>>({});
  acts = $state.raw<Act[]>([]);
  /** STOP as the server says it, ahead of the journal. */
  frozen = $state(false);
  /** STOP as this phone pressed it, before anybody has answered. */
  stopPressed = $state(false);
  farewell = $state("");
  full = $state(false);
  /** The server's record does not hold what this phone was told was kept. */
  lost = $state("");
  private receipt = "";
  looked = $state.raw<ReadonlySet<string>>(new Set());
  private lookedKnown = false;
  private welcomed: { at_s: number; heard_at_ms: number } | null = null;
  /** The server hands out another page by now. */
  private older = false;
  private readonly wire: Link;

  private constructor(
    readonly seat: string,
    readonly shelf: Shelf,
    private readonly outbox: Outbox,
    makeLink: (session: Session) => Link,
  ) {
    this.wire = makeLink(this);
  }

  /** `seat`: the id of the seat this phone holds. What another seat left on this phone is removed first. */
  static async begin(seat: string): Promise<Session> {
    const shelf = await Shelf.open();
    if ((await shelf.readNote<string>("seat")) !== seat) {
      await shelf.clear();
      await shelf.keepNote("seat", seat);
    }
    let session: Session | null = null;
    const outbox = new Outbox(
      shelf,
      seat,
      (message) => session?.wire.send(message) ?? false,
      (acts) => {
        if (session !== null) session.acts = acts;
      },
    );
    session = new Session(seat, shelf, outbox, (self) => new Link({
      receive: (message) => self.receive(message),
      changed: (state) => {
        self.link = state;
      },
      up: () => outbox.resend(),
      down: () => outbox.lose(),
      greeting: () => ({ language: words.language as Language, cursors: self.cursors(), receipt: self.receipt }),
    }));
    const looked = await shelf.readNote<string[]>("looked");
    if (looked !== undefined) {
      session.looked = new Set(looked);
      session.lookedKnown = true;
    }
    session.receipt = (await shelf.readNote<string>("receipt")) ?? "";
    await outbox.load();
    session.wire.start();
    return session;
  }

  /** Leave the seat on this phone: nothing of it stays. */
  async end(): Promise<void> {
    this.wire.stop();
    await this.shelf.clear();
  }

  get stopped(): boolean {
    // An observer's clock comes late: only the room's own word counts there.
    return this.frozen || (this.welcome?.sort !== "observer" && this.own.clock?.stopped === true);
  }

  get connected(): boolean {
    return this.link.phase === "connected";
  }

  /** Asked before an act goes out: `view/personal.ts` sets it, once it has come. */
  before = (command: AnyCommand, go: (command: AnyCommand) => void): void => go(command);

  act(command: AnyCommand, label: string, live = false): void {
    this.before(command, (said) => {
      this.full = this.outbox.add(said, label, this.own.view.place?.version ?? 0, live) === null;
    });
  }

  dismiss(id: string): void {
    this.outbox.dismiss(id);
  }

  stop(): void {
    this.stopPressed = true;
    this.act({ do: "stop" }, "STOP", true);
  }

  open(stream: string): void {
    if (stream in this.opened) return;
    this.opened = { ...this.opened, [stream]: new Stream(stream) };
    this.wire.send({ type: "open", stream });
  }

  close(stream: string): void {
    const { [stream]: _, ...left } = this.opened;
    this.opened = left;
    this.wire.send({ type: "close", stream });
  }

  async speak(language: string): Promise<void> {
    keepLanguage(language);
    await words.speak(language);
    this.wire.send({ type: "speak", language: language as Language });
  }

  unread(): News[] {
    return unread(allNews(this.own.items), this.looked);
  }

  look(marks: Iterable<string>): void {
    const next = lookedNow(allNews(this.own.items), this.looked, marks);
    if (next.size === this.looked.size && [...next].every((mark) => this.looked.has(mark))) return;
    this.looked = next;
    void this.shelf.keepNote("looked", [...next]).catch(() => undefined);
  }

  private cursors(): Record<string, Place> {
    const cursors: Record<string, Place> = {};
    for (const stream of [this.own, ...Object.values(this.opened)]) {
      if (stream.view.place !== null) cursors[stream.id] = stream.view.place;
    }
    return cursors;
  }

  private receive(message: FromServer): void {
    switch (message.type) {
      case "welcome":
        this.welcome = message;
        this.farewell = "";
        // The server was upgraded meanwhile: parts that this page would fetch later are gone there.
        this.older = this.welcomed !== null && !import.meta.url.endsWith(message.page);
        void this.askStopped(message.sort === "observer");
        this.welcomed = { at_s: message.at_s, heard_at_ms: Date.now() };
        if (this.own.id !== message.stream) this.own = new Stream(message.stream);
        for (const stream of Object.values(this.opened)) {
          if (stream.view.place === null) this.wire.send({ type: "open", stream: stream.id });
        }
        return;
      case "snapshot":
      case "frame": {
        const stream = message.stream === this.own.id ? this.own : this.opened[message.stream];
        if (stream === undefined) return;
        const first = !stream.ready;
        if (!stream.receive(message)) {
          this.wire.send({ type: "open", stream: stream.id, cursor: stream.view.place });
        } else if (first && stream === this.own) this.lookFirst();
        this.setClock(stream);
        if (message.type === "snapshot") this.compare(stream, message.version, message.digest ?? 0);
        return;
      }
      case "receipt":
        this.outbox.answer(message);
        if (message.token !== "") {
          this.receipt = message.token;
          void this.shelf.keepNote("receipt", message.token).catch(() => undefined);
        }
        return;
      case "proof":
        if (message.outcome === "lost") this.lost = message.text;
        return;
      case "denied": {
        const stream = this.opened[message.stream];
        if (stream !== undefined) stream.denied = message.text;
        return;
      }
      case "freeze":
        this.frozen = message.stopped;
        if (!message.stopped) this.stopPressed = false;
        return;
      case "goodbye":
        this.farewell = message.text;
        if (SEAT_GONE.has(message.code)) this.wire.leave(message.text);
        if (OUR_FAULT.has(message.code)) this.outbox.blame(message.text);
        return;
      case "echo":
        if (this.older) void import("./compare").then(({ renew }) => renew());
        for (const stream of [this.own, ...Object.values(this.opened)]) {
          stream.correct(message.at_s);
          const told = message.digests?.[stream.id];
          if (told !== undefined) this.compare(stream, told.version, told.digest);
        }
        return;
      // "packed" comes as a snapshot: the link has unpacked it
    }
  }

  private compare({ view }: Stream, version: number, digest: number): void {
    if (view.place?.version !== version) return;
    void import("./compare").then(({ compare }) => compare(view, digest, () => this.wire.send({ type: "open", stream: view.stream })));
  }

  /** STOP may have come or gone while the link was down. A view says so itself; the late one of observers does not. */
  private async askStopped(late: boolean): Promise<void> {
    if (!late) {
      this.frozen = false;
      return;
    }
    try {
      this.frozen = (await readRoom(words.language)).stopped;
    } catch {
      // no answer: what was last heard stands
    }
  }

  /** What comes right after a welcome is old news, and its clock stood still meanwhile; so is a view opened later. */
  private setClock(stream: Stream): void {
    if (stream !== this.own) stream.correct(this.own.now_s);
    else if (this.welcomed !== null && Date.now() - this.welcomed.heard_at_ms < CATCH_UP_MS) {
      stream.correct(Math.max(this.welcomed.at_s, stream.clock?.at_s ?? 0));
    }
  }

  /** On the very first look, what the role knows from the start is no news; what was written to it is. */
  private lookFirst(): void {
    if (this.lookedKnown) return;
    this.lookedKnown = true;
    this.look(allNews(this.own.items).filter((each) => each.sort === "record").map((each) => each.mark));
  }
}

const CATCH_UP_MS = 5_000;
// Codes of kerege.wire.closing.
const SEAT_GONE = new Set(["revoked", "replaced"]);
const OUR_FAULT = new Set(["too_big", "wrong_kind", "bad_bytes", "bad_value", "bad_message"]);
