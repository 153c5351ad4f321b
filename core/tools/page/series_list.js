// The list: of thousands of series only the rows in view are elements, so that it draws and scrolls at once.

const narrow = matchMedia("(max-width: 760px)");

class SeriesList {
  /** `open(id, focus)` shows a series, and goes there with the keyboard; `seen(ids)` hears which rows are in view, whenever that changes. */
  constructor(store, open, seen) {
    Object.assign(this, { store, open, seen, rows: new Map(), spare: [], active: null, opened: null, inView: "" });
    this.place = byId("list");
    this.content = byId("rows");
    this.place.addEventListener("scroll", () => this.soon());
    this.place.addEventListener("keydown", (event) => this.key(event));
    this.content.addEventListener("click", (event) => {
      const row = event.target.closest(".row");
      if (!row) return;
      this.active = Number(row.dataset.id);
      this.open(this.active);
    });
    new ResizeObserver(() => this.draw(true)).observe(this.place);
    theme.changed.push(() => this.draw(true));
    clock.changed.push(() => this.draw());
  }

  get rowHeight() { return narrow.matches ? 64 : 52; }

  /** Draws at the next frame, however often it is asked for. */
  soon() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.draw(); });
  }

  /** `anew`: sparklines, too, as their size or colours changed. */
  draw(anew = false) {
    const shown = this.store.shown, height = this.rowHeight;
    const total = `${shown.length * height}px`;
    if (this.content.style.height !== total) this.content.style.height = total;
    const first = Math.max(0, Math.floor(this.place.scrollTop / height) - 2);
    const last = Math.min(shown.length, Math.ceil((this.place.scrollTop + this.place.clientHeight) / height) + 2);
    const wanted = new Map();
    for (let i = first; i < last; ++i) wanted.set(shown[i].id, i);
    for (const [id, row] of this.rows) if (!wanted.has(id)) this.put(id, row);
    for (const [id, index] of wanted) this.drawRow(this.rows.get(id) || this.take(id), this.store.byId.get(id), index, anew);
    this.pointAtActive();
    const inView = [...wanted.keys()].join(",");
    if (inView !== this.inView) {
      this.inView = inView;
      this.seen([...wanted.keys()]);
    }
  }

  take(id) {
    const row = this.spare.pop() || this.newRow();
    row.dataset.id = id;
    row.id = `row-${id}`;
    row.drawn = null;
    this.content.append(row);
    this.rows.set(id, row);
    return row;
  }

  put(id, row) {
    this.rows.delete(id);
    row.remove();
    if (this.spare.length < 40) this.spare.push(row);
  }

  newRow() {
    const row = element("div", "row");
    row.setAttribute("role", "option");
    row.name = element("b");
    row.tags = element("span");
    row.canvas = element("canvas");
    row.canvas.setAttribute("aria-hidden", "true");
    row.value = element("div", "value");
    row.score = element("div", "score");
    row.score.number = element("span");
    row.score.young = element("small");
    row.score.append(row.score.number, row.score.young);
    row.alarm = element("div", "alarm");
    row.append(element("div", "what", row.name, row.tags), row.canvas, row.value, row.score, row.alarm);
    return row;
  }

  drawRow(row, series, index, anew) {
    row.style.transform = `translateY(${index * this.rowHeight}px)`;
    row.dataset.state = series.state;
    row.setAttribute("aria-setsize", this.store.shown.length);
    row.setAttribute("aria-posinset", index + 1);
    row.setAttribute("aria-selected", series.id === (this.opened ?? this.active));
    const alarm = series.last_alarm != null ? `▲ ${agoText(series.last_alarm, this.store.now ?? series.last_alarm)}${narrow.matches ? "" : " ago"}` : "no alarm";
    const score = isNumber(series.score) ? series.score.toFixed(2) : "–";
    setText(row.name, nameText(series));
    setText(row.tags, tagTexts(series).join("  "));
    setText(row.value, numberText(series.value));
    setText(row.score.number, score);
    setText(row.score.young, series.state === "young" ? "young" : "");
    setText(row.alarm, alarm);
    row.alarm.classList.toggle("some", series.last_alarm != null);
    row.setAttribute("aria-label", `${series.text}: ${numberText(series.value)}, ${series.state}, score ${score}, ${alarm.replace("▲", "alarm")}`);
    row.title = series.text;
    const last = series.spark && series.spark.length > 0 ? series.spark[series.spark.length - 1][0] : null;
    const drawn = series.spark ? `${series.spark.length} ${last}` : "none";
    if (!anew && row.drawn === drawn) return;
    row.drawn = drawn;
    drawSpark(row.canvas, series.spark);
  }

  pointAtActive() {
    if (this.rows.has(this.active)) this.place.setAttribute("aria-activedescendant", `row-${this.active}`);
    else this.place.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const shown = this.store.shown, page = Math.max(1, Math.floor(this.place.clientHeight / this.rowHeight) - 1);
    const at = shown.findIndex((series) => series.id === this.active);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? 0 : at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: shown.length - 1 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || shown.length === 0) return;
    if (event.key === "Enter" || event.key === " ") {
      if (at >= 0) this.open(this.active, true);
    } else if (to !== undefined) {
      this.move(Math.min(shown.length - 1, Math.max(0, to)));
    } else {
      return;
    }
    event.preventDefault();
  }

  /** To the series at this place, which comes into view; where one is open, the new one is opened instead. */
  move(index) {
    this.active = this.store.shown[index].id;
    this.show(index);
    if (this.opened !== null) this.open(this.active);
    this.draw();
  }

  show(index) {
    const height = this.rowHeight, top = index * height, view = this.place.clientHeight;
    if (top < this.place.scrollTop) this.place.scrollTop = top;
    else if (top + height > this.place.scrollTop + view) this.place.scrollTop = top + height - view;
  }
}
