// How old something is, in words, and when it was by the clock of the story.

import { storyTime } from "../../model/clock";
import type { Stream } from "../session.svelte";
import { t } from "../words.svelte";

/** "14 min ago" */
export function ago(stream: Stream, at_s: number): string {
  const age = Math.max(0, stream.now_s - at_s);
  if (age < 60) return t("age-now");
  if (age < 3600) return t("age-minutes", { n: Math.floor(age / 60) });
  const hours = Math.floor(age / 3600);
  const minutes = Math.floor((age % 3600) / 60);
  return minutes === 0 ? t("age-hours", { n: hours }) : t("age-hours-minutes", { n: hours, minutes });
}

/** "21:58", with the day where it is not the first. */
export function storyClock(stream: Stream, at_s: number): string {
  const { text, day } = storyTime(stream.clock?.story_starts_at ?? "", at_s);
  return day > 1 ? t("story-day", { time: text, day }) : text;
}
