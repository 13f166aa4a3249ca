import type { z } from 'zod';
import { severities, type Severity } from '../engine/types.js';

/** An entry as written: a rule runs even where single fields are wrong, so that a file shows all its errors together. */
type Written = Readonly<Record<string, unknown>>;
type Context = z.core.$RefinementCtx;

/** For rules over several fields: run unless the value is not even a mapping or list. */
export const always = { when: ({ value }: { value: unknown }): boolean => typeof value === 'object' && value !== null };

const say = (context: Context, path: ReadonlyArray<string | number>, message: string): void =>
  context.addIssue({ code: 'custom', path: [...path], message });

const isText = (value: unknown): value is string => typeof value === 'string';

export const trustedPackageRules = ({ id, namespace }: Written, context: Context): void => {
  if (id === undefined && namespace === undefined)
    say(context, [], 'Name the package by id, by namespace, or by both.');
};

export const trustedAppRules = ({ org, id, externalApp }: Written, context: Context): void => {
  const known =
    externalApp === undefined ? org !== undefined && id !== undefined : org === undefined && id === undefined;
  if (!known) say(context, [], 'Name the app by externalApp alone, or by org and id.');
};

export const entryRules = ({ on, expires }: Written, context: Context): void => {
  if (isText(on) && isText(expires) && on > expires)
    say(context, ['expires'], `It expires before ${on}, where it begins.`);
};

/** The year after a leap year has no 29 February. */
const yearAfter = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4).replace('-02-29', '-02-28')}`;

export const attestationRules = (entry: Written, context: Context): void => {
  const { org, on, expires } = entry;
  entryRules(entry, context);
  const isAboutOrg = controlsOf(entry).some((control) => control.startsWith('org/'));
  if (isAboutOrg && org === undefined) {
    say(context, ['org'], 'This is required: an attestation about an org names the org.');
  }
  if (isText(on) && isText(expires) && expires > yearAfter(on)) {
    say(context, ['expires'], `An attestation lasts at most a year: write ${yearAfter(on)} or earlier.`);
  }
};

/** Several controls are answered by one look at one app. */
export const listRules = ({ control, subject }: Written, context: Context): void => {
  if (Array.isArray(control) && subject === undefined) {
    say(context, ['subject'], 'This is required: a list of controls is about one app, such as ExternalClientApp:Acme.');
  }
};

/** The controls that an entry names: one, or a list. */
export function controlsOf({ control }: Written): string[] {
  return (Array.isArray(control) ? (control as unknown[]) : [control]).filter(isText);
}

/** What weakens a control has an owner, a reason and a last day. */
export const settingRules =
  (standard: Severity | undefined) =>
  (entry: Written, context: Context): void => {
    const { severity } = entry;
    const isWeaker =
      severity === 'off' ||
      (standard !== undefined && severities.indexOf(severity as Severity) > severities.indexOf(standard));
    if (!isWeaker) return;
    const what = severity === 'off' ? 'a control that is off' : `a severity below ${String(standard)}`;
    for (const key of ['owner', 'reason', 'expires']) {
      if (entry[key] === undefined) say(context, [key], `This is required: ${what} needs owner, reason and expires.`);
    }
  };

const broadScopes: ReadonlySet<unknown> = new Set([
  'package/broad-scopes-justified',
  'org/own-apps-broad-scopes-justified',
]);

export const justificationRules = (entry: Written, context: Context): void => {
  entryRules(entry, context);
  if (broadScopes.has(entry.control) && entry.supplementedBy === undefined) {
    say(context, ['supplementedBy'], 'This is required: say what supplements the broad scope.');
  }
};

/** No two entries of a list say the same in one field; letter case and spacing do not tell two apart. */
export const noTwins =
  (field: string, why: string) =>
  (list: unknown, context: Context): void => {
    const entries: readonly unknown[] = Array.isArray(list) ? list : [];
    const first = new Map<string, number>();
    entries.forEach((entry, index) => {
      const value = typeof entry === 'object' && entry !== null ? (entry as Written)[field] : undefined;
      if (!isText(value)) return;
      const key = value.trim().replace(/\s+/g, ' ').toLowerCase();
      const twin = first.get(key);
      if (twin === undefined) first.set(key, index);
      else say(context, [index, field], `${why} It is the same as in entry ${twin + 1} of this list.`);
    });
  };

/** Either secrets are kept outside of Salesforce, with an explanation how, or none are, with a reason. */
export const backendRules = (backend: Written, context: Context): void => {
  const { none } = backend;
  const other = ['storage', 'access', 'encryption', 'rotation', 'monitoring'].find((key) => backend[key] !== undefined);
  if (none !== undefined && other !== undefined) say(context, ['none'], `Say none, or ${other}, not both.`);
};
