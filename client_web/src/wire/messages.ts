// Written by scripts/generate_types.py from kerege.wire and kerege.engine.commands. Do not edit.

export const PROTOCOL_VERSION = 1;

export type Language = "en" | "ru" | "kk" | "ky" | "tg" | "uz" | "tk";

/** A run of text and, where it speaks of a thing, that thing's handle. */
export type Part = [string, string | null];

/** How far a client has read one stream: the epoch it belongs to and the version it holds. */
export interface Place {
  epoch: string;
  version: number;
}

/** The first frame: who I am (a ticket), my language, and how far I have read each stream. */
export interface Hello {
  type: "hello";
  ticket: string;
  language?: Language;
  inflate?: boolean;
  cursors?: Record<string, Place>;
  receipt?: string;
}

/** Ask the room to do something; answered by exactly one Receipt with the same id. */
export interface Submit {
  type: "submit";
  id: string;
  seen: number;
  command: AnyCommand;
  done_at_ms?: number | null;
}

/** Read one more stream (control's "see as"); answered by its snapshot or missing frames, or a Denied. */
export interface Open {
  type: "open";
  stream: string;
  cursor?: Place | null;
}

/** Stop reading a stream that was opened. */
export interface Close {
  type: "close";
  stream: string;
}

/** Change the language; every open stream is sent again as a snapshot. */
export interface Speak {
  type: "speak";
  language: Language;
}

/** Is the link alive? Answered by an Echo: at once, or where digests are asked for, after all that is due. */
export interface Beat {
  type: "beat";
  digests?: boolean;
}

/** The answer to Hello: what this seat is and which stream is its own. */
export interface Welcome {
  type: "welcome";
  protocol: number;
  sort: "actor" | "control" | "evaluator" | "mentor" | "observer" | "player" | "safety";
  stream: string;
  title: string;
  exercise: string;
  mark: string;
  language: string;
  languages: string[];
  at_s: number;
  delay_s: number;
  page: string;
}

/** A whole view: collection -> key -> item. Replaces whatever the client held of this stream. */
export interface Snapshot {
  type: "snapshot";
  stream: string;
  epoch: string;
  version: number;
  items: Record<string, Record<string, AnyItem>>;
  digest: number;
}

/** A Snapshot's items packed with zlib (RFC 1950): `items` unpacks to the msgpack map that Snapshot.items is. */
export interface Packed {
  type: "packed";
  stream: string;
  epoch: string;
  version: number;
  items: Uint8Array<ArrayBuffer>;
  digest: number;
}

/** What one step added to a view; `version` is the one before plus one. First `put`, then `drop`. */
export interface Frame {
  type: "frame";
  stream: string;
  epoch: string;
  version: number;
  put: Record<string, Record<string, AnyItem>>;
  drop: Record<string, string[]>;
}

/** The one answer to a Submit. `version` is the asker's view after its effect; `token` proves it later. */
export interface Receipt {
  type: "receipt";
  id: string;
  outcome: "accepted" | "refused" | "too_late" | "unknown";
  version: number;
  token: string;
  code: string;
  text: string;
}

/** The answer to a Hello's receipt: what it acknowledges is lost; or it proves nothing here, whatever it is. */
export interface Proof {
  type: "proof";
  outcome: "lost" | "refused";
  text: string;
}

/** An Open that this seat may not have, or a stream that does not exist: the same words for both. */
export interface Denied {
  type: "denied";
  stream: string;
  text: string;
}

/** STOP, shown at once and before the journal has it. */
export interface Freeze {
  type: "freeze";
  stopped: boolean;
}

/** What a view's digest is at a version, in the reader's language. */
export interface Digested {
  version: number;
  digest: number;
}

/** The answer to a Beat, with play time now: a client's clock goes on from here. */
export interface Echo {
  type: "echo";
  at_s: number;
  digests: Record<string, Digested>;
}

