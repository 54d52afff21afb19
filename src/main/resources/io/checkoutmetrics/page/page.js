/* The page: server-sent events come in, what they say goes into the document, as text and never as markup. */

import { drawChart, redrawAll } from "./chart.js";
import { fetchItems, showDimension } from "./items.js";
import { byId, isLost, moment, serverNow, SILENCE_MS, state } from "./state.js";
import { addSuite, placeSuites, removeSuite, showSuite } from "./suites.js";
import { age, ago, clockToSecond, hint, put, seconds, span, visible, whole } from "./text.js";
import { byLength, why, WORDS } from "./verdict.js";

const REOPEN_MS = 3000;
const ITEMS_EVERY_MS = 5000;

// ---- what the stream tells -------------------------------------------------------------------------------------

function take(event, isWhole) {
  const told = JSON.parse(event.data);
  state.head = told;
  state.server = { atMs: Date.parse(told.now), heardMs: performance.now() };
  state.broken = false;
  const names = new Set(told.suites.map((one) => one.reportSuite));
  let isPlaced = true;
  if (isWhole) {
    for (const suite of Array.from(state.suites.values())) if (!names.has(suite.name)) removeSuite(suite);
  }
  for (const data of told.suites) {
    let suite = state.suites.get(data.reportSuite);
    if (!suite) {
      suite = addSuite(data.reportSuite);
      isPlaced = false;
    }
    suite.data = data;
    if (data.history) suite.history = data.history;
  }
  if (!isPlaced || isWhole) placeSuites();
  showWindowChoice();
  for (const data of told.suites) showSuite(state.suites.get(data.reportSuite));
  showInstance(told);
  filter();
  tick();
}

/** The sizes that items can be shown for; at first the longest of an hour or less, which is long enough to be calm. */
function showWindowChoice() {
  const sizes = byLength(Array.from(state.suites.values())[0]?.data.total.windows || []).map((w) => w.size);
  const select = byId("window");
  const known = Array.from(select.options).map((option) => option.value);
  if (sizes.length === 0 || sizes.join() === known.join()) return;
  if (!sizes.includes(state.window)) {
    state.window = sizes.filter((size) => seconds(size) <= 3600).pop() || sizes[0];
  }
  select.replaceChildren(...sizes.map((size) => new Option(span(seconds(size)), size, false, size === state.window)));
}

const OUTCOMES = [
  ["hits_read", "Hits read"], ["checkouts_seen", "Checkouts seen"], ["counted", "Counted"], ["duplicate", "Duplicates"],
  ["late", "Late"], ["dead_lettered", "Dead letters, all"], ["excluded", "Excluded"],
];

function showInstance(told) {
  put(byId("application"), visible(told.application));
  put(byId("instance-since"), moment(told.instance.since));
  const list = byId("outcomes");
  while (list.children.length < OUTCOMES.length) {
    const pair = document.createElement("div");
    pair.append(document.createElement("dt"), document.createElement("dd"));
    list.append(pair);
  }
  OUTCOMES.forEach(([name, label], i) => {
    const [term, number] = list.children[i].children;
    put(term, label);
    put(number, whole.format(told.instance.outcomes[name] || 0));
  });
}

/** What changes with time alone, and what the words say. */
function tick() {
  const lost = isLost();
  const now = serverNow();
  for (const suite of state.suites.values()) {
    const total = suite.data.total;
    const verdict = lost ? "NOT_KNOWN" : suite.data.verdict;
    if (suite.element.dataset.verdict !== verdict) suite.element.dataset.verdict = verdict;
    if (!suite.isMarked || suite.isMarked !== verdict) {
      suite.find("use").setAttribute("href", "#shape-" + verdict);
      suite.isMarked = verdict;
    }
    put(suite.word, WORDS[verdict]);
    const reason = why(suite.data, verdict, lost);
    put(suite.why, reason);
    hint(suite.why, reason);
    put(suite.last, total.lastCheckoutAt ? ago(now - Date.parse(total.lastCheckoutAt)) + " ago" : "–");
    hint(suite.last, total.lastCheckoutAt ? moment(total.lastCheckoutAt) : "none seen");
    put(suite.asOf, age(now - Date.parse(total.asOf)) + " ago");
    hint(suite.asOf, moment(total.asOf));
    announce(suite, verdict);
  }
  showConnection(lost);
  showNotice(lost);
  showSummary(lost);
}

