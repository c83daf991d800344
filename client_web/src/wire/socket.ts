// The usual road: one WebSocket, one message in each frame, packed in msgpack.

import { Decoder, Encoder } from "@msgpack/msgpack";
import type { FromClient, FromServer, Packed, Snapshot } from "./messages";
import type { Road, RoadEars } from "./road";

const SUBPROTOCOL = "kerege.1.msgpack";

export class SocketRoad implements Road {
  private readonly encoder = new Encoder({ ignoreUndefined: true });
  private readonly decoder = new Decoder();
  private readonly socket: WebSocket;
  private reading: Promise<void> = Promise.resolve();

  /** Throws where the browser will not even try. */
  constructor(private readonly ears: RoadEars) {
    this.socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/ws`, [SUBPROTOCOL]);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => ears.open();
    this.socket.onclose = () => ears.closed();
    this.socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => this.hear(data);
  }

  write(message: FromClient): boolean {
    if (this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(this.encoder.encode(message));
    return true;
  }

  close(): void {
    this.socket.close();
  }

  /** Bytes are read one after the other: what came packed must not be overtaken by what came after it. */
  private hear(bytes: ArrayBuffer): void {
    this.ears.heard();
    this.reading = this.reading.then(async () => {
      try {
        const message = this.decoder.decode(new Uint8Array(bytes)) as FromServer;
        this.ears.receive(message.type === "packed" ? await this.unpack(message) : message);
      } catch {
        this.ears.closed(); // bytes that are no message: a middle box, or another version; begin anew
      }
    });
  }

  private async unpack(packed: Packed): Promise<Snapshot> {
    const inflated = new Blob([packed.items]).stream().pipeThrough(new DecompressionStream("deflate"));
    const items = this.decoder.decode(new Uint8Array(await new Response(inflated).arrayBuffer())) as Snapshot["items"];
    return { type: "snapshot", stream: packed.stream, epoch: packed.epoch, version: packed.version, digest: packed.digest, items };
  }
}