/** Said before the server closes: a stable code of `closing.py` and why, in words. */
export interface Goodbye {
  type: "goodbye";
  code: string;
  text: string;
}

/** Of a team that has shifts: `state` of mine (`before`: it has not come on; `over`: I have gone), since when, whose case I took over and whether that one handed over, who takes over from me, and whether I can hand over to it now. */
export interface Shift {
  state: "before" | "on" | "over";
  since_s: number | null;
  before_title: string;
  handed: "" | "handed" | "nothing";
  next_title: string;
  ready: boolean;
}

/** Collection `me`, key `me`: who I am. */
export interface MeItem {
  sort: "me";
  title: string;
  role: "actor" | "control" | "evaluator" | "mentor" | "observer" | "player" | "safety";
  agency: string;
  brief: Part[];
  units: string[];
  shift: Shift | null;
}

/** Collection `clock`, key `clock`: the play clock. A client counts on from `at_s` at `speed` while running. */
export interface ClockItem {
  sort: "clock";
  phase: "ended" | "paused" | "ready" | "running";
  at_s: number;
  speed: number;
  stopped: boolean;
  ends_at_s: number;
  story_starts_at: string;
  why: string;
  ending: string;
  lost: boolean;
  thinking: boolean;
}

/** Collection `faces`, key handle. `met` is false where only handle and kind are known (a bare reference). */
export interface FaceItem {
  sort: "face";
  kind: string;
  kind_title: string;
  label: string;
  met: boolean;
  same_as: string[];
  stand_in: boolean;
  document: boolean;
}

/** Collection `records`: one thing known about one face. `state`: live (being watched), known, retracted, disputed. Where the value is a thing, `value_text` is empty and `value_face` is its handle: name it by its face in this view. A source that is a face has an empty `source_title` and its handle as `source`. */
export interface RecordItem {
  sort: "record";
  face: string;
  field: string;
  field_title: string;
  value: boolean | number | string | null;
  value_text: string;
  value_face: string | null;
  learnt_at_s: number;
  how: string;
  how_title: string;
  source: string;
  source_title: string;
  certainty: string;
  certainty_title: string;
  state: "disputed" | "known" | "live" | "retracted";
  chain: string[];
  naming: boolean;
  protected: boolean;
  as_of_s: number | null;
  handed_by: string;
}

/** Collection `messages`: what was told, said, or brought by an inject. */
export interface MessageItem {
  sort: "message";
  about: "heard" | "inject" | "mentor" | "notice" | "said" | "told";
  sender: string;
  sender_title: string;
  parts: Part[];
  at_s: number;
  disputable: boolean;
}

/** Collection `tasks`: an act of mine, from asking to its outcome. */
export interface TaskItem {
  sort: "task";
  offer: string;
  title: string;
  unit: string;
  faces: string[];
  started_s: number;
  due_s: number;
  state: "cancelled" | "done" | "running" | "talking";
  result: string;
}

/** One thing that can be picked: a code and its words. */
export interface Choice {
  code: string;
  title: string;
}

/** One parameter of an offer. For `face`: any face of `kinds` in my view, or just `faces` where that is not null. */
export interface Ask {
  name: string;
  title: string;
  takes: "choice" | "face" | "number" | "team" | "words";
  kinds: string[];
  choices: Choice[];
  faces: string[] | null;
  many: boolean;
  optional: boolean;
}

/** Collection `offers`, key action code: what I can do now. `open` false: not now, and `why_not` says the reason. */
export interface OfferItem {
  sort: "offer";
  title: string;
  hint: string;
  group: string;
  live: boolean;
  takes_s: number;
  asks: Ask[];
  open: boolean;
  why_not: string;
}

/** Collection `contacts`, key viewer code: whom I can call, share with, or name as a source. */
export interface ContactItem {
  sort: "contact";
  title: string;
  role: string;
  stand_in: boolean;
  forms: Choice[];
}

