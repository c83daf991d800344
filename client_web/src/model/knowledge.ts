// "What I know", from the records of a view. Pure. Rules: faces that are known to be the same stand together; every
// record keeps its own source; what is unknown is a row and not a gap; nothing is inferred beyond sameness.

import type { FaceItem, FieldChoiceItem, RecordItem } from "../wire/messages";
import type { Collections } from "./view";

const FROM_THE_START = "known";

export interface Known {
  key: string;
  record: RecordItem;
}

/** Everything known about one field of one group of faces, newest first. */
export interface FieldRow {
  field: string;
  title: string;
  known: Known[];
}

/** One thing as far as we know it: one face, or several that are known to be the same. */
export interface Group {
  key: string; // the handle of its leading face
  handles: string[];
  face: FaceItem;
  label: string;
  rows: FieldRow[];
  unknown: string[]; // titles of fields of this kind that nobody told us
  newest_s: number; // -1 where there are no records
}

export function groupFaces(items: Pick<Collections, "faces" | "records" | "fields">): Group[] {
  const leader = mergeSameness(items.faces);
  const handles = new Map<string, string[]>();
  for (const handle of Object.keys(items.faces)) {
    const lead = leader(handle);
    handles.set(lead, [...(handles.get(lead) ?? []), handle]);
  }
  const byGroup = new Map<string, Known[]>();
  for (const [key, record] of Object.entries(items.records)) {
    const lead = leader(record.face);
    const list = byGroup.get(lead);
    if (list === undefined) byGroup.set(lead, [{ key, record }]);
    else list.push({ key, record });
  }
  const groups: Group[] = [];
  for (const [lead, members] of handles) {
    const known = byGroup.get(lead) ?? [];
    const chosen = leadingFace(members, items.faces, known);
    const face = items.faces[chosen];
    if (face === undefined) continue;
    const rows = toRows(known);
    groups.push({
      key: chosen,
      label: labelOf(items.faces, chosen),
      handles: [chosen, ...members.filter((handle) => handle !== chosen).sort()],
      face,
      rows,
      unknown: unknownTitles(face.kind, rows, items.fields),
      newest_s: known.reduce((newest, { record }) => Math.max(newest, record.learnt_at_s), -1),
    });
  }
  return groups.sort((one, other) => other.newest_s - one.newest_s || one.label.localeCompare(other.label));
}

/** Own units, and what the role knew before play: true, needed, and not what one looks for first. */
export function isBackground(group: Group, units: string[]): boolean {
  if (group.handles.some((handle) => units.includes(handle))) return true;
  const known = group.rows.flatMap((row) => row.known);
  return known.length > 0 && known.every(({ record }) => record.how === FROM_THE_START && record.learnt_at_s === 0);
}

/** What a face is called; a bare reference has only its kind. */
export function labelOf(faces: Record<string, FaceItem>, handle: string): string {
  const face = faces[handle];
  if (face === undefined) return handle;
  return face.label === "" ? `${face.kind_title} ${handle}` : face.label;
}

/** A record's value in words; a thing is called as this view calls it. */
export function valueOf(record: RecordItem, faces: Record<string, FaceItem>): string {
  if (record.value_face !== null) return labelOf(faces, record.value_face);
  return record.value_text;
}

/** Whom a record, message or chain names as its source. */
export function sourceOf(record: RecordItem, faces: Record<string, FaceItem>): string {
  if (record.source_title !== "") return record.source_title;
  return record.source === "" ? "" : labelOf(faces, record.source);
}

/** Is there something to show, or is it a bare reference? */
export function isEmpty(group: Group): boolean {
  return group.rows.length === 0 && !group.face.met;
}

function mergeSameness(faces: Record<string, FaceItem>): (handle: string) => string {
  const parent = new Map<string, string>();
  const find = (handle: string): string => {
    let at = handle;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  for (const [handle, face] of Object.entries(faces)) {
    for (const other of face.same_as) {
      if (!(other in faces)) continue;
      const [one, two] = [find(handle), find(other)].sort() as [string, string];
      if (one !== two) parent.set(two, one);
    }
  }
  return find;
}

/** The face whose name is known speaks for the group; else a met one; else the first by handle. */
function leadingFace(handles: string[], faces: Record<string, FaceItem>, known: Known[]): string {
  const named = new Set(known.filter(({ record }) => record.naming).map(({ record }) => record.face));
  const rank = (handle: string) => (named.has(handle) ? 0 : faces[handle]?.met === true ? 1 : 2);
  return [...handles].sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))[0] as string;
}

function toRows(known: Known[]): FieldRow[] {
  const rows = new Map<string, FieldRow>();
  for (const each of known) {
    const row = rows.get(each.record.field);
    if (row === undefined) {
      rows.set(each.record.field, { field: each.record.field, title: each.record.field_title, known: [each] });
    } else row.known.push(each);
  }
  const order = { live: 0, known: 1, disputed: 1, retracted: 2 } as const;
  for (const row of rows.values()) {
    row.known.sort(
      (one, other) =>
        order[one.record.state] - order[other.record.state] || other.record.learnt_at_s - one.record.learnt_at_s,
    );
  }
  return [...rows.values()].sort((one, other) => one.title.localeCompare(other.title));
}

function unknownTitles(kind: string, rows: FieldRow[], fields: Record<string, FieldChoiceItem>): string[] {
  const have = new Set(rows.flatMap((row) => [row.field, row.title]));
  const titles = Object.entries(fields)
    .filter(([code, field]) => field.kind === kind && !field.sameness && !have.has(code) && !have.has(field.title))
    .map(([, field]) => field.title);
  return [...new Set(titles)].sort((one, other) => one.localeCompare(other));
}
