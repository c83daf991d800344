// Before words go out: where they seem to hold a real person's number, whoever typed them is asked first. Fetched after the
// first screen stands; until then nothing is asked, and control's note stands behind it.

import { mount } from "svelte";
import { personalWords, withWords } from "../model/personal";
import PersonalSheet from "./parts/PersonalSheet.svelte";
import { STOP, type Stop } from "./parts/stop";
import type { Session } from "./session.svelte";

let watched: Session | null = null;
const stop: Stop = { press: () => watched?.stop(), alerts: () => watched?.welcome?.sort === "observer" };
// One sheet for the whole page, empty most of the time.
const sheet = mount(PersonalSheet, { target: document.body, context: new Map([[STOP, stop]]) });

/** Look at what this session sends from now on. */
export function watch(session: Session): void {
  watched = session;
  session.before = (command, go) => {
    const found = personalWords(command);
    if (found.length === 0) go(command);
    else sheet.ask(found, (said) => go(withWords(command, new Map(found.map((each, n) => [each, said[n] ?? each])))));
  };
}
