// Is what this phone holds what the server shows it? Looked at a little later, when nobody waits for a screen.

import { digestOf } from "../model/digest";
import type { View } from "../model/view";

const COMPARE_AFTER_MS = 2_000;
const seen = new Set<string>();

/** `readAfresh` is called at most once for each stream: what is wrong in a fresh view again would be so for ever. */
export function compare(view: View, digest: number, readAfresh: () => void): void {
  setTimeout(() => {
    if (digestOf(view.items) === digest || seen.has(view.stream)) return;
    seen.add(view.stream);
    console.error(`the view ${view.stream} is not what the server shows; reading it afresh`);
    readAfresh();
  }, COMPARE_AFTER_MS);
}

/**
 * Load this page anew, unless a sheet is open or somewhere stand words that are not kept yet; acts and forms are.
 * It stands here because this part was fetched when the link came up: parts that were not are gone from a newer server.
 */
export function renew(): void {
  const typed = document.querySelectorAll<HTMLInputElement>("textarea, input:not([type=checkbox], [type=radio])");
  if (document.querySelector("dialog") === null && [...typed].every(({ value }) => value === "")) location.reload();
}
