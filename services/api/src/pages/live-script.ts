/**
 * The only script of the site: says that there is something new, without moving what is being read; offers what is new
 * since the last visit, which this browser alone remembers; and goes where the slider is moved to. Pages work without it.
 */
export const liveScript = `const note = document.getElementById("live");
if (note) {
  const stream = new EventSource(note.dataset.stream);
  const tell = () => { note.hidden = false; stream.close(); };
  stream.addEventListener("story.opened", tell);
  stream.addEventListener("story.joined", tell);
  addEventListener("pagehide", () => stream.close());
}
const visit = document.getElementById("visit");
if (visit) try {
  const key = "seen:" + location.pathname, { now } = visit.dataset;
  const known = JSON.parse(localStorage.getItem(key) ?? "{}");
  const another = !known.last || Date.parse(now) - Date.parse(known.last) > 1800000;
  const since = another ? known.last : known.since;
  localStorage.setItem(key, JSON.stringify({ since, last: now }));
  if (since) { visit.href += encodeURIComponent(since); visit.hidden = false; }
} catch { /* a browser that keeps nothing */ }
const slider = document.getElementById("slider");
if (slider) {
  const told = document.getElementById("told"), shown = told.textContent, { lang } = document.documentElement;
  const words = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" });
  const isMoved = () => slider.value !== slider.defaultValue;
  const dayAt = (n) => slider.name === "at_day" ? Date.UTC(1970, 0, 1 + n) : Date.UTC(1970, n + 1, 0);
  const tell = () => {
    const there = slider.value === slider.max ? told.dataset.today : words.format(dayAt(Number(slider.value)));
    told.textContent = isMoved() ? there : shown;
    slider.setAttribute("aria-valuetext", told.textContent);
  };
  slider.removeAttribute("aria-describedby"); // it would say the same day twice
  let going;
  slider.addEventListener("input", () => { clearTimeout(going); tell(); });
  // Every press of an arrow is a change: the page waits for the last.
  slider.addEventListener("change", () => {
    clearTimeout(going);
    if (isMoved()) going = setTimeout(() => slider.form.requestSubmit(), 500);
  });
  // A page that the browser kept comes back as it was left.
  addEventListener("pageshow", ({ persisted }) => { if (persisted) slider.form.reset(); tell(); });
  if (location.hash === "#slider") {
    slider.focus();
    history.replaceState(history.state, "", location.pathname + location.search);
  }
}
`;
