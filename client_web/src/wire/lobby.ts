// Control's lobby by HTTP: who may come, who is here; apart from `api.ts`, for no other seat loads it.

import { ask } from "./api";

export interface LobbySeat {
  id: string;
  label: string;
  connected: boolean;
  devices: number;
  language: string;
  /** Seconds since a screen of this seat last answered; null: not yet. */
  answered_s: number | null;
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
  looks_real: string[];
  flags: Record<string, string>;
  /** Why the server cannot write now, in words; empty while all is well. */
  trouble: string;
}

export const readLobby = () => ask<Lobby>("GET", "/api/control/lobby");
/** `erase`: its person's name and all that was typed there too. */
export const endSeat = (id: string, how: "revoke" | "erase") =>
  ask<unknown>("POST", `/api/control/seats/${encodeURIComponent(id)}/${how}`, {});
export const renewCode = (viewer: string) =>
  ask<Pick<LobbyTeam, "viewer" | "code" | "link" | "qr_svg">>("POST", `/api/control/codes/${encodeURIComponent(viewer)}`, {});
export const acknowledge = (flag: string) => ask<unknown>("POST", `/api/control/flags/${encodeURIComponent(flag)}/acknowledge`, {});
