// The parts of a team's screens that the first look does not need. One file, fetched as soon as the first screen
// stands, so that the first load stays small on a bad network and everything is there before the link goes.

export { watch } from "../personal";
export { default as FaceSheet } from "./FaceSheet.svelte";
export { default as HeardSheet } from "./HeardSheet.svelte";
export { default as OfferSheet } from "./OfferSheet.svelte";
export { default as Papers } from "./Papers.svelte";
export { default as People } from "./People.svelte";
export { default as Proposals } from "./Proposals.svelte";
export { default as ShareSheet } from "./ShareSheet.svelte";
