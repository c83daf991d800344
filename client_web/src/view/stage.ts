// What the screens of one view need: the view, and (unless it is only looked at, as in "see as") a way to act.

import { getContext, setContext } from "svelte";
import type { AnyCommand } from "../wire/messages";
import type { Session, Stream } from "./session.svelte";

export interface Stage {
  session: Session;
  stream: Stream;
  readonly: boolean;
  act(command: AnyCommand, label: string, live?: boolean): void;
  /** Show a face by its handle. */
  show(handle: string): void;
}

const KEY = Symbol("stage");
export const setStage = (stage: Stage): Stage => setContext(KEY, stage);
export const getStage = (): Stage => getContext<Stage>(KEY);
