/* The report suites' parts of the page. */

import { drawChart, readByKey } from "./chart.js";
import { showDimensions } from "./items.js";
import { byId, state } from "./state.js";
import { change, count, exact, hint, perThousand, put, seconds, span, visible, visitors, whole } from "./text.js";

const MANY_SUITES = 8;

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const suite = state.suites.get(entry.target.dataset.name);
    if (suite) {
      suite.isSeen = entry.isIntersecting;
      if (suite.isSeen) drawChart(suite);
    }
  }
}, { rootMargin: "200px" });

export function addSuite(name) {
  const element = byId("suite-template").content.firstElementChild.cloneNode(true);
  const find = (selector) => element.querySelector(selector);
  const suite = {
    name, element, find, data: null, history: null, said: null, isSeen: false, plots: null, dimensions: new Map(),
    word: find(".word"), why: find(".why"), last: find(".last"), asOf: find(".as-of"), readout: find(".readout"),
  };
  const heading = find(".name");
  heading.id = "suite-" + ++addSuite.ids;
  heading.textContent = visible(name);
  heading.title = visible(name);
  element.setAttribute("aria-labelledby", heading.id);
  element.dataset.name = name;
  find(".windows caption").textContent = "Rolling checkouts of " + visible(name);
  find(".scroll").setAttribute("aria-label", "Rolling checkouts of " + visible(name));
  find(".plots").addEventListener("keydown", (event) => readByKey(suite, event));
  state.suites.set(name, suite);
  seen.observe(element);
  return suite;
}
addSuite.ids = 0;

/** In the order of their names, and those that are there stay where they are. */
export function placeSuites() {
  const main = byId("suites");
  let next = main.firstElementChild;
  for (const name of Array.from(state.suites.keys()).sort()) {
    const element = state.suites.get(name).element;
    if (element === next) next = next.nextElementSibling;
    else main.insertBefore(element, next);
  }
  byId("empty").hidden = state.suites.size > 0;
  main.dataset.suites = String(Math.min(state.suites.size, 9));
  byId("filter-label").hidden = state.suites.size <= MANY_SUITES;
}

export function removeSuite(suite) {
  seen.unobserve(suite.element);
  suite.plots?.forEach((plot) => plot.destroy());
  suite.element.remove();
  state.suites.delete(suite.name);
}

export function showSuite(suite) {
  showWindows(suite);
  showDimensions(suite);
  drawChart(suite);
}

function showWindows(suite) {
  const windows = suite.data.total.windows;
  const rows = ["thead tr", ".checkouts", ".change", ".hits", ".rate"].map((row) => suite.find(".windows " + row));
  rows.forEach((row, i) => {
    while (row.children.length > windows.length + 1) row.lastElementChild.remove();
    while (row.children.length <= windows.length) {
      const cell = document.createElement(i === 0 ? "th" : "td");
      if (i === 0) cell.scope = "col";
      row.append(cell);
    }
  });
  windows.forEach((w, i) => {
    const [size, checkouts, changed, hits, rate] = rows.map((row) => row.children[i + 1]);
    put(size, span(seconds(w.size)));
    put(checkouts, count(w.checkouts));
    hint(checkouts, [exact(w.checkouts), w.visitors == null ? "" : "by " + visitors(w.visitors)].filter(Boolean).join(" "));
    put(changed, change(w.checkouts, w.previousCheckouts));
    hint(changed, whole.format(w.previousCheckouts) + " before");
    put(hits, count(w.hits));
    hint(hits, exact(w.hits));
    put(rate, perThousand(w.checkouts, w.hits));
  });
}
