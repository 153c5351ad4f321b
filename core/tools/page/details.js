// The open series: its name, its chart, what was said at the cursor, its alarms.

const mostPoints = 2000;
const mostAlarms = 100;

class Details {
  constructor(store) {
    this.store = store;
    this.place = byId("details");
    this.id = null;
    this.points = [];
    this.chart = new Chart(byId("plot"), () => this.say());
    byId("zoom-in").addEventListener("click", () => this.chart.zoom(0.5));
    byId("zoom-out").addEventListener("click", () => this.chart.zoom(2));
    byId("zoom-all").addEventListener("click", () => this.chart.zoomAll());
    clock.changed.push(() => { if (this.id !== null) { this.say(); this.listAlarms(); } });
  }

  /** The name at once; the points come by fill(). */
  open(series) {
    this.id = series.id;
    this.points = [];
    this.chart.close();
    setText(byId("name"), nameText(series));
    byId("tags").replaceChildren(...tagTexts(series).map((text) => element("span", "", text)));
    byId("plot").setAttribute("aria-label", `${series.text}, over time; arrows go from point to point, plus and minus zoom`);
    byId("thinned").hidden = true;
    showSaid(null);
    setText(byId("said-words"), "Loading");
    this.place.hidden = false;
    this.listAlarms();
  }

  /** All its points; those that the stream brought meanwhile may be newer. */
  fill(asked, thinned) {
    const last = asked.length > 0 ? asked[asked.length - 1].t : -Infinity;
    const points = [...asked, ...this.points.filter((point) => point.t > last)];
    this.points = points;
    this.chart.show(points);
    byId("range-key").hidden = !points.some((point) => isNumber(point.low));
    byId("thinned").hidden = !thinned;
    if (thinned) setText(byId("thinned"), thinned);
    this.say();
    this.listAlarms();
  }

  /** Points of the event stream; those that are there already are not added again. */
  add(points) {
    const last = this.points.length > 0 ? this.points[this.points.length - 1].t : -Infinity;
    const fresh = points.filter((point) => point.t > last);
    if (fresh.length === 0) return;
    this.points = [...this.points, ...fresh].slice(-mostPoints);
    this.chart.follow(this.points);
    this.say();
    if (fresh.some((point) => point.alarm)) this.listAlarms();
  }

  close() {
    this.id = null;
    this.chart.close();
    this.place.hidden = true;
  }

  /** Of the point at the cursor, or the latest one. */
  say() {
    const chosen = this.chart.at >= 0;
    byId("said-words").setAttribute("aria-live", chosen ? "polite" : "off");  // not of every point that comes
    showSaid(this.points[chosen ? this.chart.at : this.points.length - 1]);
  }

  listAlarms() {
    const all = this.points.filter((point) => point.alarm), alarms = all.slice(-mostAlarms).reverse();
    byId("alarms").replaceChildren(...alarms.map((point) => {
      const button = element("button", "", element("span", "", clock.text(point.t)), element("span", "score", isNumber(point.score) ? point.score.toFixed(2) : ""));
      button.type = "button";
      button.addEventListener("click", () => {
        this.chart.pointAt(nearest(this.points, point.t), true);
        byId("plot").scrollIntoView({ block: "nearest" });
      });
      return element("li", "", button);
    }));
    if (all.length === 0) byId("alarms").append(element("li", "none", "none among these points"));
    if (all.length > mostAlarms) byId("alarms").append(element("li", "none", `and ${countText(all.length - mostAlarms)} earlier ones`));
  }
}