/** One field of a form. */
export interface FormField {
  name: string;
  title: string;
  takes: "choice" | "face" | "number" | "tick" | "words";
  choices: Choice[];
  kinds: string[];
  required: boolean;
}

/** Collection `forms`, key form code: a document I may fill and file. */
export interface FormItem {
  sort: "form";
  title: string;
  hint: string;
  fields: FormField[];
}

/** Collection `fields`, key field code: what can be said about a kind, for "heard in the room". `sameness`: that it is the same as another face; never a gap in what is known of a thing. */
export interface FieldChoiceItem {
  sort: "field";
  kind: string;
  title: string;
  takes: "choice" | "face" | "number" | "tick" | "words";
  choices: Choice[];
  kinds: string[];
  sameness: boolean;
}

/** Collection `cues` of an actor: when and where to play what. */
export interface CueItem {
  sort: "cue";
  parts: Part[];
  at_s: number;
  state: "done" | "now" | "ready" | "waiting";
}

/** Something a character may say; `advised`: the card would let it out now; `said`: it was noted as said. */
export interface Line {
  code: string;
  parts: Part[];
  advised: boolean;
  advice: string;
  said: boolean;
}

/** Collection `scenes` of an actor: a talk or search that a team has opened with my character. */
export interface SceneItem {
  sort: "scene";
  team: string;
  team_title: string;
  action_title: string;
  opened_s: number;
  state: "closed" | "open" | "said";
  lines: Line[];
  treated: boolean;
  questions: Choice[];
  answers: Record<string, number>;
  debriefed: boolean;
}

/** What one receiver would read of an inject, in one language, and how many things it would learn by it. */
export interface Reading {
  to: string;
  language: string;
  parts: Part[];
  learns: number;
}

/** Collection `injects` of control: one line of the MSEL. `does`: what it brings to whom, in the order of its effects. `texts`: language -> its text with marks, as control would write it anew. `written`: control has rewritten it; `off_list`: control has added it, and the flow list does not know it. `tried`: what came of it in the sandbox. */
export interface InjectItem {
  sort: "inject";
  title: string;
  kind: string;
  to: string[];
  state: "fired" | "held" | "passed" | "skipped" | "waiting";
  due_s: number | null;
  expected: string;
  why: string;
  does: string[];
  receivers: string[];
  texts: Record<string, string>;
  written: boolean;
  off_list: boolean;
  tried: Reading[];
}

/** Collection `knowledge` of control: one record of one viewer. */
export interface KnowledgeItem {
  sort: "knowledge";
  viewer: string;
  record: RecordItem;
}

/** Collection `teams` of control: a viewer that can be staffed, seen as, or given a stand-in. */
export interface TeamItem {
  sort: "team";
  title: string;
  role: string;
  stand_in: string;
  profiles: string[];
  played: boolean;
  observed: boolean;
  curtain: boolean;
  thinking: boolean;
  units: string[];
  kin: string;
  on_duty: boolean;
}

/** Collection `happenings` of control (and, redacted, of observers): what was just done, with its cause. For control also: `to` whom (titles), `about` what (a thing and what of it), and the `words` that were typed. */
export interface HappeningItem {
  sort: "happening";
  title: string;
  cause: string;
  who: string;
  at_s: number;
  to: string[];
  about: Part[];
  words: string;
  undo: "" | "can" | "done";
}

/** Collection `duties`: a form that is owed, by me or (`debtor` is not me) to me. `document` is the handle of the one that met it, "" as long as none did. It is late when play time is past `due_s`. */
export interface DutyItem {
  sort: "duty";
  form: string;
  title: string;
  debtor: string;
  debtor_title: string;
  since_s: number;
  due_s: number;
  document: string;
}

