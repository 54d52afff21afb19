/* The breakdowns of a report suite: the top items of each dimension, or all of them. */

import { byId, state } from "./state.js";
import { change, count, hint, inCarts, put, share, visible, whole } from "./text.js";

const FEW_ITEMS = 5;
const MOST_ITEMS = 1000;

export function showDimensions(suite) {
  const known = new Set(suite.data.dimensions.map((one) => one.dimension));
  for (const [name, dimension] of suite.dimensions) {
    if (!known.has(name)) {
      dimension.element.remove();
      suite.dimensions.delete(name);
    }
  }
  for (const data of suite.data.dimensions) {
    const dimension = suite.dimensions.get(data.dimension) || addDimension(suite, data.dimension);
    dimension.data = data;
    showDimension(suite, dimension);
  }
}

function addDimension(suite, name) {
  const element = byId("dimension-template").content.firstElementChild.cloneNode(true);
  const dimension = {
    name, element, data: null, all: null, isOpen: false, fetchedMs: 0,
    body: element.querySelector("tbody"), button: element.querySelector(".all"), items: element.querySelector(".items"),
  };
  dimension.items.setAttribute("aria-label", "Items of " + visible(name) + " of " + visible(suite.name));
  dimension.button.addEventListener("click", () => toggle(suite, dimension));
  suite.dimensions.set(name, dimension);
  suite.find(".dimensions").append(element);
  return dimension;
}

const shownWindow = (total) => Math.max(0, total.windows.findIndex((w) => w.size === state.window));

export function showDimension(suite, dimension) {
  const total = suite.data.total;
  const at = shownWindow(total);
  const items = dimension.isOpen && dimension.all ? dimension.all : dimension.data.top;
  const top = items
    .filter((item) => item.checkouts[at] > 0)
    .sort((a, b) => b.checkouts[at] - a.checkouts[at] || (a.item < b.item ? -1 : 1))
    .slice(0, dimension.isOpen ? MOST_ITEMS : FEW_ITEMS);
  put(dimension.element.querySelector("caption"), visible(dimension.name));
  const body = dimension.body;
  const rows = dimension.isOpen ? Math.max(1, top.length) : FEW_ITEMS; // the height stays
  while (body.children.length > rows) body.lastElementChild.remove();
  while (body.children.length < rows) body.append(itemRow());
  for (let i = 0; i < rows; i++) showItem(body.children[i], top[i], total.windows[at], at, i === 0);
  const more = dimension.data.items > FEW_ITEMS;
  dimension.button.hidden = !more && !dimension.isOpen;
  dimension.element.querySelector(".cut").hidden = !dimension.data.isCut;
  put(dimension.button, dimension.isOpen ? "Show fewer" : "Show all " + whole.format(dimension.data.items) + (dimension.data.isCut ? " and more" : ""));
}

function itemRow() {
  const row = document.createElement("tr");
  const name = document.createElement("th");
  name.scope = "row";
  name.className = "item";
  name.append(document.createElement("bdi"));
  row.append(name);
  for (const kind of ["checkouts", "share", "change"]) {
    const cell = document.createElement("td");
    cell.className = kind;
    row.append(cell);
  }
  return row;
}

function showItem(row, item, window, at, isFirst) {
  const [name, checkouts, part, changed] = row.children;
  put(name.firstElementChild, item ? visible(item.item) : isFirst ? "none in this window" : "\u00a0");
  name.classList.toggle("none", !item);
  hint(name, item ? visible(item.item) : "");
  put(checkouts, item ? count(item.checkouts[at]) : "");
  const cart = item && item.cartValue ? item.cartValue[at] : null;
  hint(checkouts, cart == null ? "" : inCarts(cart, visible(item.item)));
  put(part, item ? share(item.checkouts[at], window.checkouts) : "");
  put(changed, item ? change(item.checkouts[at], item.previousCheckouts[at]) : "");
  const of = item && window.checkouts > 0 ? Math.min(100, (100 * item.checkouts[at]) / window.checkouts) : 0;
  row.style.setProperty("--share", of.toFixed(1) + "%");
}

function toggle(suite, dimension) {
  dimension.isOpen = !dimension.isOpen;
  dimension.all = null;
  dimension.items.classList.toggle("open", dimension.isOpen);
  dimension.items.tabIndex = dimension.isOpen ? 0 : -1;
  dimension.button.setAttribute("aria-expanded", String(dimension.isOpen));
  showDimension(suite, dimension);
  if (dimension.isOpen) fetchItems(suite, dimension);
}

export async function fetchItems(suite, dimension) {
  dimension.fetchedMs = performance.now();
  const query = new URLSearchParams({ reportSuite: suite.name, dimension: dimension.name, top: MOST_ITEMS });
  if (state.window) query.set("window", state.window);
  try {
    const response = await fetch("/api/v1/metrics?" + query, { cache: "no-store" });
    if (!response.ok || !dimension.isOpen) return;
    const answer = await response.json();
    dimension.all = answer.metrics.map((one) => ({
      item: one.item,
      checkouts: one.windows.map((w) => w.checkouts),
      previousCheckouts: one.windows.map((w) => w.previousCheckouts),
      cartValue: one.windows.map((w) => w.cartValue),
    }));
    showDimension(suite, dimension);
  } catch (e) {
    // the stream will say that the connection is lost; until then what is there stays
  }
}
