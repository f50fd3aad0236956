/** Says that there is something new, without moving what is being read. The only script of the site. */
export const liveScript = `const note = document.getElementById("live");
const stream = new EventSource(note.dataset.stream);
const tell = () => { note.hidden = false; stream.close(); };
stream.addEventListener("story.opened", tell);
stream.addEventListener("story.joined", tell);
addEventListener("pagehide", () => stream.close());
`;
