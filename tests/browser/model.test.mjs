// The client's model, without a browser: node --test. Bundled on the fly, for the sources are TypeScript.
// Each test's name is the expectation.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { client, load } from "./bundle.mjs";

const view = await load("model/view");
const knowledge = await load("model/knowledge");
const news = await load("model/news");
const clock = await load("model/clock");
const offers = await load("model/offers");
const matrix = await load("model/matrix");
const outbox = await load("wire/outbox");
const code = await load("model/code");
const digest = await load("model/digest");

// A small generator of our own, so that a failure prints its seed.
function dice(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

const face = (label, more = {}) => ({ sort: "face", kind: "person", kind_title: "Person", label, met: true, same_as: [], stand_in: false, ...more });
const record = (about, field, more = {}) => ({
  sort: "record", face: about, field, field_title: field, value: "x", value_text: "x", value_face: null, learnt_at_s: 10, how: "told",
  how_title: "told", source: "", source_title: "", certainty: "claimed", certainty_title: "claimed", state: "known", chain: [],
  naming: false, protected: false, ...more,
});

test("old view + frames == fresh view, at every cut, with frames that come twice", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const roll = dice(seed);
    const truth = {};
    const frames = [];
    for (let version = 1; version <= 30; version++) {
      const name = ["faces", "records", "messages"][roll(3)];
      const key = `k${roll(6)}`;
      const frame = { type: "frame", stream: "a", epoch: "e", version, put: {}, drop: {} };
      truth[name] ??= {};
      if (roll(3) === 0) {
        frame.drop = { [name]: [key] };
        delete truth[name][key];
      } else {
        frame.put = { [name]: { [key]: { n: version } } };
        truth[name][key] = { n: version };
      }
      frames.push([frame, structuredClone(truth)]);
    }
    const cut = roll(30);
    const items = cut === 0 ? {} : frames[cut - 1][1];
    let held = view.applySnapshot(view.emptyView("a"), { type: "snapshot", stream: "a", epoch: "e", version: cut, items });
    for (const [frame] of frames.slice(Math.max(0, cut - 3))) held = view.applyFrame(held, frame).view;
    const fresh = view.applySnapshot(view.emptyView("a"), { type: "snapshot", stream: "a", epoch: "e", version: 30, items: frames.at(-1)[1] });
    assert.deepEqual(held, fresh, `seed ${seed}`);
  }
});

test("a frame past the next one is a gap, and one of another epoch too; neither changes anything", () => {
  const held = view.applySnapshot(view.emptyView("a"), { type: "snapshot", stream: "a", epoch: "e", version: 4, items: {} });
  for (const frame of [{ epoch: "e", version: 6 }, { epoch: "f", version: 5 }]) {
    const applied = view.applyFrame(held, { type: "frame", stream: "a", put: { faces: { A: {} } }, drop: {}, ...frame });
    assert.equal(applied.outcome, "gap");
    assert.equal(applied.view, held);
  }
});

test("a collection that a frame does not touch keeps its identity", () => {
  const held = view.applySnapshot(view.emptyView("a"), { type: "snapshot", stream: "a", epoch: "e", version: 0, items: { faces: { A: {} } } });
  const after = view.applyFrame(held, { type: "frame", stream: "a", epoch: "e", version: 1, put: { records: { r: {} } }, drop: {} }).view;
  assert.equal(after.items.faces, held.items.faces);
  assert.notEqual(after.items.records, held.items.records);
});

test("faces known to be the same stand together, led by the one whose name is known", () => {
  const [group] = knowledge.groupFaces({
    faces: { A: face("woman at the door"), B: face("in the register", { same_as: ["A"] }), C: face("third", { same_as: ["B"] }) },
    records: { r1: record("A", "role"), r2: record("B", "name", { naming: true }) },
    fields: {},
  });
  assert.equal(group.key, "B");
  assert.deepEqual(group.handles, ["B", "A", "C"]);
  assert.deepEqual(group.rows.map((row) => row.field), ["name", "role"]);
});

test("records of different sources stand side by side; the live one first, the retracted last", () => {
  const [group] = knowledge.groupFaces({
    faces: { A: face("x") },
    records: {
      old: record("A", "where", { state: "retracted", learnt_at_s: 99 }),
      told: record("A", "where", { learnt_at_s: 20 }),
      seen: record("A", "where", { state: "live", learnt_at_s: 5 }),
    },
    fields: {},
  });
  assert.deepEqual(group.rows[0].known.map((known) => known.key), ["seen", "told", "old"]);
});

test("what is not known is a row: every field of the kind without a record, but not that it is another face", () => {
  const field = (kind, title) => ({ sort: "field", kind, title, takes: "words", choices: [], kinds: [] });
  const [group] = knowledge.groupFaces({
    faces: { A: face("x") },
    records: { r: record("A", "f1", { field_title: "Role" }) },
    fields: {
      f1: field("person", "Role"),
      f2: field("person", "Age"),
      f3: field("place", "Door"),
      f4: { ...field("person", "The same as"), sameness: true },
    },
  });
  assert.deepEqual(group.unknown, ["Age"]);
});

