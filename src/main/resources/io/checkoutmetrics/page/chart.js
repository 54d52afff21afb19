/* The chart of a report suite: checkouts, and hits below; uPlot draws it. */

import { serverNow, state } from "./state.js";
import { clock, compact, perWord, put, tenths, whole } from "./text.js";

const SHORTEST_CHART_S = 30 * 60;

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

/** Times in seconds, checkouts, hits: what is past, and at its end what is now. */
function series(suite) {
  const { history, data } = suite;
  const x = [], checkouts = [], hits = [];
  if (history) {
    const end = Date.parse(history.end) / 1000, step = history.stepMs / 1000, n = history.checkouts.length;
    for (let i = 0; i < n; i++) {
      x.push(end - (n - 1 - i) * step);
      checkouts.push(history.checkouts[i]);
      hits.push(history.hits[i]);
    }
  }
  const now = Date.parse(data.total.asOf) / 1000;
  if (data.live && (x.length === 0 || now > x[x.length - 1])) {
    const gap = history && x.length > 0 ? now - x[x.length - 1] > (1.5 * history.stepMs) / 1000 : false;
    if (gap) { x.push(now - 0.001); checkouts.push(null); hits.push(null); }
    x.push(now); checkouts.push(data.live.checkouts); hits.push(data.live.hits);
  }
  return [x, checkouts, hits];
}

function range(suite) {
  const now = serverNow() / 1000;
  const longest = suite.history ? suite.history.lengthMs / 1000 : SHORTEST_CHART_S;
  const first = suite.points[0].length ? suite.points[0][0] : now;
  return [Math.max(now - longest, Math.min(first, now - SHORTEST_CHART_S)), now];
}

function plotOptions(suite, isLow) {
  const soft = color("--soft"), line = color("--line"), stroke = color(isLow ? "--hits" : "--checkouts");
  const font = Math.round(0.8 * rem()) + "px " + getComputedStyle(document.body).fontFamily;
  const left = Math.round(3.2 * rem());
  return {
    width: 100, height: 100, legend: { show: false }, padding: [8, Math.round(1.2 * rem()), isLow ? 0 : 8, 0],
    cursor: { sync: { key: suite.element.getAttribute("aria-labelledby") }, drag: { x: false, y: false }, points: { size: 6 } },
    scales: { x: { time: true, range: () => range(suite) }, y: { range: (u, low, high) => [0, Math.max(high || 0, isLow ? 10 : 4) * 1.1] } },
    series: [{}, { stroke, width: isLow ? 1 : 1.6, fill: stroke + (isLow ? "55" : "2e"), spanGaps: false, points: { show: false } }],
    axes: [
      { show: isLow, stroke: soft, font, size: Math.round(1.5 * rem()), gap: 3, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1, size: 4 },
        space: 5 * rem(), values: (u, splits) => splits.map((s) => clock(new Date(s * 1000))) },
      { stroke: soft, font, size: left, gap: 4, grid: { stroke: line, width: 1 }, ticks: { show: false }, space: (isLow ? 1.2 : 2.2) * rem(),
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7],
        values: (u, splits) => splits.map((n) => (n >= 10000 ? compact.format(n) : whole.format(n))) },
    ],
    hooks: { setCursor: [(u) => read(suite, u)] },
  };
}

export function drawChart(suite) {
  if (!suite.isSeen || !suite.data) return;
  suite.points = series(suite);
  const [x, checkouts, hits] = suite.points;
  const boxes = [suite.find(".checkouts-plot"), suite.find(".hits-plot")];
  if (!suite.plots) {
    suite.plots = boxes.map((box, i) => new uPlot(plotOptions(suite, i === 1), [[], []], box));
  }
  suite.plots.forEach((plot, i) => {
    const width = boxes[i].clientWidth, height = boxes[i].clientHeight;
    if (width > 0 && (plot.width !== width || plot.height !== height)) plot.setSize({ width, height });
    plot.setData([x, i === 0 ? checkouts : hits]);
  });
  describeChart(suite);
}

function describeChart(suite) {
  const step = suite.history ? suite.history.stepMs / 1000 : 60;
  put(suite.find(".unit"), "Checkouts per " + perWord(step) + ", hits below");
  const [x, checkouts] = suite.points;
  let most = -1;
  checkouts.forEach((n, i) => { if (n != null && (most < 0 || n > checkouts[most])) most = i; });
  const text = most < 0
    ? "Chart: nothing is known yet."
    : "Chart of checkouts and hits per " + perWord(step) + " since " + clock(new Date(x[0] * 1000)) + ". Most checkouts: "
      + tenths.format(checkouts[most]) + " at " + clock(new Date(x[most] * 1000)) + ". Arrow keys read it.";
  const plots = suite.find(".plots");
  if (plots.getAttribute("aria-label") !== text) plots.setAttribute("aria-label", text);
}

function read(suite, plot) {
  const at = plot.cursor.idx;
  if (plot.cursor.left < 0 || at == null || !suite.points || suite.points[0][at] == null) {
    put(suite.readout, "");
    return;
  }
  const [x, checkouts, hits] = suite.points;
  put(suite.readout, checkouts[at] == null
    ? clock(new Date(x[at] * 1000)) + "  not known"
    : clock(new Date(x[at] * 1000)) + "  " + tenths.format(checkouts[at]) + " checkouts, " + tenths.format(hits[at]) + " hits");
}

export function readByKey(suite, event) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity, Escape: NaN }[event.key];
  if (steps === undefined || !suite.plots) return;
  event.preventDefault();
  const plot = suite.plots[0], x = suite.points[0];
  if (Number.isNaN(steps)) {
    plot.setCursor({ left: -10, top: -10 });
    return;
  }
  const from = plot.cursor.left >= 0 && plot.cursor.idx != null ? plot.cursor.idx : x.length;
  const to = Math.max(0, Math.min(x.length - 1, from + steps));
  plot.setCursor({ left: plot.valToPos(x[to], "x"), top: 0 });
}

export function redrawAll() {
  for (const suite of state.suites.values()) {
    suite.plots?.forEach((plot) => plot.destroy());
    suite.plots = null;
    drawChart(suite);
  }
}
