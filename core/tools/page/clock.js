// Times as texts: UTC, as everywhere in Oddity, or by the reader's own clock.

const clock = {
  utc: remembered.get("clock") !== "local",
  changed: [],

  toggle() {
    this.utc = !this.utc;
    remembered.set("clock", this.utc ? "utc" : "local");
    for (const tell of this.changed) tell();
  },

  /** 2016-01-01 01:05:00, with milliseconds where there are some. */
  text(time) {
    if (!isNumber(time)) return "–";
    const shifted = this.utc ? time : time - new Date(time).getTimezoneOffset() * 60000;
    const date = new Date(shifted);
    if (Number.isNaN(date.getTime())) return "–";
    const text = date.toISOString().replace("T", " ").replace("Z", "");
    return (text.endsWith(".000") ? text.slice(0, -4) : text) + (this.utc ? " UTC" : "");
  },
};

function startClock() {
  const button = byId("clock");
  const show = () => setText(button, clock.utc ? "UTC" : "Local time");
  button.addEventListener("click", () => clock.toggle());
  clock.changed.push(show);
  show();
}
