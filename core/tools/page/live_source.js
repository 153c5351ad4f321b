// Series from the server that the page came from: requests, and its stream of events.

async function answerOf(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

class LiveSource {
  /** `heard` has update, alarm, series and state("live" | "lost", whether it was lost before). */
  constructor(heard) {
    Object.assign(this, { heard, streams: [], ids: null, pause: 1000, lost: false });
  }

  /** Listens before anything is asked for, so that nothing falls between. */
  start() { return this.watch([]); }

  all() { return answerOf("api/series"); }

  async sparks(ids) { return (await answerOf(`api/sparks?ids=${ids.join(",")}`)).sparks; }

  async one(id) { return { points: (await answerOf(`api/series/${id}`)).points, thinned: "" }; }

  /** Listens to these series, and resolves once that is so; a server that is slow to say so is not waited for. */
  watch(ids) {
    const asked = [...ids].sort((one, other) => one - other).join(",");
    if (asked !== this.ids) {
      this.ids = asked;
      if (!this.lost) this.opened = this.connect();
    }
    return Promise.race([this.opened, new Promise((resolve) => { setTimeout(resolve, 500); })]);
  }

  /** The stream before goes only when the new one is there. */
  connect() {
    const stream = new EventSource(`api/events?ids=${this.ids}`);
    this.streams.push(stream);
    stream.addEventListener("open", () => {
      this.close(this.streams.slice(0, this.streams.indexOf(stream)));
      this.pause = 1000;
      const before = this.lost;
      this.lost = false;
      this.heard.state("live", before);
    });
    for (const kind of ["update", "alarm", "series"]) {
      stream.addEventListener(kind, (event) => this.heard[kind](JSON.parse(event.data)));
    }
    stream.addEventListener("error", () => {
      if (stream === this.streams[this.streams.length - 1]) this.lose();
      else this.close([stream]);
    });
    return new Promise((resolve) => { for (const kind of ["open", "error"]) stream.addEventListener(kind, resolve); });
  }

  close(streams) {
    for (const stream of streams) stream.close();
    this.streams = this.streams.filter((stream) => !streams.includes(stream));
  }

  /** Tries again, by and by less often, with whatever ids are wanted then. */
  lose() {
    this.close(this.streams);
    this.lost = true;
    this.heard.state("lost", false);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => { this.opened = this.connect(); }, this.pause);
    this.pause = Math.min(15000, this.pause * 1.7);
  }
}

/** What is not shown, and why; a sentence each, what was dropped first. */
function liveNotes(totals) {
  const notes = [];
  if (totals.dropped > 0) notes.push(`${manyText(totals.dropped, "point")} dropped: they came, and are in nothing that is shown`);
  if (totals.left_out > 0) notes.push(`${manyText(totals.left_out, "series")} without an alarm left out: there are more than can be listed; all are judged`);
  return notes;
}
