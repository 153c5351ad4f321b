// Numbers and spans of time as people read them.

const isNumber = (number) => typeof number === "number" && Number.isFinite(number);

/** Four digits, and no more than a cell holds: 1.2e+9 rather than 1234567890. */
function numberText(number) {
  if (!isNumber(number)) return "–";
  const size = Math.abs(number);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return number.toExponential(2).replace("e+", "e");
  if (size >= 1e4) return Math.round(number).toLocaleString("en");
  return String(Number(number.toPrecision(size >= 1000 ? 5 : 4)));
}

const countText = (count) => (isNumber(count) ? count.toLocaleString("en") : "–");

const manyText = (count, one) => `${countText(count)} ${one}${count === 1 || one === "series" ? "" : "s"}`;

/** "5 s", "12 min", "3 h", "9 d": how long ago, in one unit. */
function agoText(then, now) {
  const seconds = Math.max(0, Math.round((now - then) / 1000));
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

/** "cpu usage_idle": what is measured, without its tags. */
const nameText = (series) => [series.measurement, series.field].filter(Boolean).join("  ");

const tagTexts = (series) => Object.entries(series.tags || {}).map(([key, value]) => `${key}=${value}`);
