// One series large, by dygraphs: zoom, the expected band, what is anomalous, alarms, and a cursor that goes from point to point.

class Chart {
  /** `pointed(index)` hears at which point the cursor is; -1: none. */
  constructor(place, pointed) {
    Object.assign(this, { place, pointed, points: [], rows: [], graph: null, zoomed: false, at: -1 });
    place.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    place.addEventListener("keydown", (event) => this.key(event));
    theme.changed.push(() => this.redraw());
    clock.changed.push(() => this.graph && this.graph.updateOptions({ labelsUTC: clock.utc }));
  }

  /** Shows a series anew, whole. */
  show(points) {
    this.close();
    this.points = points;
    this.rows = chartRows(points);
    this.stretches = anomalousStretches(points);
    if (points.length === 0) return;
    this.graph = new Dygraph(this.place, this.rows, this.options());
  }

  close() {
    if (this.graph) this.graph.destroy();
    this.graph = null;
    this.zoomed = false;
    this.at = -1;
    this.place.replaceChildren();
  }

  options() {
    const mark = (graph, name, context, x, y, colour, size, row) => this.mark(context, x, y, this.points[row]);
    return {
      labels: ["time", "value", "expected", "lower", "upper"], legend: "never", labelsUTC: clock.utc, colors: this.lineColours(),
      dateWindow: this.whole(), valueRange: axisRange(this.points, this.rows, ...this.whole()), strokeWidth: 1.25,
      series: {
        value: { drawPoints: true, pointSize: 4, drawPointCallback: mark, highlightCircleSize: 0 },
        expected: { strokePattern: [5, 4], strokeWidth: 1, highlightCircleSize: 0 },
        lower: { strokeWidth: 0, highlightCircleSize: 0 }, upper: { strokeWidth: 0, highlightCircleSize: 0 },
      },
      axisLineColor: theme.colours.edge, gridLineColor: theme.colours.edge, gridLineWidth: 0.5, axisLabelFontSize: 11, rightGap: 8, hideOverlayOnMouseOut: false,
      interactionModel: this.touchable(), axes: { y: { axisLabelWidth: 62, axisLabelFormatter: numberText } },
      underlayCallback: (context, area, graph) => this.underlay(context, area, graph),
      highlightCallback: (event, time) => this.pointAt(nearest(this.points, time)),
      zoomCallback: () => { this.zoomed = this.graph.isZoomed("x"); this.fit(); },
    };
  }

  /** By dygraphs' own ways, except that one finger moves the cursor, or scrolls the page up and down. */
  touchable() {
    const own = Dygraph.defaultInteractionModel;
    const point = (event, graph) => {
      const x = event.touches[0].clientX - this.place.getBoundingClientRect().left;
      this.pointAt(nearest(this.points, graph.toDataXCoord(x)));
    };
    return { ...own,
      touchstart: (event, graph, context) => (event.touches.length > 1 ? own.touchstart(event, graph, context) : point(event, graph)),
      touchmove: (event, graph, context) => (event.touches.length > 1 ? own.touchmove(event, graph, context) : point(event, graph)),
    };
  }

  lineColours() { return [theme.colours.line, theme.colours.expected, theme.colours.band, theme.colours.band]; }

  redraw() {
    if (this.graph) this.graph.updateOptions({ colors: this.lineColours(), axisLineColor: theme.colours.edge, gridLineColor: theme.colours.edge });
  }

  /** New points came: the end stays in view unless the reader looks at a part. */
  follow(points) {
    if (!this.graph) return this.show(points);
    const time = this.at >= 0 && this.at < this.points.length - 1 ? this.points[this.at].t : null;
    this.points = points;
    this.rows = chartRows(points);
    this.stretches = anomalousStretches(points);
    const window = this.zoomed ? this.graph.xAxisRange() : this.whole();
    this.at = time === null ? -1 : nearest(points, time);
    this.graph.updateOptions({ file: this.rows, dateWindow: window, valueRange: axisRange(points, this.rows, ...window) });
  }