/** Collection `requests`, key `q<n>`: what I asked of `other`, or (`mine` false) what it asks of me. About a face (a handle) and a field (its title), for a form (code and title), or in words. `reason`: why it was declined. It is overdue when play time is past `wanted_s` and nothing has come. */
export interface RequestItem {
  sort: "request";
  mine: boolean;
  other: string;
  other_title: string;
  about: string;
  field_title: string;
  form: string;
  form_title: string;
  words: string;
  at_s: number;
  wanted_s: number | null;
  state: "answered" | "declined" | "handed_on" | "open";
  reason: string;
  via_title: string;
  handed_to_title: string;
}

/** A team at a consultation. */
export interface Seat {
  team: string;
  title: string;
  state: "declined" | "here" | "invited" | "left";
}

/** What one team put on the table: the handles that it was about. */
export interface Tabled {
  by_title: string;
  at_s: number;
  faces: string[];
}

/** A decision: `mine`, if its owner is me; overdue when play time is past `due_s` and it is not done. */
export interface Decision {
  key: string;
  words: string;
  owner_title: string;
  mine: boolean;
  due_s: number;
  done: boolean;
}

/** Collection `consultations`, key `g<n>`: as far as I was there. `minutes`: the handle of its minutes, or "". */
export interface ConsultationItem {
  sort: "consultation";
  title: string;
  convener: string;
  mine: boolean;
  place: string;
  at_s: number;
  open: boolean;
  seat: "declined" | "here" | "invited" | "left";
  seats: Seat[];
  tabled: Tabled[];
  decisions: Decision[];
  minutes: string;
}

/** Collection `proposals` of a team (its own, key `p<n>`) and of control (all, key `<team>:p<n>`): an act that the pack does not know. `answer`: control's words, once the team may read them. */
export interface ProposalItem {
  sort: "proposal";
  team: string;
  team_title: string;
  words: string;
  unit: string;
  faces: string[];
  at_s: number;
  wants_s: number;
  state: "done" | "refused" | "running" | "waiting" | "withdrawn";
  due_s: number | null;
  answer: string;
}

/** Collection `guides` of a mentor: what to ask its team from `from_s` to `to_s`; `teams`: codes. Of evaluators: the critical tasks of these minutes, where to stand, and which acts and papers (titles, as in `happenings`) show them. */
export interface GuideItem {
  sort: "guide";
  title: string;
  from_s: number;
  to_s: number;
  teams: string[];
  points: Choice[];
  place: string;
  evidence: string[];
}

/** Collection `notes` of evaluators (and of control's look at them): about which teams, to which guide, with which rating ("": none, N: not observed), in which words, shown by which happenings (keys). */
export interface NoteItem {
  sort: "note";
  teams: string[];
  guide_title: string;
  guide: string;
  rating: "" | "M" | "N" | "P" | "S" | "U";
  words: string;
  evidence: string[];
  at_s: number;
}

/** Collection `personas` of control, key viewer code: a body nobody plays, what it knows and how it speaks. */
export interface PersonaItem {
  sort: "persona";
  title: string;
  card: Part[];
  open_to: string[];
}

/** Collection `letters` of control, key `<persona>:m<n>`: what came to a body nobody plays, and who has taken it. */
export interface LetterItem {
  sort: "letter";
  persona: string;
  message: MessageItem;
  state: "answered" | "taken" | "waiting";
  taken_by: string;
}

/** One answer of an actor's form, 0 (badly) .. 4 (well). */
export interface Treatment {
  title: string;
  mark: number;
}

/** Collection `debriefs` of control and safety, key `b<n>`: a scene of an actor, until its debrief is done and after. `answers`: of the actor's form, for control alone; the team reads them as words of the character once it is `done`. */
export interface DebriefItem {
  sort: "debrief";
  actor_title: string;
  team_title: string;
  action_title: string;
  opened_s: number;
  done: boolean;
  answers: Treatment[];
}

/** Do an offered action. `asks`: parameter name of the offer -> code, handle, words or list of them. */
export interface AskCommand {
  do: "ask";
  action: string;
  unit?: string | null;
  asks?: Record<string, boolean | number | string | string[] | null>;
}

