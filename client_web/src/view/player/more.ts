import { words } from "../words.svelte";
import { Lazy } from "../parts/lazy.svelte";

/** The parts of a team's screens that the first look does not need. */
export const more = new Lazy(() => words.with(import("./later"), "later"));