  whole() {
    const first = this.points[0].t, last = this.points[this.points.length - 1].t;
    const margin = (last - first) * 0.01 || 1000;
    return [first - margin, last + margin];
  }

  zoom(factor, middle) {
    if (!this.graph) return;
    const [from, to] = this.graph.xAxisRange(), centre = middle ?? (from + to) / 2;
    this.look(centre - (centre - from) * factor, centre + (to - centre) * factor);
  }

  zoomAll() { if (this.graph) this.look(-Infinity, Infinity); }

  /** The times in view, as far as there are points. */
  look(from, to) {
    const [first, last] = this.whole();
    const window = [Math.max(first, from), Math.min(last, to)];
    if (window[1] - window[0] < 20) return;
    this.zoomed = window[0] > first || window[1] < last;
    this.graph.updateOptions({ dateWindow: window, valueRange: axisRange(this.points, this.rows, ...window) });
  }

  /** The height of what is in view, after dygraphs zoomed; its own double click takes the window away. */
  fit() {
    const window = this.zoomed ? this.graph.xAxisRange() : this.whole();
    this.graph.updateOptions({ dateWindow: window, valueRange: axisRange(this.points, this.rows, ...window) });
  }

  /** Only with a key, which pinching on a pad implies: the wheel alone scrolls. */
  wheel(event) {
    if (!this.graph || event.deltaY === 0 || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const x = event.clientX - this.place.getBoundingClientRect().left;
    this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.graph.toDataXCoord(x));
  }

  key(event) {
    if (!this.graph) return;
    const at = this.at < 0 ? this.points.length - 1 : this.at;
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20, Home: -this.points.length, End: this.points.length }[event.key];
    if (step !== undefined) this.pointAt(Math.min(this.points.length - 1, Math.max(0, at + step)), true);
    else if (event.key === "+" || event.key === "=") this.zoom(0.5, this.points[at].t);
    else if (event.key === "-") this.zoom(2, this.points[at].t);
    else if (event.key === "0") this.zoomAll();
    else return;
    event.preventDefault();
  }

  /** `intoView`: the cursor was moved without looking where. */
  pointAt(index, intoView = false) {
    this.at = index;
    const time = this.points[index].t, [from, to] = this.graph.xAxisRange();
    if (intoView && (time < from || time > to)) this.look(time - (to - from) / 2, time + (to - from) / 2);
    else this.graph.renderGraph_();
    this.pointed(index);
  }

  mark(context, x, y, point) {
    if (!point || (!point.anomalous && !point.alarm)) return;
    context.beginPath();
    context.fillStyle = context.strokeStyle = theme.colours.odd;
    context.arc(x, y, 2.5, 0, 2 * Math.PI);
    context.fill();
    if (!point.alarm) return;
    context.beginPath();
    context.lineWidth = 1.75;
    context.arc(x, y, 6, 0, 2 * Math.PI);
    context.stroke();
  }

  /** Behind the lines: shades of what is anomalous, the band, the range of a window's rows, the cursor. */
  underlay(context, area, graph) {
    const x = (time) => graph.toDomXCoord(time), y = (value) => (isNumber(value) ? graph.toDomYCoord(value) : null);
    const top = area.y, bottom = area.y + area.h;
    context.fillStyle = theme.colours["odd-soft"];
    for (const [from, to] of this.stretches) context.fillRect(x(from), top, Math.max(1, x(to) - x(from)), area.h);
    fillBand(context, this.rows.map(([time, , , lower, upper]) => [x(time), y(lower), y(upper)]), top, bottom, theme.colours.band);
    fillBand(context, this.points.map((point) => [x(point.t), y(point.low), y(point.high)]), top, bottom, theme.colours.range);
    this.place.dataset.points = this.points.length;
    this.place.dataset.range = graph.xAxisRange().map(Math.round).join(" ");
    if (this.at < 0 || !this.points[this.at]) return;
    context.fillStyle = theme.colours.focus;
    context.fillRect(Math.round(x(this.points[this.at].t)), top, 1, area.h);
  }
}
