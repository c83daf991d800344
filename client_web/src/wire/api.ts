// The few things that go by HTTP: coming in, leaving, a ticket for the socket, the projector page, control's lobby.
// Every answer is data or a Refusal; a dead network is an Unreachable. Nothing else is thrown.

const PATIENCE_MS = 10_000; // a hotel's Wi-Fi may take seconds; longer than this, a new try is better

export interface Term {
  title: string;
  text: string;
}

export interface Invitation {
  ok: boolean;
  title: string;
  role: string;
  team_title: string;
  exercise: string;
  languages: string[];
  terms: Term[];
  mark: string;
}

export interface Seat {
  id: string;
  title: string;
  sort: string;
  language: string;
}

export interface Room {
  exercise: string;
  mark: string;
  phase: "ready" | "running" | "paused" | "ended";
  at_s: number;
  speed: number;
  story_starts_at: string;
  stopped: boolean;
  join_url: string;
  qr_svg: string;
}

/** The server answered, and the answer is no. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    text: string,
  ) {
    super(text);
  }
}

/** The server did not answer. */
export class Unreachable extends Error {}

export const readMe = () => ask<{ seat: Seat }>("GET", "/api/me");
export const leave = () => ask<unknown>("POST", "/api/leave", {});
export const takeTicket = () => ask<{ ticket: string }>("POST", "/api/ticket", {});
export const readRoom = (language: string) => ask<Room>("GET", `/api/room?language=${language}`);

export async function ask<Answer>(method: "GET" | "POST", path: string, body?: object): Promise<Answer> {
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    answer = text === "" ? {} : JSON.parse(text);
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (response.ok) return answer as Answer;
  const no = answer as { code?: string; text?: string; detail?: unknown };
  throw new Refusal(response.status, no.code ?? "", no.text ?? (typeof no.detail === "string" ? no.detail : ""));
}
