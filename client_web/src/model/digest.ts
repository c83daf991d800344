// The digest of a view (kerege.wire.digest): equal on both sides, or one of them holds something else. Pure.

import type { Collections } from "./view";

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});
const utf8 = new TextEncoder();

/** A whole number below 2 ** 32. */
export function digestOf(items: Collections): number {
  let sum = 0;
  for (const [collection, held] of Object.entries(items)) {
    for (const [key, item] of Object.entries(held)) {
      sum = (sum + crc32(utf8.encode(`${collection}\0${key}\0${canonical(item)}`))) >>> 0;
    }
  }
  return sum;
}

/** JSON with sorted keys and no spaces. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(",")}}`;
}

function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (TABLE[(rest ^ byte) & 255] ?? 0) ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}
