/** Loaded before everything else: this process believes that it is FAULT_CLOCK_MS later (or earlier) than it is. */

const off = Number(process.env.FAULT_CLOCK_MS ?? 0);
const Real = Date;

globalThis.Date = class extends Real {
  constructor(...args: unknown[]) {
    if (args.length === 0) super(Real.now() + off);
    else super(...(args as [number]));
  }
  static override now(): number {
    return Real.now() + off;
  }
} as DateConstructor;