test("a thing is called as this view calls it; a bare reference by its kind and handle", () => {
  const faces = { A: face("the salon"), B: face("", { met: false }) };
  assert.equal(knowledge.valueOf(record("A", "f", { value_face: "A", value_text: "" }), faces), "the salon");
  assert.equal(knowledge.labelOf(faces, "B"), "Person B");
  assert.equal(knowledge.labelOf(faces, "ZZZZ"), "ZZZZ");
});

test("a thing is new until it was looked at; learnt again it is new again, still watched it is not", () => {
  const items = (more) => ({ me: {}, messages: {}, tasks: {}, records: { r: record("A", "f", more) } });
  const looked = news.lookedNow(news.allNews(items({})), new Set(), news.allNews(items({})).map((each) => each.mark));
  assert.equal(news.unread(news.allNews(items({ state: "live" })), looked).length, 0);
  assert.equal(news.unread(news.allNews(items({ learnt_at_s: 11 })), looked).length, 1);
  assert.equal(news.unread(news.allNews(items({ state: "retracted" })), looked).length, 1);
  assert.equal(news.allNews(items({ how: "known", learnt_at_s: 0 })).length, news.allNews(items({})).length - 1);
});

test("the clock counts on while running, at its speed, and stands while paused or stopped", () => {
  const item = { at_s: 100, speed: 10, phase: "running", stopped: false };
  assert.equal(clock.playSeconds(clock.anchorOf(item, 1_000), 3_500), 125);
  assert.equal(clock.playSeconds(clock.anchorOf({ ...item, stopped: true }, 1_000), 9_000), 100);
  assert.equal(clock.playSeconds(clock.anchorOf({ ...item, phase: "paused" }, 1_000), 9_000), 100);
});

test("story time passes midnight into the next day", () => {
  assert.deepEqual(clock.storyTime("21:40", 0), { text: "21:40", day: 1 });
  assert.deepEqual(clock.storyTime("21:40", 3 * 3600), { text: "00:40", day: 2 });
});

test("live acts that are open stand first; what is closed stays with its heading", () => {
  const offer = (title, more) => ({ sort: "offer", title, hint: "", group: "Talk", live: false, takes_s: 0, asks: [], open: true, why_not: "", ...more });
  const { live, groups } = offers.arrangeOffers({ a: offer("A", { live: true }), b: offer("B"), c: offer("C", { open: false }), d: offer("D", { live: true, open: false }) });
  assert.deepEqual(live.map((group) => group.open.map((each) => each.key)), [["a"]]);
  assert.deepEqual(groups[0].open.map((each) => each.key), ["b"]);
  assert.deepEqual(groups[0].closed.map((each) => each.key), ["c", "d"]);
});

test("who knows what: the same value is right, another is not, nothing is no cell", () => {
  const truth = { t: record("A", "role", { value: "organiser", value_text: "organiser" }) };
  const held = (value, more) => ({ sort: "knowledge", viewer: "v", record: record("A", "role", { value, value_text: value, ...more }) });
  const cell = (...all) => matrix.knowledgeMatrix(truth, Object.fromEntries(all.map((each, n) => [`k${n}`, each])))[0].cells.v?.state;
  assert.equal(cell(held("organiser")), "right");
  assert.equal(cell(held("nobody")), "other");
  assert.equal(cell(held("nobody"), held("organiser")), "right");
  assert.equal(cell(held("organiser", { state: "disputed" })), "disputed");
  assert.equal(cell(held("organiser", { state: "retracted" })), "retracted");
  assert.equal(cell(), undefined);
});

test("a code typed on a Cyrillic keyboard or in lower case is the same code; what is no lookalike is named", () => {
  assert.deepEqual(code.readCode("авекмн-рстух 47"), { code: "ABEKMHPCTYX47", left: "" });
  assert.deepEqual(code.readCode("k7q2mж"), { code: "K7Q2M", left: "Ж" });
});

test("a view sent again does not set the clock back; a clock that changed does set it", () => {
  const said = { phase: "running", at_s: 100, speed: 2, stopped: false };
  const held = clock.anchorOf(said, 0);
  assert.equal(clock.playSeconds(clock.anchorAgain(held, said, { ...said }, 60_000), 60_000), 220);
  assert.equal(clock.playSeconds(clock.anchorAgain(held, said, { ...said, at_s: 400 }, 60_000), 60_000), 400);
  assert.equal(clock.playSeconds(clock.anchorAgain(held, said, { ...said, phase: "paused", at_s: 150 }, 60_000), 60_000), 150);
  assert.equal(clock.playSeconds(clock.anchorAgain(held, undefined, said, 60_000), 60_000), 100);
});

// -- the outbox ---------------------------------------------------------------------------------------------------

