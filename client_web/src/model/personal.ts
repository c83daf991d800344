// What looks like a real person's number in words. The same table as the server's scenario/personal.py; both are held to
// tests/privacy/personal.json. What stands behind SIM- is the exercise's own.

export type Kind = "person" | "phone" | "document" | "account" | "mail" | "plate";
const KINDS: Kind[] = ["person", "phone", "document", "account", "mail", "plate"];
const TEXT_CHARS_MAX = 20_000;

const digits = (found: string): number[] => [...found].filter((each) => each >= "0" && each <= "9").map(Number);
const at = (d: number[], n: number): number => d[n] ?? 0;
const isDay = (day: number, month: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;
const sum = (count: number, of: (n: number) => number): number => Array.from({ length: count }, (_, n) => of(n)).reduce((one, other) => one + other, 0);

/** Kazakhstan: YYMMDD, century and sex, four digits, a check digit of two rounds modulo 11. */
function iin(found: string): boolean {
  const d = digits(found);
  if (!isDay(at(d, 4) * 10 + at(d, 5), at(d, 2) * 10 + at(d, 3)) || at(d, 6) > 6) return false;
  let check = sum(11, (n) => (n + 1) * at(d, n)) % 11;
  if (check === 10) check = sum(11, (n) => (((n + 2) % 11) + 1) * at(d, n)) % 11;
  return check === d[11];
}

/** Kyrgyzstan: sex, DDMMYYYY, five digits. Uzbekistan: sex and century, DDMMYY, six digits, a check digit. */
function fourteen(found: string): boolean {
  const d = digits(found);
  if (!isDay(at(d, 1) * 10 + at(d, 2), at(d, 3) * 10 + at(d, 4)) || at(d, 0) < 1 || at(d, 0) > 6) return false;
  const kyrgyz = at(d, 0) <= 2 && ["19", "20"].includes(`${at(d, 5)}${at(d, 6)}`);
  return kyrgyz || sum(13, (n) => at(d, n) * at([7, 3, 1], n % 3)) % 10 === d[13];
}

/** Luhn. */
function card(found: string): boolean {
  const d = digits(found).reverse();
  const all = sum(d.length, (n) => (n % 2 === 0 ? at(d, n) : Math.floor((2 * at(d, n)) / 10) + ((2 * at(d, n)) % 10)));
  return all % 10 === 0 && new Set(d).size > 1;
}

/** ISO 13616: modulo 97. */
function iban(found: string): boolean {
  const plain = found.replace(/\s/g, "").toUpperCase();
  let left = 0;
  for (const each of plain.slice(4) + plain.slice(0, 4)) for (const digit of String(parseInt(each, 36))) left = (left * 10 + Number(digit)) % 97;
  return plain.length >= 15 && plain.length <= 34 && left === 1;
}

const mail = (found: string): boolean => !/\.(example|invalid|test)$/i.test(found);
const any = (): boolean => true;

const FORMS: [Kind, string, (found: string) => boolean][] = [
  ["mail", String.raw`[\p{L}\p{N}_.+-]{1,64}@[\p{L}\p{N}_-]{1,63}(?:\.[\p{L}\p{N}_-]{2,63}){1,4}`, mail],
  ["account", String.raw`[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?`, iban],
  ["account", String.raw`\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}`, card],
  ["person", String.raw`\d{12}`, iin],
  ["person", String.raw`\d{14}`, fourteen],
  ["person", String.raw`(?:ИНН|РМА|РЯМ|INN|RMA)[^\p{L}\p{N}_]{0,3}\d{9}`, any],
  ["phone", String.raw`(?:\+|00)(?:996|992|998|993)(?:[ ()-]{0,2}\d){8,9}`, any],
  ["phone", String.raw`(?:\+|00)7(?:[ ()-]{0,2}\d){10}`, any],
  ["phone", String.raw`8[ (-]{0,2}[79]\d\d(?:[ )-]{0,2}\d){7}`, any],
  ["document", String.raw`(?:AN|AC|ID|AA|AB|AD|KA|FA|FB) ?№? ?\d{7}`, any],
  ["document", String.raw`N ?№? ?\d{8}`, any],
  ["document", String.raw`I{1,3}-[A-ZŞÝÄÖÜŇÇŽ]{2} ?№? ?\d{6}`, any],
  ["plate", String.raw`\d{3} ?[ABCEHKMOPTXY]{3} ?(?:0[1-9]|1\d|20)`, any],
  ["plate", String.raw`0\d ?KG ?\d{3} ?[A-Z]{3}`, any],
  ["plate", String.raw`(?:01|10|20|25|30|40|50|60|70|75|80|85|90|95) ?[A-Z] ?\d{3} ?[A-Z]{2}`, any],
  ["plate", String.raw`\d{4} ?[A-Z]{2} ?0[1-8]`, any],
];

// A letter or digit of any script, as the server's \w is.
const WORD = "[\\p{L}\\p{N}_-]";
const patterns = FORMS.map(
  // No look behind: phones of 2022 do not know it, and one bad pattern would take the whole part down.
  ([kind, form, check]) => [kind, new RegExp(`(?:^|[^\\p{L}\\p{N}_-])(${form})(?!${WORD})`, kind === "mail" ? "giu" : "gu"), check] as const,
);

/** The kinds of real numbers that a text seems to hold; none: it is fine. */
export function personalIn(text: string): Kind[] {
  const plain = text.slice(0, TEXT_CHARS_MAX).replaceAll("\u00a0", " ");
  const found = new Set<Kind>();
  for (const [kind, pattern, check] of patterns)
    for (const [, each = ""] of plain.matchAll(pattern)) if (!each.toUpperCase().includes("SIM-") && check(each)) found.add(kind);
  return KINDS.filter((kind) => found.has(kind));
}

/** The words of a command, however deep they stand, that seem to hold one. */
export function personalWords(command: unknown): string[] {
  if (typeof command === "string") return personalIn(command).length > 0 ? [command] : [];
  if (typeof command !== "object" || command === null) return [];
  return [...new Set(Object.values(command).flatMap(personalWords))];
}

/** The same command with these words in the place of those. */
export function withWords<Value>(value: Value, instead: ReadonlyMap<string, string>): Value {
  if (typeof value === "string") return (instead.get(value) ?? value) as Value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => withWords(each, instead)) as Value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withWords(each as unknown, instead)])) as Value;
}
