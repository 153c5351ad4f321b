// A sparkline: the latest points as a line, the expected band behind it, alarms as dots.

/** Points are [time, value, lower, upper, alarm]. The band may reach beyond the values by their range, so that a wide one leaves a line to see. */
function sparkRange(points) {
  const values = points.map((point) => point[1]).filter(isNumber);
  if (values.length === 0) return null;
  let low = Math.min(...values), high = Math.max(...values);
  const span = high - low || Math.abs(high) * 0.1 || 1;
  for (const [, , lower, upper] of points) {
    if (isNumber(lower)) low = Math.min(low, Math.max(lower, Math.min(...values) - span));
    if (isNumber(upper)) high = Math.max(high, Math.min(upper, Math.max(...values) + span));
  }
  return high > low ? [low, high] : [low - span / 2, high + span / 2];
}

/** A canvas as many device pixels large as it is shown, cleared. */
function freshContext(canvas) {
  const scale = window.devicePixelRatio || 1;
  const width = canvas.clientWidth, height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
  if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

/** Fills between bounds, stretch by stretch where there are any; a bound that is absent is the edge of the drawing. */
function fillBand(context, rows, top, bottom, colour) {
  context.fillStyle = colour;
  let run = [];
  const close = () => {
    if (run.length > 0) {
      context.beginPath();
      for (const [x, , upper] of run) context.lineTo(x, upper ?? top);
      for (const [x, lower] of run.reverse()) context.lineTo(x, lower ?? bottom);
      context.fill();
    }
    run = [];
  };
  for (const row of rows) {
    if (row[1] == null && row[2] == null) close();
    else run.push(row);
  }
  close();
}

function drawSpark(canvas, points) {
  const { context, width, height } = freshContext(canvas);
  const range = points && points.length > 0 ? sparkRange(points) : null;
  canvas.dataset.points = points ? points.length : "";
  if (!range || width === 0) return;
  const margin = 4, first = points[0][0], last = points[points.length - 1][0];
  const x = (time) => (last > first ? margin + ((width - 2 * margin) * (time - first)) / (last - first) : width / 2);
  const y = (value) => margin + (height - 2 * margin) * (1 - (value - range[0]) / (range[1] - range[0]));
  const inside = (value) => (isNumber(value) ? Math.min(height, Math.max(0, y(value))) : null);
  fillBand(context, points.map(([time, , lower, upper]) => [x(time), inside(lower), inside(upper)]), 0, height, theme.colours.band);
  context.strokeStyle = theme.colours.line;
  context.lineWidth = 1.25;
  context.lineJoin = "round";
  context.beginPath();
  let pen = false;
  for (const [time, value] of points) {
    if (isNumber(value)) context[pen ? "lineTo" : "moveTo"](x(time), y(value));
    pen = isNumber(value);
  }
  context.stroke();
  context.fillStyle = theme.colours.odd;
  for (const [time, value, , , alarm] of points) {
    if (!alarm || !isNumber(value)) continue;
    context.beginPath();
    context.arc(x(time), y(value), 3, 0, 2 * Math.PI);
    context.fill();
  }
}
