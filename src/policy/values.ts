import * as z from 'zod';
import { quoted } from './error.js';

/** Documents a key: editors and docs/policy.md show the description and the example. */
export function key<T extends z.ZodType>(type: T, description: string, example?: unknown): T {
  return type.meta({ description, ...(example === undefined ? {} : { examples: [example] }) });
}

/** Text that is not empty, exactly as written. */
export const nonEmptyText = z.string().regex(/\S/, 'This is empty. Write a text.');

/** What people write in place of an answer. */
const PLACEHOLDER =
  /^(?:[.…?\-_\s]*|.|<[^>]*>|\[[^\]]*\]|x{2,}|n\.?\/?a\.?|t\.b\.[da]\.?|(?:todo|tbd|tba|fixme|placeholder|changeme)\b.*)$/isu;

/** An answer of a responsible person: who, or why. A placeholder does not count. */
export const answer = nonEmptyText.refine((value) => value.trim() === '' || !PLACEHOLDER.test(value.trim()), {
  error: ({ input }) => `${quoted(input)} is a placeholder. Write the answer.`,
});

/** A day that exists, as text: an ISO date sorts and compares unchanged. */
export const day = z.iso.date({
  error: ({ input, code }) =>
    code === 'invalid_format' ? `${quoted(input)} is not a day. Write one that exists as YYYY-MM-DD.` : undefined,
});

/** A Salesforce id of 15 or 18 characters with one of the prefixes. */
export const salesforceId = (what: string, ...prefixes: readonly [string, ...string[]]): z.ZodString =>
  z.string().regex(new RegExp(`^(?:${prefixes.join('|')})(?:[A-Za-z0-9]{12}|[A-Za-z0-9]{15})$`), {
    error: ({ input }) =>
      `${quoted(input)} is not the id of ${what}. It starts with ${prefixes.join(' or ')} and has 15 or 18 characters.`,
  });

export const cidr = z.string().refine((range) => z.cidrv4().or(z.cidrv6()).safeParse(range).success, {
  error: ({ input }) => `${quoted(input)} is not a CIDR range. Write one such as 198.51.100.0/24 or 2001:db8::/32.`,
});

/** What a waiver or justification is about: `Type:name`, exact or with `*` in the name. */
export const subject = z.string().regex(/^[A-Za-z]\w*:[^]*\S/, {
  error: ({ input }) => `${quoted(input)} is not a subject. Write Type:name, such as "User:ada@acme.example".`,
});

/** The `OrgScopedExternalApp` of an External Client App: the same in every org that has it. */
export const externalApp = z.string().regex(/^00D(?:[A-Za-z0-9]{12}|[A-Za-z0-9]{15}):\S+$/, {
  error: ({ input }) => `${quoted(input)} is not an External Client App. Write <id of its org>:<developer name>.`,
});
