// What can be done now, in the order a hand looks for it. Pure.

import type { Ask, AskCommand, FaceItem, OfferItem } from "../wire/messages";

export interface Offered {
  key: string;
  offer: OfferItem;
}

export interface OfferGroup {
  title: string;
  open: Offered[];
  closed: Offered[];
}

export type LiveGroup = Omit<OfferGroup, "closed">;

const LIVE_IN_ONE_BLOCK_MAX = 8;

export type Answer = NonNullable<AskCommand["asks"]>[string];
export type Answers = Record<string, Answer>;

/** Live acts that are open stand first, alone; the rest by the group's heading. */
export function arrangeOffers(offers: Record<string, OfferItem>): { live: LiveGroup[]; groups: OfferGroup[] } {
  const live = new Map<string, Offered[]>();
  const groups = new Map<string, OfferGroup>();
  for (const [key, offer] of Object.entries(offers)) {
    if (offer.live && offer.open) {
      live.set(offer.group, [...(live.get(offer.group) ?? []), { key, offer }]);
      continue;
    }
    const group = groups.get(offer.group) ?? { title: offer.group, open: [], closed: [] };
    (offer.open ? group.open : group.closed).push({ key, offer });
    groups.set(offer.group, group);
  }
  const byTitle = (one: Offered, other: Offered) => one.offer.title.localeCompare(other.offer.title);
  for (const group of groups.values()) {
    group.open.sort(byTitle);
    group.closed.sort(byTitle);
  }
  const arranged = [...groups.values()].sort(
    (one, other) => Number(other.open.length > 0) - Number(one.open.length > 0) || one.title.localeCompare(other.title),
  );
  return { live: arrangeLive(live, byTitle), groups: arranged };
}

/** A few live acts stand in one block, without headings; many by heading, or nobody finds one. */
function arrangeLive(groups: Map<string, Offered[]>, byTitle: (one: Offered, other: Offered) => number): LiveGroup[] {
  const all = [...groups.values()].flat();
  if (all.length === 0) return [];
  if (all.length <= LIVE_IN_ONE_BLOCK_MAX) return [{ title: "", open: all.sort(byTitle) }];
  return [...groups]
    .map(([title, open]) => ({ title, open: open.sort(byTitle) }))
    .sort((one, other) => one.title.localeCompare(other.title));
}

/** The faces an ask may be answered with: those it names, or all of its kinds that we know. */
export function facesFor(ask: Pick<Ask, "kinds" | "faces">, faces: Record<string, FaceItem>): [string, FaceItem][] {
  const named = ask.faces === null ? null : new Set(ask.faces);
  return Object.entries(faces)
    .filter(([handle, face]) =>
      named === null ? ask.kinds.length === 0 || ask.kinds.includes(face.kind) : named.has(handle),
    )
    .sort(([, one], [, other]) => Number(other.met) - Number(one.met) || one.label.localeCompare(other.label));
}

export function isAnswered(answer: Answer | undefined): boolean {
  if (answer === undefined || answer === null || answer === "") return false;
  return !(Array.isArray(answer) && answer.length === 0);
}
