/** A secret in clear. It never leaves the modules that look for some. */
export type SecretHit = { kind: string; value: string; index: number };

/** Places of one text that are tried for one form; a hostile text may have as many as words. */
const MOST = 500;

/** The places of a text that fit a form, in their order. `onMore` is called if there are more than are returned. */
export function candidatesIn(text: string, form: RegExp, onMore: () => void, most = MOST): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (const match of text.matchAll(form)) {
    if (found.length === most) {
      onMore();
      break;
    }
    found.push(match);
  }
  return found;
}
