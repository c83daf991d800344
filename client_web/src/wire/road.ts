// What the link needs of a way to the server, whichever it is.

import type { FromClient, FromServer } from "./messages";

export interface RoadEars {
  /** Ready for the hello. */
  open(): void;
  /** Something came; what it says follows with `receive`. */
  heard(): void;
  receive(message: FromServer): void;
  /** Over, and not by `close`: lost, refused, or bytes came that are no message. */
  closed(): void;
}

export interface Road {
  /** False where this road is not open (any more). */
  write(message: FromClient): boolean;
  close(): void;
}
