/** An error as lines for a person: what was being done, then what lay behind it. `await using` hides the first error
 * behind a SuppressedError: both are shown, the first one first. */
export function describeError(error: unknown): string[] {
  if (error instanceof SuppressedError) {
    return [
      ...describeError(error.suppressed),
      ...describeError(error.error).map((line) => `then: ${line}`),
    ];
  }
  if (error instanceof AggregateError)
    return [error.message, ...error.errors.flatMap(describeError)].filter(Boolean);
  if (!(error instanceof Error)) return [String(error)];
  const cause =
    error.cause instanceof Error && !error.message.includes(error.cause.message)
      ? error.cause
      : null;
  return [
    error.message || error.name,
    ...(cause ? describeError(cause).map((line) => `because: ${line}`) : []),
  ];
}
