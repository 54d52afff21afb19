/* The page: server-sent events come in, what they say goes into the document, as text and never as markup. */
"use strict";

(() => {
  const SILENCE_MS = 5000; // the stream says something every two seconds
  const REOPEN_MS = 3000;
  const SHORTEST_CHART_S = 30 * 60;
  const FEW_ITEMS = 5;
  const MOST_ITEMS = 1000;
  const ITEMS_EVERY_MS = 5000;
  const MANY_SUITES = 8;

  const byId = (id) => document.getElementById(id);
  const state = {
    suites: new Map(), // by name: what the stream said last, and its element
    head: null, // what every event tells
    server: { atMs: 0, heardMs: -Infinity }, // the server's clock when it was heard, by ours
    broken: true,
    window: null, // whose items are shown, as "PT1H"
    chosen: false,
  };

  // ---- texts ---------------------------------------------------------------------------------------------------

  const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
  const compact = new Intl.NumberFormat("en", { notation: "compact", minimumFractionDigits: 1, maximumFractionDigits: 1 });

  /** Short enough for its place: 99,999, 123.4K, 5.6M. */
  const count = (n) => (n == null ? "–" : n < 100000 ? whole.format(n) : compact.format(n));

  /** Where hundreds of thousands are cut short, all digits for whoever points at them. */
  const exact = (n) => (n == null || n < 100000 ? "" : whole.format(n));

  function change(now, before) {
    if (before === 0) return now === 0 ? "0%" : "new";
    const percent = Math.round((100 * (now - before)) / before);
    if (percent > 999) return "▲ >999%";
    return percent > 0 ? "▲ " + percent + "%" : percent < 0 ? "▼ " + -percent + "%" : "0%";
  }

  function share(part, all) {
    if (!(all > 0)) return "–";
    const percent = Math.min(100, Math.round((100 * part) / all));
    return percent === 0 && part > 0 ? "<1%" : percent + "%";
  }

  function seconds(isoDuration) {
    const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(isoDuration);
    return parts ? (+parts[1] || 0) * 3600 + (+parts[2] || 0) * 60 + (+parts[3] || 0) : 0;
  }

  /** "PT1H30M" as "1 h 30 min". */
  function span(s) {
    if (s > 86400 && s % 86400 === 0) return s / 86400 + " d";
    const h = Math.floor(s / 3600), m = Math.floor((s % 3600) / 60), rest = s % 60;
    return [h && h + " h", m && m + " min", rest && rest + " s"].filter(Boolean).join(" ") || "0 s";
  }

  /** A step of the chart as a rate: "minute", "10 s". */
  const perWord = (s) => ({ 1: "second", 60: "minute", 3600: "hour", 86400: "day" })[s] || span(s);

  /** How long ago, in as few characters as will do. */
  function ago(ms) {
    const s = Math.max(0, Math.floor(ms / 1000));
    if (s < 100) return s + " s";
    if (s < 6000) return Math.floor(s / 60) + " min";
    if (s < 360000) return Math.floor(s / 3600) + " h";
    return Math.floor(s / 86400) + " d";
  }

  const age = (ms) => (ms < 9950 ? (Math.max(0, ms) / 1000).toFixed(1) + " s" : ago(ms));
  const two = (n) => String(n).padStart(2, "0");
  const clock = (d) => two(d.getHours()) + ":" + two(d.getMinutes());
  const clockToSecond = (d) => clock(d) + ":" + two(d.getSeconds());

  function moment(iso) {
    const d = new Date(iso);
    const sameDay = new Date(serverNow()).toDateString() === d.toDateString();
    return sameDay ? clockToSecond(d) : d.toLocaleDateString("en-GB", { day: "numeric", month: "short" }) + " " + clock(d);
  }

  /** What would not be seen, or would turn the text around it about, is shown as a box. */
  const visible = (text) =>
    text.replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, "\ufffd");

  function put(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function hint(element, text) {
    if (element.title !== text) element.title = text;
  }

  // ---- time ----------------------------------------------------------------------------------------------------

  /** By the server's clock, since this machine's may be wrong. */
  const serverNow = () => state.server.atMs + (state.head ? performance.now() - state.server.heardMs : 0);

  const isLost = () => state.broken || performance.now() - state.server.heardMs > SILENCE_MS;

  // ---- what is said of a report suite --------------------------------------------------------------------------

  const WORDS = {
    ALIVE: "Alive",
    QUIET: "Quiet",
    NO_CHECKOUTS: "Traffic, but no checkouts",
    NO_TRAFFIC: "No traffic",
    NOT_KNOWN: "Not known",
  };

  const byLength = (windows) => windows.slice().sort((a, b) => seconds(a.size) - seconds(b.size));

  function why(suite, verdict, lost) {
    const total = suite.total;
    const windows = byLength(total.windows);
    if (lost) return "Connection lost; the numbers are those of " + moment(total.asOf);
    if (verdict === "NOT_KNOWN") {
      return total.status === "STALLED"
        ? "Part of the input cannot be read; the numbers are those of " + moment(total.asOf)
        : "Nothing newer was published than of " + moment(total.asOf);
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

  // ---- a report suite's part of the page -----------------------------------------------------------------------

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const suite = state.suites.get(entry.target.dataset.name);
      if (suite) {
        suite.isSeen = entry.isIntersecting;
        if (suite.isSeen) drawChart(suite);
      }
    }
  }, { rootMargin: "200px" });

  function addSuite(name) {
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
  function placeSuites() {
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

  function removeSuite(suite) {
    seen.unobserve(suite.element);
    suite.plots?.forEach((plot) => plot.destroy());
    suite.element.remove();
    state.suites.delete(suite.name);
  }

  function showSuite(suite) {
    showWindows(suite);
    showDimensions(suite);
    drawChart(suite);
  }

  function showWindows(suite) {
    const windows = suite.data.total.windows;
    const rows = ["thead tr", ".checkouts", ".change", ".hits"].map((row) => suite.find(".windows " + row));
    rows.forEach((row, i) => {
      while (row.children.length > windows.length + 1) row.lastElementChild.remove();
      while (row.children.length <= windows.length) {
        const cell = document.createElement(i === 0 ? "th" : "td");
        if (i === 0) cell.scope = "col";
        row.append(cell);
      }
    });
    windows.forEach((w, i) => {
      const [size, checkouts, changed, hits] = rows.map((row) => row.children[i + 1]);
      put(size, span(seconds(w.size)));
      put(checkouts, count(w.checkouts));
      hint(checkouts, exact(w.checkouts));
      put(changed, change(w.checkouts, w.previousCheckouts));
      hint(changed, whole.format(w.previousCheckouts) + " before");
      put(hits, count(w.hits));
      hint(hits, exact(w.hits));
    });
  }

  // ---- breakdowns ----------------------------------------------------------------------------------------------

  function showDimensions(suite) {
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

  function showDimension(suite, dimension) {
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

  async function fetchItems(suite, dimension) {
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
      }));
      showDimension(suite, dimension);
    } catch (e) {
      // the stream will say that the connection is lost; until then what is there stays
    }
  }

  // ---- chart ---------------------------------------------------------------------------------------------------

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
      width: 100, height: 100, legend: { show: false }, padding: [8, 4, isLow ? 0 : 8, 0],
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

  function drawChart(suite) {
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

  function readByKey(suite, event) {
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

  function redrawAll() {
    for (const suite of state.suites.values()) {
      suite.plots?.forEach((plot) => plot.destroy());
      suite.plots = null;
      drawChart(suite);
    }
  }

  // ---- the whole -----------------------------------------------------------------------------------------------

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
    const shorter = { ALIVE: "alive", QUIET: "quiet", NO_CHECKOUTS: "with traffic but no checkouts", NO_TRAFFIC: "without traffic", NOT_KNOWN: "not known" };
    const text = ["NO_CHECKOUTS", "NO_TRAFFIC", "NOT_KNOWN", "QUIET", "ALIVE"].filter((v) => counts[v]).map((v) => counts[v] + " " + shorter[v]).join(", ");
    put(byId("summary"), text);
    const trouble = (counts.NO_CHECKOUTS || 0) + (counts.NO_TRAFFIC || 0);
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

  // ---- the stream ----------------------------------------------------------------------------------------------

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
})();
