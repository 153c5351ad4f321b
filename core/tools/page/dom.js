// The page's elements. What comes from elsewhere becomes text, never HTML: there is no way here to set any.

const byId = (id) => document.getElementById(id);

/** element("dd", "warn", "3"): children are elements or texts. */
function element(name, classes, ...children) {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  made.append(...children);
  return made;
}

/** Touches the page only where something changed. */
function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** A term and its number, for the lists of both. */
function termAndNumber(term, number, about, classes) {
  const pair = element("div", classes, element("dt", "", term), element("dd", "", number));
  if (about) pair.title = about;
  return pair;
}

/** What the reader chose last time; a page without storage, as a file can be, forgets it. */
const remembered = {
  get(key) {
    try { return localStorage.getItem(`oddity-${key}`); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(`oddity-${key}`, value); } catch { /* forgotten */ }
  },
};
