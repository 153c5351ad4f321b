// Series from the server that the page came from: requests, and its stream of events.

async function answerOf(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

class LiveSource {
  /** `heard` has update, alarm, series and state("live" | "lost"). */
  constructor(heard) {
    Object.assign(this, { heard, stream: null, ids: null, pause: 1000, lost: false });
  }

  all() { return answerOf("api/series"); }

  async sparks(ids) { return (await answerOf(`api/sparks?ids=${ids.join(",")}`)).sparks; }

  async one(id) { return { points: (await answerOf(`api/series/${id}`)).points, thinned: "" }; }

  /** Listens to these series. The stream before goes only when the new one is there, so that nothing falls between. */
  watch(ids) {
    const asked = [...ids].sort((one, other) => one - other).join(",");
    if (asked === this.ids && this.stream) return;
    this.ids = asked;
    this.connect();
  }

  connect() {
    clearTimeout(this.retry);
    const before = this.stream, stream = new EventSource(`api/events?ids=${this.ids}`);
    this.stream = stream;
    stream.addEventListener("open", () => {
      if (before) before.close();
      this.pause = 1000;
      const again = this.lost;
      this.lost = false;
      this.heard.state("live", again);
    });
    for (const kind of ["update", "alarm", "series"]) {
      stream.addEventListener(kind, (event) => this.heard[kind](JSON.parse(event.data)));
    }
    stream.addEventListener("error", () => {
      if (before) before.close();
      if (stream === this.stream) this.lose(stream);
    });
  }

  /** Tries again, by and by less often. */
  lose(stream) {
    stream.close();
    this.lost = true;
    this.heard.state("lost", false);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), this.pause);
    this.pause = Math.min(15000, this.pause * 1.7);
  }
}
