const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The part of `process` that is needed; tests bring their own. */
interface Terminable {
  on(signal: string, listener: () => void): unknown;
  exit(code: number): unknown;
}

/** Aborts at the first Ctrl-C, SIGTERM or hang-up, so that work in hand can finish; a second one ends the process at once. */
export function onTermination(target: Terminable = process): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    target.on(signal, () => {
      if (controller.signal.aborted) target.exit(130);
      controller.abort(new Error(`stopped by ${signal}`));
    });
  }
  return controller.signal;
}
