// A code as people type it: in either case, and on a keyboard that may still be Cyrillic. Pure.

const LOOKALIKES: Record<string, string> = {
  А: "A", В: "B", С: "C", Е: "E", Ё: "E", Н: "H", І: "I", Ј: "J", К: "K", Қ: "K", М: "M", Ң: "H", О: "O", Р: "P", Ѕ: "S",
  Т: "T", У: "Y", Ү: "Y", Ұ: "Y", Х: "X", Ҳ: "X", З: "3",
};

/** `code`: what could be read as letters and figures of a code; `left`: the letters that could not. */
export function readCode(typed: string): { code: string; left: string } {
  let code = "";
  let left = "";
  for (const each of typed.toUpperCase()) {
    const letter = LOOKALIKES[each] ?? each;
    if (/[A-Z0-9]/.test(letter)) code += letter;
    else if (/\p{L}/u.test(each) && !left.includes(each)) left += each;
  }
  return { code, left };
}
