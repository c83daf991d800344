// The client's own words, one Fluent file per language, fetched only for the language in use. What a view holds
// arrives rendered and never passes here. Fallback: own language -> Russian -> English.
// Intl is asked for numbers and plurals only, never for dates: browsers lack Kyrgyz, Tajik and Turkmen.

import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";

const files = import.meta.glob<string>("../texts/*.ftl", { query: "?raw", import: "default" });

const NAMES: Record<string, string> = {
  en: "English",
  ru: "Русский",
  kk: "Қазақша",
  ky: "Кыргызча",
  tg: "Тоҷикӣ",
  uz: "Oʻzbekcha",
  tk: "Türkmençe",
};

/** "This is an exercise" in one word, for the bar; empty where the mark already says it in that language. */
const EXERCISE: Record<string, string> = {
  kk: "ОҚУ-ЖАТТЫҒУ",
  tg: "МАШҚ",
  uz: "OʻQUV MASHGʻULOT",
  tk: "OKUW MAŞKY",
};

/** The stop words, said aloud: they must be understood by whoever stands near, so each language has its own. */
const STOP: Record<string, string> = {
  en: "STOP",
  ru: "СТОП",
  kk: "ТОҚТА",
  ky: "ТОКТО",
  tg: "ИСТ",
  uz: "TOʻXTA",
  tk: "DUR",
};

class Words {
  language = $state("en");
  /** The language the client's own words are in; differs where nobody has translated them yet. */
  spoken = $state("en");
  private bundle = $state.raw<FluentBundle | null>(null);

  private readonly parts = new Set<string>();
  private readonly loaded = new Set<string>();
  private turn = 0;
  private last: Promise<void> = Promise.resolve();

  speak(language: string): Promise<void> {
    this.last = this.load(language, ++this.turn);
    return this.last;
  }

  private async load(language: string, turn: number): Promise<void> {
    const parts = [...this.parts];
    const spoken = [language, "ru", "en"].find((each) => `../texts/${each}.ftl` in files) ?? "en";
    const names = [spoken, ...parts.map((part) => `${part}.${spoken}`)];
    const texts = await Promise.all(names.map((name) => files[`../texts/${name}.ftl`]?.()));
    if (turn !== this.turn) return this.last; // something newer was asked for meanwhile, and holds this too
    const bundle = new FluentBundle([spoken, "en"], { useIsolating: false });
    for (const text of texts) if (text !== undefined) bundle.addResource(new FluentResource(text));
    this.bundle = bundle;
    for (const part of parts) this.loaded.add(part);
    this.spoken = spoken;
    this.language = language;
    document.documentElement.lang = language;
  }

  /** A module that is fetched later, and with it the words that only it needs. */
  async with<Module>(module: Promise<Module>, ...parts: ("later" | "staff")[]): Promise<Module> {
    if (!parts.every((part) => this.loaded.has(part))) {
      for (const part of parts) this.parts.add(part);
      await this.speak(this.language);
    }
    return module;
  }

  say(id: string, values?: Record<string, FluentVariable>): string {
    const pattern = this.bundle?.getMessage(id)?.value;
    if (this.bundle === null || pattern === undefined || pattern === null) return id;
    return this.bundle.formatPattern(pattern, values ?? null, []);
  }

  nameOf(language: string): string {
    return NAMES[language] ?? language;
  }

  get exercise(): string {
    return EXERCISE[this.language] ?? "";
  }

  /** What to call out: the own word and one that the others in the room will know. */
  get stopAloud(): string {
    return `${this.stop}! ${this.language === "ru" ? "STOP" : "СТОП"}! ${this.stop}!`;
  }

  get stop(): string {
    return STOP[this.language] ?? STOP.en ?? "STOP";
  }
}

export const words = new Words();
export const t = (id: string, values?: Record<string, FluentVariable>): string => words.say(id, values);

/** The language this phone would like best. */
export function likelyLanguage(): string {
  const kept = localStorage.getItem("language");
  if (kept !== null && kept in NAMES) return kept;
  const wish = navigator.languages.map((each) => each.slice(0, 2).toLowerCase()).find((each) => each in NAMES);
  return wish ?? "en";
}

export function keepLanguage(language: string): void {
  localStorage.setItem("language", language);
}
