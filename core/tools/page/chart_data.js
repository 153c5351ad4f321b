// From the points of a series to what the chart draws, and what is at a place in them.

/** Columns: time, value, expected, lower, upper. Bounds far away are cut off, so that they leave the values their height. */
function chartRows(points) {
  const [low, high] = valueRange(points);
  const within = (number) => (isNumber(number) ? Math.min(high, Math.max(low, number)) : null);
  return points.map((point) => [new Date(point.t), isNumber(point.v) ? point.v : null, within(point.expected), within(point.lower), within(point.upper)]);
}

/** What may be seen: the values, and as much again on both sides. */
function valueRange(points) {
  let low = Infinity, high = -Infinity;
  for (const point of points) {
    for (const value of [point.v, point.low, point.high]) {
      if (!isNumber(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const span = high - low || Math.abs(high) || 1;
  return low > high ? [-1, 1] : [low - span, high + span];
}

/** The axis for the points between two times: all that is drawn of them, and a margin. */
function axisRange(points, rows, from, to) {
  let low = Infinity, high = -Infinity;
  rows.forEach((row, index) => {
    const time = row[0].getTime();
    if (time < from || time > to) return;
    for (const value of [...row.slice(1), points[index].low, points[index].high]) {
      if (!isNumber(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  });
  if (low > high) return [-1, 1];
  const margin = (high - low || Math.abs(high) * 0.1 || 1) * 0.08;
  return [low - margin, high + margin];
}

/** The index of the point nearest to a time; -1 where there is none. */
function nearest(points, time) {
  let low = 0, high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].t < time) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && (low === points.length || time - points[low - 1].t <= points[low].t - time)) --low;
  return points.length === 0 ? -1 : low;
}

/** The half of a window's distance: how wide an anomalous point is shaded. */
function halfStep(points) {
  if (points.length < 2) return 500;
  return (points[points.length - 1].t - points[0].t) / (points.length - 1) / 2;
}

/** Where anomalous points stand side by side: [[from, to]...]. */
function anomalousStretches(points) {
  const half = halfStep(points), stretches = [];
  for (const point of points) {
    if (!point.anomalous && !point.alarm) continue;
    const last = stretches[stretches.length - 1];
    if (last && point.t - half <= last[1] + half) last[1] = point.t + half;
    else stretches.push([point.t - half, point.t + half]);
  }
  return stretches;
}
