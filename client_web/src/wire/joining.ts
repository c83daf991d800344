// Coming in by HTTP; apart from `api.ts`, for a phone that has a seat does not load it.

import { ask, type Invitation, type Seat } from "./api";

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