function showConnection(lost) {
  const is = state.head === null ? (performance.now() > SILENCE_MS ? "lost" : "connecting") : lost ? "lost" : "live";
  if (document.body.dataset.connection !== is) document.body.dataset.connection = is;
  put(byId("connection-word"), { live: "Live", lost: "Connection lost", connecting: "Connecting" }[is]);
  put(byId("connection-age"), state.head ? (lost ? ago(performance.now() - state.server.heardMs) + " ago" : clockToSecond(new Date(serverNow()))) : "");
}

function showNotice(lost) {
  const notices = [];
  if (lost && state.head) notices.push("Connection lost. Everything here is as of " + moment(state.head.now) + ". Trying to connect again.");
  if (!lost && state.head) {
    const reading = state.head.reading;
    if (reading === "CATCHING_UP") notices.push("Reading what was published so far.");
    if (reading === "WAITING") notices.push("Kafka or the schema registry does not answer: what is published now cannot be read yet.");
    if (reading === "FAILED") notices.push("What is published cannot be read; the log of this instance says why. Trying again.");
    if (state.head.leftOut > 0) notices.push("There are more report suites than are shown here: " + whole.format(state.head.leftOut) + " or more are left out.");
  }
  byId("notice").hidden = notices.length === 0;
  put(byId("notice"), notices.join(" "));
}

function showSummary(lost) {
  const counts = {};
  for (const suite of state.suites.values()) {
    const verdict = lost ? "NOT_KNOWN" : suite.data.verdict;
    counts[verdict] = (counts[verdict] || 0) + 1;
  }
  const shorter = { ALIVE: "alive", QUIET: "quiet", NO_CHECKOUTS: "with traffic but no checkouts", NO_TRAFFIC: "without traffic", DROP: "with fewer checkouts than usual", SPIKE: "with more checkouts than usual", NOT_KNOWN: "not known" };
  const text = ["NO_CHECKOUTS", "NO_TRAFFIC", "DROP", "SPIKE", "NOT_KNOWN", "QUIET", "ALIVE"].filter((v) => counts[v]).map((v) => counts[v] + " " + shorter[v]).join(", ");
  put(byId("summary"), text);
  const trouble = ["NO_CHECKOUTS", "NO_TRAFFIC", "DROP", "SPIKE"].reduce((sum, v) => sum + (counts[v] || 0), 0);
  const title = lost && state.head ? "? Checkouts" : trouble ? "▲ " + trouble + " · Checkouts" : "Checkouts";
  if (document.title !== title) document.title = title;
}

/** To those who listen: only what has changed since it was first seen. */
function announce(suite, verdict) {
  if (suite.said !== null && suite.said !== verdict) {
    const line = visible(suite.name) + ": " + WORDS[verdict];
    announce.lines = announce.lines.filter((one) => performance.now() - one.at < 1500);
    announce.lines.push({ at: performance.now(), line });
    put(byId("announcer"), announce.lines.map((one) => one.line).join(". "));
  }
  suite.said = verdict;
}
announce.lines = [];

function filter() {
  const wanted = byId("filter").value.trim().toLowerCase();
  for (const suite of state.suites.values()) {
    suite.element.hidden = wanted !== "" && !suite.name.toLowerCase().includes(wanted);
  }
}

// ---- the stream ------------------------------------------------------------------------------------------------

let stream = null;
let openedMs = 0;

function open() {
  stream?.close();
  openedMs = performance.now();
  stream = new EventSource("/api/v1/stream");
  stream.addEventListener("snapshot", (event) => take(event, true));
  stream.addEventListener("update", (event) => take(event, false));
  stream.addEventListener("error", () => {
    state.broken = true;
    tick();
  });
}

/** A browser gives up on a stream that was refused, and never notices one that went silent. */
function watch() {
  const now = performance.now();
  if (isLost() && now - Math.max(openedMs, state.server.heardMs) > SILENCE_MS
      || stream.readyState === EventSource.CLOSED && now - openedMs > REOPEN_MS) {
    open();
  }
  for (const suite of state.suites.values()) {
    for (const dimension of suite.dimensions.values()) {
      if (dimension.isOpen && suite.isSeen && now - dimension.fetchedMs > ITEMS_EVERY_MS) fetchItems(suite, dimension);
    }
  }
  tick();
}

byId("window").addEventListener("change", (event) => {
  state.window = event.target.value;
  for (const suite of state.suites.values()) {
    for (const dimension of suite.dimensions.values()) {
      showDimension(suite, dimension);
      if (dimension.isOpen) fetchItems(suite, dimension);
    }
  }
});
byId("filter").addEventListener("input", filter);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);
new ResizeObserver(() => state.suites.forEach(drawChart)).observe(byId("suites"));
document.addEventListener("visibilitychange", tick);

open();
setInterval(watch, 250);
setInterval(() => state.suites.forEach(drawChart), 1000);
