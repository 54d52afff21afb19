/* What is said of a report suite, in words. */

import { moment } from "./state.js";
import { count, seconds, span, tenths, whole } from "./text.js";

export const WORDS = {
  ALIVE: "Alive",
  QUIET: "Quiet",
  NO_CHECKOUTS: "Traffic, but no checkouts",
  NO_TRAFFIC: "No traffic",
  DROP: "Fewer checkouts than usual",
  SPIKE: "More checkouts than usual",
  NOT_KNOWN: "Not known",
};

const ALARMS = ["NO_INPUT", "NO_CHECKOUTS", "DROP", "SPIKE"];

/** Whether the newest alert, if any, is of trouble that lasts. */
const lasts = (alert) => alert !== undefined && ALARMS.includes(alert.kind);

export const byLength = (windows) => windows.slice().sort((a, b) => seconds(a.size) - seconds(b.size));

export function why(suite, verdict, lost) {
  const total = suite.total;
  const windows = byLength(total.windows);
  if (lost) return "Connection lost; the numbers are those of " + moment(total.asOf);
  if (verdict === "NOT_KNOWN") {
    return total.status === "STALLED"
      ? "Part of the input cannot be read; the numbers are those of " + moment(total.asOf)
      : "Nothing newer was published than of " + moment(total.asOf);
  }
  if (lasts(suite.alert)) {
    const { expected, actual, kind, since } = suite.alert;
    const number = expected < 10 ? tenths : whole;
    return "Expected " + number.format(expected) + (kind === "NO_INPUT" ? " hits" : " checkouts") + ", got " +
      whole.format(actual) + " since " + moment(since);
  }
  const around = (holds) => windows.find(holds) || windows[windows.length - 1];
  if (verdict === "NO_TRAFFIC") {
    return "No hits in " + span(seconds(windows.filter((w) => w.hits === 0).pop()?.size || windows[0].size));
  }
  if (verdict === "NO_CHECKOUTS") {
    const hits = around((w) => w.hits > 0);
    return count(hits.hits) + " hits in " + span(seconds(hits.size)) + ", no checkout";
  }
  if (verdict === "QUIET") {
    const empty = windows.filter((w) => w.checkouts === 0).pop() || windows[0];
    return total.lastCheckoutAt ? "No checkout in " + span(seconds(empty.size)) + ", and few expected" : "No checkout seen so far";
  }
  const w = around((one) => one.checkouts > 0);
  return count(w.checkouts) + (w.checkouts === 1 ? " checkout in " : " checkouts in ") + span(seconds(w.size));
}
