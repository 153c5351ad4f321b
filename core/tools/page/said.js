// What the detector said of one point, in words and in numbers.

const outputMeanings = {
  pvalue: "The chance of an answer as strong if nothing had changed, by the test alone",
  calibrated: "The same among the detector's own earlier answers to this series; it decides",
  magnitude: "How large the change is, in units of what is usual",
  effect: "How far from usual, in standard deviations of what is usual",
  observed: "What the detector looked at",
  rare: "How rare a shape such as this one is in the series so far",
  shape: "How large the difference in shape is",
};

/** "above the expected 3.1 to 4.2", or what else the bounds allow to say. */
function placeWords(point) {
  const { lower, upper, expected } = point, value = isNumber(point.observed) ? point.observed : point.v;
  const band = isNumber(lower) && isNumber(upper) ? `${numberText(lower)} to ${numberText(upper)}` : isNumber(lower) ? `at least ${numberText(lower)}`
    : isNumber(upper) ? `at most ${numberText(upper)}` : isNumber(expected) ? numberText(expected) : "";
  if (!band) return "";
  if (isNumber(upper) && value > upper) return `, above the expected ${band}`;
  if (isNumber(lower) && value < lower) return `, below the expected ${band}`;
  return isNumber(lower) || isNumber(upper) ? `, as expected: ${band}` : `, where ${band} is expected`;
}

function saidWords(point) {
  if (!isNumber(point.score)) return `${numberText(point.v)}: not judged, as too little came before`;
  const judged = point.alarm ? "Alarm" : point.anomalous ? "Anomalous" : "Normal";
  return `${judged}: ${numberText(point.v)}${placeWords(point)}${point.why ? ` (${point.why})` : ""}`;
}

/** The numbers, those that every detector has first. */
function saidNumbers(point) {
  const numbers = [["value", point.v, ""], ["score", point.score, "Above 1 is anomalous"], ["expected", point.expected, ""],
    ["lower", point.lower, "The lower end of what is expected"], ["upper", point.upper, "The upper end of what is expected"],
    ["least", point.low, "The least value of the window"], ["greatest", point.high, "The greatest value of the window"]]
    .filter(([, number]) => isNumber(number));
  for (const [name, number] of Object.entries(point.said || {})) {
    if (isNumber(number)) numbers.push([name, number, outputMeanings[name.split(".").pop()] || "An output of the detector"]);
  }
  return numbers;
}

function showSaid(point) {
  setText(byId("said-time"), point ? clock.text(point.t) : "");
  const words = byId("said-words");
  setText(words, point ? saidWords(point) : "No points yet");
  words.classList.toggle("odd", Boolean(point && (point.anomalous || point.alarm)));
  byId("said").replaceChildren(...(point ? saidNumbers(point) : []).map(([name, number, about]) => termAndNumber(name, numberText(number), about)));
}
