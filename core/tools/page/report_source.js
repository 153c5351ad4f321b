// Series of a report: all of it stands in the page, in columns.

function pointsOf(columns) {
  const said = Object.entries(columns.said || {}), column = (name) => columns[name] || [];
  const flags = column("flags");
  return columns.t.map((t, i) => ({
    t, v: column("v")[i] ?? null, low: column("low")[i] ?? null, high: column("high")[i] ?? null, score: column("score")[i] ?? null,
    expected: column("expected")[i] ?? null, lower: column("lower")[i] ?? null, upper: column("upper")[i] ?? null,
    anomalous: (flags[i] & 1) === 1, alarm: (flags[i] & 2) === 2,
    said: Object.fromEntries(said.map(([name, numbers]) => [name, numbers[i]])), why: (columns.why || {})[i] || "",
  }));
}

/** At most so many points for a sparkline: the whole series, in stretches by the values farthest from their middle; an alarm goes before. */
function sparkOf(points, most = 120) {
  const step = Math.max(1, points.length / most), spark = [];
  for (let from = 0; Math.floor(from) < points.length; from += step) {
    const stretch = points.slice(Math.floor(from), Math.max(Math.floor(from) + 1, Math.floor(from + step)));
    const middle = stretch.reduce((sum, point) => sum + (point.v ?? 0), 0) / stretch.length;
    const kept = stretch.find((point) => point.alarm) ||
      stretch.reduce((best, point) => (Math.abs(point.v - middle) > Math.abs(best.v - middle) ? point : best));
    spark.push([kept.t, kept.v, kept.lower, kept.upper, kept.alarm ? 1 : 0]);
  }
  return spark;
}

class ReportSource {
  constructor(data) {
    this.data = data;
    this.byId = new Map(data.series.map((series) => [series.id, series]));
  }

  async start() { /* all is here */ }

  async all() {
    const now = Math.max(0, ...this.data.series.map((series) => series.time ?? 0));
    return { now, title: this.data.title, totals: this.data.totals, series: this.data.series.map(({ columns, ...entry }) => entry) };
  }

  async sparks(ids) { return Object.fromEntries(ids.map((id) => [id, sparkOf(pointsOf(this.byId.get(id).columns))])); }

  async one(id) {
    const series = this.byId.get(id);
    const thinned = series.shown < series.of
      ? `Thinned: ${countText(series.shown)} of ${manyText(series.of, "window")} are drawn, of each stretch the least and the greatest` : "";
    return { points: pointsOf(series.columns), thinned };
  }

  watch() { /* nothing comes */ }
}
