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
