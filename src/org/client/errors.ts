import type { Gap, GapKind } from '../../engine/types.js';
import { maskSecrets } from '../../salesforce/secretText.js';

/** Is in a SOAP envelope until the transport sends it, so that no log and no error can contain the session. */
export const sessionPlaceholder = '{session}';

/** Why a read gave nothing: Salesforce's code, or one of this tool, and a message for people. */
type Refusal = { code: string; message: string };

/** An error with a code, as jsforce makes them. */
export const codedError = (code: string, message: string): Error =>
  Object.assign(new Error(message), { errorCode: code });

/** One short line without a secret: every text that leaves the reader has passed here. */
export const clean = (text: string): string => {
  const masked = maskSecrets(text);
  const line = (/^\s*<(?:!doctype|html|\?xml)/i.test(masked) ? 'a page instead of data' : masked)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
};

/** What an error says, wherever jsforce, core or Salesforce put it. */
export const refusalOf = (error: unknown): Refusal => {
  if (!(error instanceof Error)) return { code: 'UNKNOWN', message: clean(String(error)) };
  const { message } = error;
  // jsforce puts this before whatever went wrong at the token endpoint.
  const renewal = /^Unable to refresh session due to: ([\s\S]*)/.exec(message)?.[1];
  if (renewal !== undefined) return { code: 'SESSION_NOT_RENEWED', message: clean(renewal) };
  // A SOAP fault comes as HTTP 500, and its code with the prefix `sf:`.
  const fault = /<faultcode>(?:\w+:)?(\w+)<\/faultcode>/.exec(message)?.[1];
  if (fault !== undefined) {
    const text = /<faultstring>([^<]*)/.exec(message)?.[1] ?? '';
    return { code: fault, message: clean(text.replace(new RegExp(`^${fault}: `), '')) };
  }
  const several =
    'data' in error && Array.isArray(error.data) ? (error.data[0] as Partial<Refusal> | undefined) : undefined;
  if (several && 'errorCode' in several)
    return { code: String(several.errorCode), message: clean(String(several.message)) };
  return { code: 'errorCode' in error ? String(error.errorCode) : error.name, message: clean(message) };
};

const kinds: ReadonlyArray<[RegExp, GapKind]> = [
  [/^(INSUFFICIENT_ACCESS\w*|API_DISABLED_FOR_ORG|API_CURRENTLY_DISABLED|FUNCTIONALITY_NOT_ENABLED)$/, 'no-access'],
  [/^(INVALID_TYPE|INVALID_FIELD|NOT_FOUND)$/, 'not-supported'],
  [
    /^(REQUEST_LIMIT_EXCEEDED|QUERY_TIMEOUT|EXCEEDED_ID_LIMIT|OPERATION_TOO_LARGE|TIMED_OUT|OUT_OF_TIME|URI_TOO_LONG)$/,
    'limit',
  ],
];

/** Older versions lack External Client Apps and settings of OAuth, so the version is named where something is missing. */
const OLD_BELOW = 60;

/** The gap that a failed read leaves. `what` names the read, `version` the API version that it used. */
export const gapOfError = (error: unknown, what: string, version?: string): Gap => {
  const { code, message } = refusalOf(error);
  const kind = kinds.find(([codes]) => codes.test(code))?.[1] ?? 'error';
  return {
    kind,
    detail:
      kind === 'not-supported'
        ? `${missingColumn(message, what)} is not available here (${code}). Salesforce returns the same error for a missing license, edition, API version or permission.${oldVersion(version)}`
        : `${what} could not be read (${code}): ${message.replace(/\.?$/, '.')}`,
  };
};

/** Salesforce names the column of INVALID_FIELD: "No such column 'X' on entity 'Y'". */
function missingColumn(message: string, what: string): string {
  const [, column, object] = /No such column '(\w+)' on entity '(\w+)'/.exec(message) ?? [];
  return column && object ? `${object}.${column}` : what;
}

function oldVersion(version: string | undefined): string {
  return version === undefined || Number(version) >= OLD_BELOW
    ? ''
    : ` This run used API version ${version}, which is old: run with a later --api-version, if the org offers one.`;
}

/** An answer that came, and is not what was asked for. */
export const unreadableAnswer = (what: string): Gap => ({
  kind: 'unreadable',
  detail: `${what} could not be read: the answer does not have the expected shape.`,
});
