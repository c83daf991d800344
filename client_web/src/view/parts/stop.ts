// How any part of the screen reaches STOP; set once, at the root.

export const STOP = Symbol("stop");
export type Stop = () => void;
