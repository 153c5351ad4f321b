// All series that the page knows, their order, and which of them the search leaves.

/**
 * Those that alarmed last come first, then the highest scores, then by name. Two without an alarm differ there by Infinity - Infinity,
 * which is no number and so decides nothing.
 */
function byInterest(one, other) {
  return (other.last_alarm ?? -Infinity) - (one.last_alarm ?? -Infinity) || (other.score ?? -1) - (one.score ?? -1) ||
    (one.text < other.text ? -1 : one.text > other.text ? 1 : one.id - other.id);
}

class SeriesStore {
  constructor() {
    this.byId = new Map();
    this.ordered = [];
    this.shown = [];
    this.words = [];
    this.onlyAlarmed = false;
    this.now = null;
  }

  /** Takes in entries of /api/series; one that is known is replaced, its sparkline kept. */
  add(entries) {
    for (const entry of entries) {
      const text = [nameText(entry), ...tagTexts(entry)].join(" ");
      const known = this.byId.get(entry.id);
      const series = Object.assign(known || { spark: null }, entry, { text, searched: text.toLowerCase() });
      if (!known) this.byId.set(entry.id, series);
    }
  }

  /** Takes in all entries anew: what is gone is gone. */
  replace(entries) {
    const there = new Set(entries.map((entry) => entry.id));
    for (const id of this.byId.keys()) if (!there.has(id)) this.byId.delete(id);
    this.add(entries);
  }

  search(text) {
    this.words = text.toLowerCase().split(/\s+/).filter(Boolean);
    this.filter();
  }

  sort() {
    this.ordered = [...this.byId.values()].sort(byInterest);
    this.filter();
  }

  filter() {
    this.shown = this.ordered.filter((series) =>
      (!this.onlyAlarmed || series.last_alarm != null) && this.words.every((word) => series.searched.includes(word)));
  }

  /** A point of the event stream: the entry and its sparkline follow it. */
  point(point) {
    const series = this.byId.get(point.id);
    if (!series) return null;
    series.time = point.t;
    series.value = point.v;
    series.score = point.score;
    if (point.anomalous) series.state = "anomalous";
    else if (series.state === "anomalous") series.state = "normal";
    series.latest = [point.t, point.v, point.lower, point.upper, point.alarm ? 1 : 0];
    this.addLatest(series);
    return series;
  }

  addLatest({ spark, latest }) {
    if (!spark || !latest || (spark.length > 0 && spark[spark.length - 1][0] >= latest[0])) return;
    spark.push(latest);
    if (spark.length > 60) spark.shift();
  }

  /** Points asked for; one may have come since, and they may be newer than the entry. */
  setSpark(id, spark) {
    const series = this.byId.get(id);
    if (!series) return;
    series.spark = spark;
    const last = spark[spark.length - 1];
    if (last && !(series.time >= last[0])) [series.time, series.value] = last;
    this.addLatest(series);
  }

  /** Whether the alarm is news: streams may tell it twice. */
  alarm(alarm) {
    const series = this.byId.get(alarm.id);
    if (!series || (series.last_alarm != null && series.last_alarm >= alarm.t)) return false;
    series.last_alarm = alarm.t;
    series.alarms = (series.alarms || 0) + 1;
    series.state = "anomalous";
    if (alarm.score != null) series.score = alarm.score;
    return true;
  }
}
