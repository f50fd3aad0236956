const lookEveryMs = 200;
/** A gap of so much in our own timer is no load: the machine, or all that runs on it, stood still. */
const standstillMs = 2_000;

let last = performance.now();
let still = 0;

function look(): void {
  const now = performance.now();
  if (now - last > standstillMs) still += now - last - lookEveryMs;
  last = now;
}

setInterval(look, lookEveryMs).unref();

/** A clock that stands still while the machine does: else a virtual machine that was paused would look like a slow recovery. */
export function awakeMs(): number {
  look();
  return performance.now() - still;
}