/** Stop a running task, or take back a proposal (key `p<n>`); its unit is free again. */
export interface CancelCommand {
  do: "cancel";
  task: string;
}

/** Write to other teams (codes of contacts). */
export interface SayCommand {
  do: "say";
  to: string[];
  text: string;
}

/** Give copies of own records to others; the earlier chain of sources goes along only with `with_chain`. */
export interface ShareCommand {
  do: "share";
  records: string[];
  to: string[];
  with_chain?: boolean;
  documents?: string[];
}

/** Note what was told face to face: by whom (contact code or face handle), about which face and field. */
export interface HeardCommand {
  do: "heard";
  source: string;
  face: string;
  field: string;
  value: boolean | number | string | string[] | null;
}

/** The teller says: I did not say this. Marks the hearer's record as disputed. */
export interface DisputeCommand {
  do: "dispute";
  message: string;
}

/** File a form; `fields`: field code -> value. `incomplete`: file it although a mandatory field is empty. `replaces`: an own document of the same form (its handle) that this is the new version of. */
export interface FileCommand {
  do: "file";
  form: string;
  fields?: Record<string, boolean | number | string | string[] | null>;
  incomplete?: boolean;
  replaces?: string | null;
  answers?: string | null;
}

/** An actor's tap: these lines were said, to these teams (empty: the team of the scene). */
export interface SpeakCommand {
  do: "speak";
  scene: string;
  lines: string[];
  to?: string[];
}

/** An actor's form after a scene: question code -> 0 (badly) .. 4 (well). Replaces this scene's earlier form. */
export interface TreatCommand {
  do: "treat";
  scene: string;
  answers: Record<string, number>;
}

/** An actor answers a cue: I am ready, or I have played it. */
export interface ReadyCommand {
  do: "ready";
  cue: string;
  state: "done" | "ready";
}

/** End one scene, without reasons. Who pressed goes to the safety seat only. */
export interface CurtainCommand {
  do: "curtain";
  scene?: string | null;
}

/** Real danger: everything freezes. */
export interface StopCommand {
  do: "stop";
}

/** Safety: the danger is over; control may resume. */
export interface ClearCommand {
  do: "clear";
}

/** STARTEX. */
export interface StartCommand {
  do: "start";
}

/** PAUSEX, with a reason shown to all. */
export interface PauseCommand {
  do: "pause";
  why?: string;
}

/** Play goes on. */
export interface ResumeCommand {
  do: "resume";
}

/** ENDEX. */
export interface FinishCommand {
  do: "finish";
}

/** How many play seconds pass in one real second. */
export interface SpeedCommand {
  do: "speed";
  speed: number;
}

/** Move the play clock forward to `to_ms`; what falls due on the way happens in order. */
export interface JumpCommand {
  do: "jump";
  to_ms: number;
}

/** Control and the MSEL: fire, hold, release or skip an inject, with a reason; or try it in a sandbox, without one. */
export interface SteerCommand {
  do: "steer";
  inject: string;
  act: "fire" | "hold" | "release" | "skip" | "try";
  why?: string;
}

/** Control changes the truth, with a reason. */
export interface AmendCommand {
  do: "amend";
  face: string;
  field: string;
  value: boolean | number | string | string[] | null;
  why: string;
}

/** Control retracts a record of a viewer openly, with a reason. */
export interface RecallCommand {
  do: "recall";
  viewer: string;
  record: string;
  why: string;
}

/** Control starts (profile) or stops (None) a stand-in for a viewer. */
export interface StandInCommand {
  do: "stand_in";
  viewer: string;
  profile: string | null;
}

/** The room notes that a person took (or left) a character's part. Only the room may. */
export interface StaffCommand {
  do: "staff";
  viewer: string;
  played: boolean;
}

