// The play clock between two words of the server. Pure: told the wall time, never asks for it.

import type { ClockItem } from "../wire/messages";

export interface Anchor {
  at_s: number;
  speed: number;
  running: boolean;
  heard_at_ms: number;
}

export function anchorOf(clock: ClockItem, heard_at_ms: number): Anchor {
  return { at_s: clock.at_s, speed: clock.speed, running: clock.phase === "running" && !clock.stopped, heard_at_ms };
}

/** The same clock told again (a view sent anew) is as old as its last change: then the later hands are right. */
export function anchorAgain(held: Anchor, before: ClockItem | undefined, clock: ClockItem, heard_at_ms: number): Anchor {
  const next = anchorOf(clock, heard_at_ms);
  const same =
    before !== undefined && before.phase === clock.phase && before.speed === clock.speed && before.stopped === clock.stopped;
  return same ? { ...next, at_s: Math.max(next.at_s, playSeconds(held, heard_at_ms)) } : next;
}

/** Whole seconds of play at `now_ms`. */
export function playSeconds(anchor: Anchor, now_ms: number): number {
  if (!anchor.running) return anchor.at_s;
  return anchor.at_s + Math.max(0, Math.floor(((now_ms - anchor.heard_at_ms) / 1000) * anchor.speed));
}

/** "21:58" of the story, and on which of its days (1 is the day it starts). */
export function storyTime(starts_at: string, at_s: number): { text: string; day: number } {
  const [hours = "0", minutes = "0"] = (/(\d{1,2}):(\d{2})/.exec(starts_at) ?? []).slice(1);
  const total = Number(hours) * 60 + Number(minutes) + Math.floor(at_s / 60);
  const inDay = ((total % 1440) + 1440) % 1440;
  const text = `${String(Math.floor(inDay / 60)).padStart(2, "0")}:${String(inDay % 60).padStart(2, "0")}`;
  return { text, day: Math.floor(total / 1440) + 1 };
}

/** "+00:12" or "+1:05:09": play time since STARTEX, or how long until something. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = String(Math.floor((whole % 3600) / 60)).padStart(2, "0");
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${minutes}:${rest}` : `${minutes}:${rest}`;
}
