// The road where WebSockets are blocked: what the server says comes as an event stream, what we say goes by posts.
// Fetched only when it is needed. The messages are the same, as JSON.

import type { FromClient, FromServer } from "./messages";
import type { Road, RoadEars } from "./road";

const POST_MAX_MS = 10_000; // as long as any other request may take (api.ts)
/** Acts that never wait behind another post (kerege.wire.urgent). */
const URGENT = new Set(["stop", "clear", "curtain"]);

export class EventRoad implements Road {
  private readonly source = new EventSource("/api/stream");
  private id = "";
  private over = false;
  private posting: Promise<void> = Promise.resolve();

  constructor(private readonly ears: RoadEars) {
    this.source.addEventListener("link", ({ data }: MessageEvent<string>) => {
      this.id = data;
      ears.heard();
      ears.open();
    });
    this.source.onmessage = ({ data }: MessageEvent<string>) => {
      ears.heard();
      try {
        ears.receive(JSON.parse(data) as FromServer);
      } catch {
        this.end();
      }
    };
    this.source.onerror = () => this.end(); // it would open itself again without a hello; the link knows better when
  }

  write(message: FromClient): boolean {
    if (this.over || this.id === "") return false;
    // Posts may overtake each other, so acts go one by one; a beat asks about now, and a STOP waits for nothing.
    const post = () => this.post(message);
    if (message.type === "beat" || (message.type === "submit" && URGENT.has(message.command.do))) void post();
    else this.posting = this.posting.then(post);
    return true;
  }

  close(): void {
    this.over = true;
    this.source.close();
  }

  private async post(message: FromClient): Promise<void> {
    if (this.over) return;
    try {
      const { ok } = await fetch(`/api/submit?link=${this.id}`, {
        method: "POST",
        credentials: "same-origin",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(POST_MAX_MS),
      });
      if (!ok) this.end();
    } catch {
      this.end();
    }
  }

  private end(): void {
    if (this.over) return;
    this.close();
    this.ears.closed();
  }
}
