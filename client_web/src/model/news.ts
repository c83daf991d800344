// What is new since somebody last looked. Pure. Rule: a thing is new until it stood on the screen; a record that is
// learnt again is new again, one that is merely still watched is not.

import type { Collections } from "./view";

export interface News {
  mark: string;
  sort: "message" | "record" | "task";
  key: string;
  at_s: number;
}

/** The mark of everything that can be news, newest first. */
export function allNews(items: Pick<Collections, "me" | "messages" | "records" | "tasks">): News[] {
  const own = new Set(items.me.me?.units); // where our own units are is no news to us
  const news: News[] = [];
  for (const [key, message] of Object.entries(items.messages)) {
    news.push({ mark: `m:${key}`, sort: "message", key, at_s: message.at_s });
  }
  for (const [key, record] of Object.entries(items.records)) {
    if (own.has(record.face)) continue;
    if (record.how === "known" && record.learnt_at_s === 0) continue; // what everybody of the role knows at STARTEX
    const state = record.state === "live" ? "known" : record.state;
    news.push({ mark: `r:${key}:${record.learnt_at_s}:${state}`, sort: "record", key, at_s: record.learnt_at_s });
  }
  for (const [key, task] of Object.entries(items.tasks)) {
    if (task.state === "done" && task.result !== "") {
      news.push({ mark: `t:${key}`, sort: "task", key, at_s: task.due_s });
    }
  }
  return news.sort((one, other) => other.at_s - one.at_s || (one.mark < other.mark ? -1 : 1));
}

export function unread(news: News[], looked: ReadonlySet<string>): News[] {
  return news.filter((each) => !looked.has(each.mark));
}

/** Only marks that still stand for something are worth keeping. */
export function lookedNow(news: News[], looked: ReadonlySet<string>, seen: Iterable<string>): Set<string> {
  const next = new Set([...looked, ...seen]);
  return new Set(news.map((each) => each.mark).filter((mark) => next.has(mark)));
}