function makeOutbox({ up = true } = {}) {
  const kept = new Map();
  const shelf = {
    keepAct: async (act) => void kept.set(act.id, structuredClone(act)),
    dropActs: async (ids) => ids.forEach((id) => kept.delete(id)),
    readActs: async () => [...kept.values()].sort((one, other) => one.order - other.order),
  };
  const sent = [];
  const link = { up };
  let acts = [];
  const make = () => new outbox.Outbox(shelf, "seat", (message) => link.up && sent.push(message) > 0, (all) => (acts = all));
  return { make, sent, link, acts: () => acts, states: () => acts.map((act) => act.state) };
}
const settle = () => new Promise((wake) => setTimeout(wake, 5));
const say = { do: "say", to: ["v"], text: "x" };

test("an act without a link stays on the phone, outlives a reload, and goes with the same id", async () => {
  const world = makeOutbox({ up: false });
  const id = world.make().add(say, "label", 3, false);
  await settle();
  assert.deepEqual(world.states(), ["kept"]);
  const after = world.make();
  await after.load();
  world.link.up = true;
  after.resend();
  assert.deepEqual(world.sent.map((message) => [message.id, message.seen]), [[id, 3]]);
  assert.deepEqual(world.states(), ["sent"]);
  after.lose();
  after.resend();
  after.answer({ type: "receipt", id, outcome: "accepted", version: 4, token: "t", code: "", text: "" });
  assert.equal(new Set(world.sent.map((message) => message.id)).size, 1);
  assert.deepEqual(world.states(), ["accepted"]);
});

test("unknown is neither yes nor no: the act waits and is not shown as done", async () => {
  const world = makeOutbox();
  const box = world.make();
  const id = box.add(say, "label", 0, false);
  await settle();
  box.answer({ type: "receipt", id, outcome: "unknown", version: 0, token: "", code: "unsure", text: "" });
  assert.deepEqual(world.states(), ["kept"]);
  world.link.up = false; // the timer that would send it again finds no link
});

test("a few at a time: what waits is sent as answers come, in the order it was done", async () => {
  const world = makeOutbox();
  const box = world.make();
  const ids = Array.from({ length: 20 }, () => box.add(say, "label", 0, false));
  await settle();
  assert.ok(world.sent.length < 20);
  for (const id of ids) box.answer({ type: "receipt", id, outcome: "accepted", version: 1, token: "", code: "", text: "" });
  assert.deepEqual(world.sent.map((message) => message.id), ids);
});

test("danger, its end and the word after a loss wait behind no other act", async () => {
  const world = makeOutbox();
  const box = world.make();
  for (let n = 0; n < 20; n += 1) box.add(say, "label", 0, false);
  await settle();
  const before = world.sent.length;
  const urgent = ["stop", "clear", "curtain", "acknowledge"];
  for (const what of urgent) box.add({ do: what }, "label", 0, false);
  await settle();
  assert.deepEqual(world.sent.slice(before).map((message) => message.command.do), urgent);
});

test("bytes that the server cannot read are found out one by one, and do not go again", async () => {
  const world = makeOutbox();
  const box = world.make();
  box.add(say, "good", 0, false);
  box.add(say, "bad", 0, false);
  await settle();
  box.blame("There is no such message.");
  box.lose();
  box.resend();
  assert.deepEqual(world.states(), ["sent", "kept"]);
  box.answer({ type: "receipt", id: world.acts()[0].id, outcome: "accepted", version: 1, token: "", code: "", text: "" });
  assert.deepEqual(world.states(), ["accepted", "sent"]);
  box.blame("There is no such message.");
  assert.deepEqual(world.states(), ["accepted", "refused"]);
});

test("a STOP that nobody heard for a minute is not sent late", async () => {
  const world = makeOutbox({ up: false });
  const box = world.make();
  box.add({ do: "stop" }, "STOP", 0, true);
  await settle();
  const later = Date.now() + 61_000;
  const now = Date.now;
  Date.now = () => later;
  world.link.up = true;
  box.resend();
  Date.now = now;
  assert.deepEqual(world.sent, []);
  assert.deepEqual(world.states(), ["too_late"]);
});

const personal = await load("model/personal");
const cases = JSON.parse(readFileSync(path.resolve(client, "../tests/privacy/personal.json"), "utf8"));

test("what looks like a real person's number is noticed, and what is made up is not", () => {
  for (const [kind, text] of cases.real) assert.deepEqual(personal.personalIn(text), [kind], text);
  for (const text of cases.fine) assert.deepEqual(personal.personalIn(text), [], text);
});

test("words are found and put right however deep they stand", () => {
  const command = { do: "ask", action: "k1", asks: { k2: { note: "+996555123456" }, k3: ["fine", 5, null] } };
  assert.deepEqual(personal.personalWords(command), ["+996555123456"]);
  const right = personal.withWords(command, new Map([["+996555123456", "SIM-0555"]]));
  assert.deepEqual(right, { do: "ask", action: "k1", asks: { k2: { note: "SIM-0555" }, k3: ["fine", 5, null] } });
});

test("a view has the digest that the server makes of it", () => {
  const views = JSON.parse(readFileSync(process.env.VIEWS, "utf8"));
  assert.ok(views.length > 4);
  for (const each of views) assert.equal(digest.digestOf(each.items), each.digest);
});
