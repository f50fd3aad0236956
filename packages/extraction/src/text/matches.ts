/**
 * As matchAll() finds them. That one copies the pattern for every text, which takes longer than to go through a sentence;
 * here the pattern itself is used, so that they are all found before anything else is asked of it.
 */
export function matches(text: string, pattern: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === "") pattern.lastIndex += 1;
  }
  return found;
}