/** Control opens (or closes) one team to the observers' desk. */
export interface OpenTeamCommand {
  do: "open_team";
  viewer: string;
  open: boolean;
}

/** A phone has proved that the record has lost its end. Only the room may. */
export interface LoseCommand {
  do: "lose";
}

/** Control has read that the record lost its end: acts are taken again. */
export interface AcknowledgeCommand {
  do: "acknowledge";
}

/** Something has fallen due. Only the room may. */
export interface TickCommand {
  do: "tick";
}

/** Ask another team for information: about a face (and a field of it), for a form that it can file, or in words. `wanted_by_s`: play time in seconds by which an answer is wanted. */
export interface RequestCommand {
  do: "request";
  to: string;
  about?: string | null;
  field?: string | null;
  form?: string | null;
  words?: string;
  wanted_by_s?: number | null;
}

/** Answer a request: share (nothing named: all that is held of what was asked), decline with a reason, or hand on. */
export interface RespondCommand {
  do: "respond";
  request: string;
  how: "decline" | "hand_on" | "share";
  records?: string[];
  documents?: string[];
  to?: string | null;
  words?: string;
}

/** Call other teams to a consultation; at a place, or wherever they are. */
export interface ConveneCommand {
  do: "convene";
  teams: string[];
  title: string;
  place?: string | null;
}

/** Come to a consultation that one is invited to, or decline or leave it. */
export interface AttendCommand {
  do: "attend";
  consultation: string;
  come: boolean;
}

/** Put own records, or documents whole, on the table: everybody who is there learns them. */
export interface TableCommand {
  do: "table";
  consultation: string;
  records?: string[];
  documents?: string[];
}

/** A decision of a consultation: what, whose task it is (a team there), and by when (play seconds). */
export interface DecideCommand {
  do: "decide";
  consultation: string;
  words: string;
  owner: string;
  due_s: number;
}

/** The owner of a decision has done it. `decision`: its key within the consultation. */
export interface FulfilCommand {
  do: "fulfil";
  consultation: string;
  decision: string;
}

/** Whoever convened it closes a consultation; everybody there is given the minutes. */
export interface AdjournCommand {
  do: "adjourn";
  consultation: string;
}

/** Ask control for an act that the pack does not know: in words, maybe with a unit and faces; `wants_ms` of play. */
export interface ProposeCommand {
  do: "propose";
  text: string;
  unit?: string | null;
  faces?: string[];
  wants_ms?: number;
}

/** One field of a face as it truly is, for somebody to learn: how, and how sure it is. */
export interface Pick {
  face: string;
  field: string;
  how: "checked" | "found" | "read" | "seen" | "told";
  certainty: "certain" | "claimed" | "likely";
}

/** One field of the truth and its new value, as in Amend. */
export interface Change {
  face: string;
  field: string;
  value: boolean | number | string | string[] | null;
}

/** Control rules on a team's proposal. `why` stays in the record; `text` is what the team reads: at once where it is not possible, else after `takes_ms`, when it also learns what `learns` picks and the truth `changes`. */
export interface RuleCommand {
  do: "rule";
  team: string;
  proposal: string;
  verdict: "happens" | "not_possible";
  why: string;
  text?: string;
  takes_ms?: number;
  learns?: Pick[];
  changes?: Change[];
}

/** Control makes a second team of one: what it is called, which units (handles) go to it, and whether it begins with a copy of what the first one knows (`records`) or with nothing. */
export interface SplitCommand {
  do: "split";
  viewer: string;
  title: string;
  units?: string[];
  records?: boolean;
}

/** Control closes a team: what it knows, its units and its people go to another of the same agency. */
export interface MergeCommand {
  do: "merge";
  viewer: string;
  into: string;
}

/** A team briefs the shift that takes over its case and goes off duty: all that it holds of the faces (handles) in `about`, or all that it holds, and what it says about it. */
export interface HandOverCommand {
  do: "hand_over";
  about?: string[];
  everything?: boolean;
  words?: string;
}

