/**
 * Statements of one transaction, all asked for now: they run in this order, and while one runs the next is put together.
 * Settles when the last has, or a statement could still run after its transaction was rolled back.
 */
export async function together(statements: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(statements);
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}
