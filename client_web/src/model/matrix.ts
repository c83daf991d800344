// Who knows what: the truth's rows against the teams' columns, for control's screen. Pure.

import type { KnowledgeItem, RecordItem } from "../wire/messages";

export type CellState = "right" | "other" | "disputed" | "retracted";

export interface Cell {
  state: CellState;
  records: { key: string; record: RecordItem }[];
}

export interface MatrixRow {
  key: string;
  face: string;
  field: string;
  field_title: string;
  truth: RecordItem | null; // null where teams hold something that is nowhere true
  cells: Record<string, Cell>; // by viewer; absent: does not know
}

export function knowledgeMatrix(
  truth: Record<string, RecordItem>,
  knowledge: Record<string, KnowledgeItem>,
): MatrixRow[] {
  const rows = new Map<string, MatrixRow>();
  const rowOf = (record: RecordItem): MatrixRow => {
    const key = `${record.face} ${record.field}`;
    let row = rows.get(key);
    if (row === undefined) {
      row = { key, face: record.face, field: record.field, field_title: record.field_title, truth: null, cells: {} };
      rows.set(key, row);
    }
    return row;
  };
  for (const record of Object.values(truth)) rowOf(record).truth = record;
  for (const [key, { viewer, record }] of Object.entries(knowledge)) {
    const row = rowOf(record);
    const cell = row.cells[viewer] ?? { state: "retracted", records: [] };
    cell.records.push({ key, record });
    row.cells[viewer] = cell;
  }
  for (const row of rows.values()) {
    for (const cell of Object.values(row.cells)) cell.state = stateOf(cell, row.truth);
  }
  return [...rows.values()];
}

function stateOf(cell: Cell, truth: RecordItem | null): CellState {
  const standing = cell.records.filter(({ record }) => record.state !== "retracted");
  if (standing.length === 0) return "retracted";
  if (standing.some(({ record }) => record.state === "disputed")) return "disputed";
  return standing.some(({ record }) => truth !== null && sameValue(record, truth)) ? "right" : "other";
}

function sameValue(one: RecordItem, other: RecordItem): boolean {
  if (one.value_face !== null || other.value_face !== null) return one.value_face === other.value_face;
  return one.value === other.value && one.value_text === other.value_text; // free words have no value but their text
}
