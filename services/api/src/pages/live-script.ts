/**
 * The only script of the site: says that there is something new, without moving what is being read; offers what is new
 * since the last visit, which this browser alone remembers; and turns the day with a slider. Pages work without it.
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
const day = document.getElementById("as_of"), first = Date.parse(day?.form.dataset.from);
if (first) {
  const slider = document.createElement("input"), ms = 86400000, last = Date.parse(day.max);
  const ariaLabel = day.form.dataset.label;
  Object.assign(slider, { type: "range", min: 0, max: Math.round((last - first) / ms), step: 1, ariaLabel });
  slider.value = day.value ? (Date.parse(day.value) - first) / ms : slider.max;
  slider.addEventListener("input", () => {
    day.value = new Date(first + slider.value * ms).toISOString().slice(0, 10);
    slider.ariaValueText = day.value;
  });
  day.after(slider);
}
`;