/** Stop and think: a mentor lets its team begin nothing for a while (`on`), or go on. Control names the `team`. */
export interface ThinkCommand {
  do: "think";
  on: boolean;
  why?: string;
  team?: string | null;
}

/** Control or safety: the debrief of this scene (an own key, `b<n>`) is done; the team may read the actor's form. */
export interface DebriefCommand {
  do: "debrief";
  debrief: string;
}

/** An evaluator's note about teams: words, the happenings that show it (keys `h<n>`), the guide that it is about, and maybe a rating: P, S, M, U of the exercise's words, or N: not observed. Never about a person. */
export interface ObserveCommand {
  do: "observe";
  teams: string[];
  guide?: string | null;
  rating?: "M" | "N" | "P" | "S" | "U" | null;
  text?: string;
  evidence?: string[];
}

/** One of several at control takes a message to a body nobody plays (`text`: who, in words), or gives it back (""). */
export interface TakeCommand {
  do: "take";
  persona: string;
  message: string;
  text: string;
}

/** Control speaks for a body nobody plays: words to viewers, maybe things to learn, maybe as the answer to a message. */
export interface SayAsCommand {
  do: "say_as";
  persona: string;
  to: string[];
  text: string;
  learns?: Pick[];
  message?: string | null;
}

/** One mark: the words, the subject (thing or parameter, maybe one face of it), field and value where given. */
export interface Mark {
  words: string;
  subject: string;
  face: string | null;
  field: string | null;
  value: string | null;
}

/** Control rewrites a waiting line of the MSEL (`inject`), or adds one (None), with a reason. `texts`: language -> words with marks, in every language of the exercise; none: they stay. `to`: teams that read it, actors who are cued by it. `at_ms`: its play time; None: it stays, or comes by hand. `marks`: what the texts state; the room compiles it, whatever a client sends. */
export interface WriteCommand {
  do: "write";
  inject: string | null;
  why: string;
  title?: string;
  texts?: Record<string, string>;
  to?: string[];
  at_ms?: number | null;
  held?: boolean;
  learns?: Pick[];
  marks?: Mark[];
}

/** Control takes back what a line of what was done (`h<n>`) has brought, as far as it still stands, with a reason. */
export interface OverruleCommand {
  do: "overrule";
  happening: string;
  why: string;
}

export type FromClient = Hello | Submit | Open | Close | Speak | Beat;

export type FromServer = Welcome | Snapshot | Packed | Frame | Receipt | Proof | Denied | Freeze | Echo | Goodbye;

export type AnyItem = MeItem | ClockItem | FaceItem | RecordItem | MessageItem | TaskItem | OfferItem | ContactItem | FormItem | FieldChoiceItem | CueItem | SceneItem | InjectItem | KnowledgeItem | TeamItem | HappeningItem | DutyItem | RequestItem | ConsultationItem | ProposalItem | GuideItem | NoteItem | PersonaItem | LetterItem | DebriefItem;

export type AnyCommand = AskCommand | CancelCommand | SayCommand | ShareCommand | HeardCommand | DisputeCommand | FileCommand | SpeakCommand | TreatCommand | ReadyCommand | CurtainCommand | StopCommand | ClearCommand | StartCommand | PauseCommand | ResumeCommand | FinishCommand | SpeedCommand | JumpCommand | SteerCommand | AmendCommand | RecallCommand | StandInCommand | StaffCommand | OpenTeamCommand | LoseCommand | AcknowledgeCommand | TickCommand | RequestCommand | RespondCommand | ConveneCommand | AttendCommand | TableCommand | DecideCommand | FulfilCommand | AdjournCommand | ProposeCommand | RuleCommand | SplitCommand | MergeCommand | HandOverCommand | ThinkCommand | DebriefCommand | ObserveCommand | TakeCommand | SayAsCommand | WriteCommand | OverruleCommand;
