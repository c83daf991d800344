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

export interface LobbySeat {
  id: string;
  label: string;
  connected: boolean;
  devices: number;
  language: string;
}

export interface LobbyTeam {
  viewer: string;
  title: string;
  role: string;
  code: string;
  link: string;
  qr_svg: string;
  seats: LobbySeat[];
  seats_max: number;
  stand_in: string | null;
}

export interface Lobby {
  join_url: string;
  teams: LobbyTeam[];
  reached_by_phone: boolean;
  reviewed: string[];
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

export const readInvitation = (code: string, language: string) =>
  ask<Invitation>("POST", "/api/invitation", { code, language });
/** `seat`: the id of a seat this person already holds on another device. */
export const join = (code: string, language: string, name: string, seat: string) =>
  ask<Seat>("POST", "/api/join", {
    code,
    language,
    accepted: true,
    ...(name === "" ? {} : { name }),
    ...(seat === "" ? {} : { seat }),
  });
export const readMe = () => ask<{ seat: Seat }>("GET", "/api/me");
export const leave = () => ask<unknown>("POST", "/api/leave", {});
export const takeTicket = () => ask<{ ticket: string }>("POST", "/api/ticket", {});
export const readRoom = (language: string) => ask<Room>("GET", `/api/room?language=${language}`);
export const readLobby = () => ask<Lobby>("GET", "/api/control/lobby");
/** `erase`: its person's name and all that was typed there too. */
export const endSeat = (id: string, how: "revoke" | "erase") =>
  ask<unknown>("POST", `/api/control/seats/${encodeURIComponent(id)}/${how}`, {});
export const renewCode = (viewer: string) =>
  ask<Pick<LobbyTeam, "viewer" | "code" | "link" | "qr_svg">>("POST", `/api/control/codes/${encodeURIComponent(viewer)}`, {});

async function ask<Answer>(method: "GET" | "POST", path: string, body?: object): Promise<Answer> {
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
