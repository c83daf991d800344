// One view as this phone holds it. Pure. The one place that applies snapshots and frames, drops what came twice and
// notices a gap. Law: old view + frames == fresh view. Collections that a frame does not touch keep their identity,
// so that a screen redraws only what changed.

import type {
  ClockItem,
  ConsultationItem,
  ContactItem,
  CueItem,
  DebriefItem,
  DutyItem,
  FaceItem,
  FieldChoiceItem,
  FormItem,
  Frame,
  GuideItem,
  HappeningItem,
  InjectItem,
  KnowledgeItem,
  MeItem,
  MessageItem,
  NoteItem,
  OfferItem,
  LetterItem,
  PersonaItem,
  Place,
  ProposalItem,
  RecordItem,
  RequestItem,
  SceneItem,
  Snapshot,
  TaskItem,
  TeamItem,
} from "../wire/messages";

export interface Collections {
  me: Record<string, MeItem>;
  clock: Record<string, ClockItem>;
  faces: Record<string, FaceItem>;
  records: Record<string, RecordItem>;
  messages: Record<string, MessageItem>;
  tasks: Record<string, TaskItem>;
  offers: Record<string, OfferItem>;
  contacts: Record<string, ContactItem>;
  forms: Record<string, FormItem>;
  fields: Record<string, FieldChoiceItem>;
  cues: Record<string, CueItem>;
  scenes: Record<string, SceneItem>;
  injects: Record<string, InjectItem>;
  knowledge: Record<string, KnowledgeItem>;
  teams: Record<string, TeamItem>;
  happenings: Record<string, HappeningItem>;
  duties: Record<string, DutyItem>;
  requests: Record<string, RequestItem>;
  consultations: Record<string, ConsultationItem>;
  proposals: Record<string, ProposalItem>;
  guides: Record<string, GuideItem>;
  notes: Record<string, NoteItem>;
  personas: Record<string, PersonaItem>;
  letters: Record<string, LetterItem>;
  debriefs: Record<string, DebriefItem>;
}

export interface View {
  stream: string;
  place: Place | null; // null: nothing received yet
  items: Collections;
}

export type Applied = { view: View; outcome: "applied" | "twice" | "gap" };

const NAMES: (keyof Collections)[] = [
  "me", "clock", "faces", "records", "messages", "tasks", "offers", "contacts", "forms", "fields", "cues", "scenes",
  "injects", "knowledge", "teams", "happenings", "duties", "requests", "consultations", "proposals", "personas", "letters",
  "guides", "notes", "debriefs",
];

function noItems(): Collections {
  return Object.fromEntries(NAMES.map((name) => [name, {}])) as unknown as Collections;
}

export function emptyView(stream: string): View {
  return { stream, place: null, items: noItems() };
}

/** A snapshot replaces all; a collection this client does not know yet (a newer server) is kept and never shown. */
export function applySnapshot(view: View, snapshot: Snapshot): View {
  return {
    stream: view.stream,
    place: { epoch: snapshot.epoch, version: snapshot.version },
    items: { ...noItems(), ...(snapshot.items as unknown as Collections) },
  };
}

export function applyFrame(view: View, frame: Frame): Applied {
  const { place } = view;
  if (place === null || place.epoch !== frame.epoch || frame.version > place.version + 1) return { view, outcome: "gap" };
  if (frame.version <= place.version) return { view, outcome: "twice" };
  const items = { ...view.items } as unknown as Record<string, Record<string, unknown>>;
  for (const [name, put] of Object.entries(frame.put ?? {})) items[name] = { ...items[name], ...put };
  for (const [name, keys] of Object.entries(frame.drop ?? {})) {
    const left = { ...items[name] };
    for (const key of keys) delete left[key];
    items[name] = left;
  }
  return {
    view: {
      stream: view.stream,
      place: { epoch: frame.epoch, version: frame.version },
      items: items as unknown as Collections,
    },
    outcome: "applied",
  };
}
