/** Loaded before everything else: on SIGUSR2 this process' event loop stands still for FAULT_BLOCK_MS. */

const ms = Number(process.env.FAULT_BLOCK_MS ?? 0);

process.on("SIGUSR2", () => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
});
