/** Texts as the body of an answer: the next one is made when the reader has taken the last, and none after it left. */
export function streamed(
  texts: AsyncGenerator<string>,
  left: () => void = () => {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await texts.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        left();
        await texts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
