/* What the stream said last, and when that was. */

import { clock, clockToSecond } from "./text.js";

export const SILENCE_MS = 5000; // the stream says something every two seconds

export const state = {
  suites: new Map(), // by name: what the stream said last, and its element
  head: null, // what every event tells
  server: { atMs: 0, heardMs: -Infinity }, // the server's clock when it was heard, by ours
  broken: true,
  window: null, // whose items are shown, as "PT1H"
};

export const byId = (id) => document.getElementById(id);

/** By the server's clock, since this machine's may be wrong. */
export const serverNow = () => state.server.atMs + (state.head ? performance.now() - state.server.heardMs : 0);

export const isLost = () => state.broken || performance.now() - state.server.heardMs > SILENCE_MS;

export function moment(iso) {
  const d = new Date(iso);
  const sameDay = new Date(serverNow()).toDateString() === d.toDateString();
  return sameDay ? clockToSecond(d) : d.toLocaleDateString("en-GB", { day: "numeric", month: "short" }) + " " + clock(d);
}
