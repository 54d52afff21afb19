/* Numbers and times as the page writes them, and how text gets into the document: never as markup. */

export const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
export const tenths = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
export const compact = new Intl.NumberFormat("en", { notation: "compact", minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Short enough for its place: 99,999, 123.4K, 5.6M. */
export const count = (n) => (n == null ? "–" : n < 100000 ? whole.format(n) : compact.format(n));

/** Where hundreds of thousands are cut short, all digits for whoever points at them. */
export const exact = (n) => (n == null || n < 100000 ? "" : whole.format(n));

export const visitors = (n) => whole.format(n) + (n === 1 ? " visitor" : " visitors");

const money = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** What was in the carts; an item of the dimension currency says in which. */
export const inCarts = (amount, currency) => money.format(amount) + " " + currency + " in the carts";

export function change(now, before) {
  if (before === 0) return now === 0 ? "0%" : "new";
  const percent = Math.round((100 * (now - before)) / before);
  if (percent > 999) return "▲ >999%";
  return percent > 0 ? "▲ " + percent + "%" : percent < 0 ? "▼ " + -percent + "%" : "0%";
}

export function share(part, all) {
  if (!(all > 0)) return "–";
  const percent = Math.min(100, Math.round((100 * part) / all));
  return percent === 0 && part > 0 ? "<1%" : percent + "%";
}

/** Checkouts per 1,000 hits, in three digits or so: 9.97, 12.5, 130. */
export function perThousand(checkouts, hits) {
  if (!(hits > 0)) return "–";
  const rate = (1000 * checkouts) / hits;
  return rate >= 99.95 ? count(Math.round(rate)) : rate.toFixed(rate >= 9.995 ? 1 : 2);
}

export function seconds(isoDuration) {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(isoDuration);
  return parts ? (+parts[1] || 0) * 3600 + (+parts[2] || 0) * 60 + (+parts[3] || 0) : 0;
}

/** "PT1H30M" as "1 h 30 min". */
export function span(s) {
  if (s > 86400 && s % 86400 === 0) return s / 86400 + " d";
  const h = Math.floor(s / 3600), m = Math.floor((s % 3600) / 60), rest = s % 60;
  return [h && h + " h", m && m + " min", rest && rest + " s"].filter(Boolean).join(" ") || "0 s";
}

/** A step of the chart as a rate: "minute", "10 s". */
export const perWord = (s) => ({ 1: "second", 60: "minute", 3600: "hour", 86400: "day" })[s] || span(s);

/** How long ago, in as few characters as will do. */
export function ago(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 100) return s + " s";
  if (s < 6000) return Math.floor(s / 60) + " min";
  if (s < 360000) return Math.floor(s / 3600) + " h";
  return Math.floor(s / 86400) + " d";
}

export const age = (ms) => (ms < 9950 ? (Math.max(0, ms) / 1000).toFixed(1) + " s" : ago(ms));
const two = (n) => String(n).padStart(2, "0");
export const clock = (d) => two(d.getHours()) + ":" + two(d.getMinutes());
export const clockToSecond = (d) => clock(d) + ":" + two(d.getSeconds());

/** What would not be seen, or would turn the text around it about, is shown as a box. */
export const visible = (text) =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, "\ufffd");

export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function hint(element, text) {
  if (element.title !== text) element.title = text;
}
