// How a link that was lost comes back: full jitter, so that a room of phones that lost one access point does not come
// back as one wave. No network, no clock and no chance of its own. Each test's name is the expectation.

import assert from "node:assert/strict";
import test from "node:test";
import { load, require } from "./bundle.mjs";

const { encode } = require("@msgpack/msgpack");
const FIRST_MS = 500;
const MAX_MS = 30_000;
const STEADY_MS = 10_000;
const DRAWS = [0, 0.25, 0.5, 0.75, 0.999999];
const TRIES = 14;

/** The most that may be waited before this try; tries count from one. */
const most = (tries) => Math.min(MAX_MS, FIRST_MS * 2 ** tries);
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((wake) => setImmediate(wake));
};

/** The world that the link under test lives in. */
let world;
const put = (object, name, value) => Object.defineProperty(object, name, { value, configurable: true, writable: true });
const nothing = () => undefined;
put(globalThis, "addEventListener", nothing);
put(globalThis, "removeEventListener", nothing);
put(globalThis, "document", { hidden: false, addEventListener: nothing, removeEventListener: nothing });
put(globalThis, "navigator", { onLine: false }); // a phone without a network does not blame the road
put(globalThis, "location", { origin: "http://kerege.test" });
put(globalThis, "setInterval", nothing);
put(globalThis, "clearInterval", nothing);
put(globalThis, "setTimeout", (then, wait_ms) => (world.timer = { then, wait_ms }));
put(globalThis, "clearTimeout", (timer) => {
  if (timer === world.timer) world.timer = null;
});
put(Math, "random", () => world.draw);
put(Date, "now", () => world.now);
put(globalThis, "fetch", async () => {
  if (!world.reachable) throw new TypeError("no network");
  return new Response(JSON.stringify({ ticket: "a ticket", valid_s: 30 }));
});
put(globalThis, "WebSocket", class {
  static OPEN = 1;
  readyState = 1;
  send() {}
  close() {}
  constructor() {
    world.socket = this;
  }
});

/** A link in a world of its own. `timer` is what it has asked for last; `come` lets it pass. */
class World {
  now = 1_000_000;
  reachable = false;
  timer = null;
  socket = null;

  constructor({ Link }, draw) {
    world = this;
    this.draw = draw;
    this.link = new Link({ receive: nothing, changed: nothing, up: nothing, down: nothing, greeting: () => ({}) });
  }

  async start() {
    this.link.start();
    await settle();
  }

  /** The wait that was asked for passes, and the next try is made. Returns how long it was. */
  async come() {
    const { then, wait_ms } = this.timer;
    this.timer = null;
    this.now += wait_ms;
    then();
    await settle();
    return wait_ms;
  }

  /** The try that is under way is welcomed; the link lives so long and is lost. */
  async live(lived_ms) {
    const { socket } = this;
    socket.onopen();
    socket.onmessage({ data: encode({ type: "welcome" }) });
    await settle();
    this.now += lived_ms;
    socket.onclose();
    await settle();
  }
}

/** Every try waits an even share of all times up to its bound; the bound doubles up to its cap. */
async function jittered(source) {
  for (const draw of DRAWS) {
    const here = new World(source, draw);
    await here.start();
    for (let tries = 1; tries <= TRIES; tries++) assert.equal(await here.come(), draw * most(tries), `try ${tries}, draw ${draw}`);
  }
}

/** A link that lived long begins with short waits again; one that came up and fell does not. */
async function rested(source) {
  for (const [lived_ms, tries] of [[STEADY_MS, 6], [STEADY_MS + 1, 1]]) {
    const here = new World(source, 0.5);
    await here.start();
    for (let turn = 1; turn <= 4; turn++) await here.come();
    here.reachable = true;
    await here.come();
    await here.live(lived_ms);
    here.reachable = false;
    assert.equal(await here.come(), most(tries) / 2, `after ${lived_ms} ms`);
  }
}

const link = await load("wire/link");

test("a lost link comes back after a time drawn evenly up to a bound that doubles to half a minute", () => jittered(link));

test("ten seconds of a good link, and the waits begin short again; one that falls at once goes on where it was", () => rested(link));

const WRONG = {
  "no jitter": [jittered, "Math.random() * most", "most"],
  "half a jitter": [jittered, "Math.random() * most", "most / 2 + Math.random() * most / 2"],
  "no cap": [jittered, "Math.min(WAIT_MAX_MS, ", "Math.max(0, "],
  "no growth": [jittered, "2 ** Math.min(this.tries, 10)", "2"],
  "never rested": [rested, "> STEADY_AFTER_MS", "> Infinity"],
  "rested at once": [rested, "> STEADY_AFTER_MS", ">= 0"],
};

for (const [name, [law, right, wrong]] of Object.entries(WRONG)) {
  test(`a client that is wrong on purpose is noticed: ${name}`, async () => {
    const source = await load("wire/link", (text) => {
      const bent = text.replace(right, wrong);
      assert.notEqual(bent, text, "nothing was bent");
      return bent;
    });
    await assert.rejects(law(source), assert.AssertionError);
  });
}
