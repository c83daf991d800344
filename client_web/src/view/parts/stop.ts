// How any part of the screen reaches STOP; set once, at the root.

export const STOP = Symbol("stop");
export interface Stop {
  press(): void;
  /** Whether it only alerts control, as an observer's does, and freezes nobody. */
  alerts(): boolean;
}
