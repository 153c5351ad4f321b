// Joins the parts: a source of series, the list, the open series, and what stands above them.

const store = new SeriesStore();
const embedded = JSON.parse(byId("oddity-data").textContent);
const source = embedded ? new ReportSource(embedded) : new LiveSource({ update: onUpdate, alarm: onAlarm, series: onSeries, state: onState });
const details = new Details(store);
const list = new SeriesList(store, (id, focus) => openSeries(id, focus), () => soonSeen());
let seenTimer = null, waitingAlarms = 0;

startTheme();
startClock();

/** Totals, and a line of its own where something was dropped. */
function showTotals(totals) {
  if (!totals) return;
  const pairs = [[embedded ? "windows" : "points", totals.points], ["series", totals.series], ["alarms", totals.alarms]].filter(([, count]) => count != null);
  byId("totals").replaceChildren(...pairs.map(([term, count]) => termAndNumber(count === 1 ? term.replace(/(?<!e)s$/, "") : term, countText(count))));
  const notes = embedded ? embedded.notes : liveNotes(totals);
  const shown = byId("notices");
  if (shown.dataset.text === notes.join("\n")) return;
  shown.dataset.text = notes.join("\n");
  shown.replaceChildren(...notes.map((note, index) => element("p", totals.dropped > 0 && index === 0 ? "warn" : "", note)));
}

function showCount() {
  const all = store.byId.size, shown = store.shown.length;
  setText(byId("count"), shown === all ? manyText(all, "series") : `${countText(shown)} of ${countText(all)}`);
  const empty = byId("empty");
  empty.hidden = shown > 0;
  setText(empty, shown > 0 ? "" : all === 0 ? (embedded ? "Nothing was judged" : "No series yet: they appear here when their first points come") : "No series matches");
}

function showList() {
  showCount();
  list.draw();
}

/** The events of the rows in view, and of the series that is open. */
function watch() {
  return source.watch([...new Set([...list.rows.keys(), ...(details.id === null ? [] : [details.id])])]);
}

/** After scrolling rested: sparklines of the rows that have none, and the events of all in view. */
function soonSeen() {
  clearTimeout(seenTimer);
  seenTimer = setTimeout(seen, 60);
}

async function seen() {
  const ids = [...list.rows.keys()];
  await watch();
  const without = ids.filter((id) => store.byId.get(id)?.spark === null);
  if (without.length === 0) return;
  try {
    const sparks = await source.sparks(without);
    for (const id of without) store.setSpark(id, sparks[id] || []);
    list.soon();
  } catch { /* the stream tells of a lost connection; its return asks again */ }
}

async function load() {
  const all = await source.all();
  store.now = all.now;
  store.replace(all.series);
  store.sort();
  setText(byId("title"), all.title || "Oddity");
  document.title = all.title ? `${all.title} · Oddity` : "Oddity";
  showTotals(all.totals);
  waitingAlarms = 0;
  byId("fresh").hidden = true;
  showList();
  soonSeen();  // also where there is no row yet: the stream tells of the first
  if (!document.documentElement.dataset.drawn) document.documentElement.dataset.drawn = Math.round(performance.now());
}

/** Whatever was missed while the connection was lost. */
async function loadAgain() {
  try {
    for (const series of store.byId.values()) series.spark = null;
    await load();
    await seen();
    if (details.id !== null) await fillDetails(details.id);
  } catch { onState("lost", false); }
}

async function fillDetails(id) {
  try {
    await watch();
    const { points, thinned } = await source.one(id);
    if (details.id === id) details.fill(points, thinned);
  } catch {
    if (details.id === id) setText(byId("said-words"), "The points could not be loaded");
  }
}

function openSeries(id, focus = false) {
  const series = store.byId.get(id);
  if (!series || details.id === id) return focus && byId("plot").focus();
  list.active = list.opened = id;
  byId("main").classList.add("open");
  details.open(series);
  if (location.hash !== `#series=${id}`) history.pushState(null, "", `#series=${id}`);
  list.draw();
  soonSeen();
  if (focus) byId("plot").focus();
  else if (narrow.matches) byId("name").focus();
  return fillDetails(id);
}

function closeSeries() {
  if (details.id === null) return;
  details.close();
  list.opened = null;
  byId("main").classList.remove("open");
  if (location.hash.startsWith("#series=")) history.pushState(null, "", "#");
  list.draw();
  list.place.focus({ preventScroll: true });
}

/** The link names the series that is open. */
function followLink() {
  const [, id] = /^#series=(\d+)$/.exec(location.hash) || [];
  if (id === undefined) return closeSeries();
  if (!store.byId.has(Number(id))) return undefined;
  const opened = openSeries(Number(id));
  const index = store.shown.findIndex((series) => series.id === Number(id));
  if (index >= 0) list.show(index);
  return opened;
}

function onUpdate(update) {
  store.now = update.now ?? store.now;
  for (const point of update.points) store.point(point);
  if (details.id !== null) details.add(update.points.filter((point) => point.id === details.id));
  showTotals(update.totals);
  list.soon();
}

/** Where the reader has scrolled down nothing moves under the eyes: a button tells of it. */
function onAlarm(alarm) {
  if (!store.byId.has(alarm.id)) onSeries({ series: [{ ...alarm, time: alarm.t, value: alarm.v, state: "anomalous", alarms: 0, last_alarm: null }] });
  if (!store.alarm(alarm)) return;
  if (store.now === null || store.now < alarm.t) store.now = alarm.t;
  if (list.place.scrollTop > list.rowHeight / 2) {
    ++waitingAlarms;
    setText(byId("fresh"), `${manyText(waitingAlarms, "new alarm")} ↑`);
    byId("fresh").hidden = false;
    list.soon();
  } else {
    store.sort();
    showCount();
    list.soon();
  }
}

function onSeries(news) {
  store.add(news.series);
  store.sort();
  showCount();
  list.soon();
}

function onState(state, again) {
  const place = byId("connection");
  place.dataset.state = state;
  setText(place, state === "live" ? "Live" : "Connection lost, trying again");
  if (again) loadAgain();
}

byId("search").addEventListener("input", (event) => { store.search(event.target.value); list.place.scrollTop = 0; showList(); });
byId("alarmed").addEventListener("change", (event) => { store.onlyAlarmed = event.target.checked; store.filter(); list.place.scrollTop = 0; showList(); });
byId("fresh").addEventListener("click", () => { waitingAlarms = 0; byId("fresh").hidden = true; store.sort(); list.place.scrollTop = 0; showList(); });
byId("close").addEventListener("click", closeSeries);
byId("search").addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "Enter") { event.preventDefault(); list.place.focus(); if (store.shown.length > 0) list.move(0); }
});
addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && event.target !== byId("search")) { event.preventDefault(); byId("search").focus(); }
  if (event.key !== "Escape") return;
  if (event.target === byId("search") && byId("search").value) { byId("search").value = ""; store.search(""); showList(); event.preventDefault(); } else closeSeries();
});
addEventListener("popstate", followLink);
addEventListener("hashchange", followLink);

if (embedded) {
  byId("connection").hidden = true;
  byId("subtitle").hidden = !embedded.subtitle;
  setText(byId("subtitle"), embedded.subtitle);
}

source.start().then(load).then(followLink).catch(() => {
  onState("lost", false);
  const again = setInterval(() => load().then(() => { clearInterval(again); seen(); followLink(); }).catch(() => {}), 2000);
});
