// Ids of commands. The page runs on plain http at a LAN address, where crypto.randomUUID and crypto.subtle do not
// exist; crypto.getRandomValues does.

const BYTES = 15; // 120 random bits: two phones never meet

/** A fresh id: 30 hex characters. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
