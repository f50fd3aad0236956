const first = 100;
const longest = 30_000;

/** 0.1 s, doubled with every failure in a row, to 30 s. */
export const retryDelayMs = (failures: number): number =>
  Math.min(longest, first * 2 ** Math.max(0, failures - 1));

// Connection lost, server out of something, server going down or coming up, deadlock or serialisation, lock time-out,
// server that only reads for now: another has taken its place, or its disk is nearly full.
const passingState = /^(08|53|57P|40|55P03|25006)/;
const passingCode = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/;
// node-postgres gives these no code.
const passingMessage =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect)/;

/** Whether the fault lies with the circumstances, not with what was asked: the same again may well succeed. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return (
    passingState.test(code) ||
    passingCode.test(code) ||
    passingMessage.test(error.message) ||
    isPassing(error.cause)
  );
}
