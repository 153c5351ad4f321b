// Light or dark: as the system has it, unless the reader chose. Canvases ask for the colours, and are told when they change.

const theme = {
  chosen: remembered.get("theme") || "auto",
  changed: [],
  system: matchMedia("(prefers-color-scheme: dark)"),

  apply() {
    const dark = this.chosen === "dark" || (this.chosen === "auto" && this.system.matches);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    const styles = getComputedStyle(document.documentElement);
    this.colours = Object.fromEntries(["line", "band", "range", "expected", "odd", "odd-soft", "edge", "muted", "surface", "focus"]
      .map((name) => [name, styles.getPropertyValue(`--${name}`).trim()]));
    for (const tell of this.changed) tell();
  },

  next() {
    this.chosen = { auto: "light", light: "dark", dark: "auto" }[this.chosen] || "auto";
    remembered.set("theme", this.chosen);
    this.apply();
  },
};

function startTheme() {
  const button = byId("theme");
  const names = { auto: "Auto", light: "Light", dark: "Dark" };
  theme.changed.push(() => setText(button, names[theme.chosen] || "Auto"));
  theme.system.addEventListener("change", () => theme.apply());
  button.addEventListener("click", () => theme.next());
  theme.apply();
}
