import { ConfigAggregator, Messages, OrgConfigProperties, StateAggregator, type SfError } from '@salesforce/core';
import type { Policy } from '../engine/types.js';
import { errorFromMessages } from './errors.js';
import { didYouMean } from './flags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.audit-org');

/** An org of a run: its name as it was given, and the username that sf keeps for it, if any. */
export type NamedOrg = {
  name: string;
  username?: string;
  /** The org id that the policy says. */
  id?: string;
};

/**
 * The orgs named on the command line, else sf's default org; each once. With the id that the policy gives an alias.
 *
 * @throws SfError with exit code 2 for a name that sf does not know, and when there is no default org
 */
export const namedOrgs = async (
  given: readonly string[] | undefined,
  policy?: Pick<Policy, 'orgs'>
): Promise<NamedOrg[]> => {
  const orgs = new Map<string, NamedOrg>();
  for (const name of given ?? (await defaultOrg())) {
    // eslint-disable-next-line no-await-in-loop -- the first unknown name decides the message
    const username = await usernameOf(name);
    // eslint-disable-next-line no-await-in-loop -- the run ends here
    if (username === undefined) throw await unknownOrg(name);
    // An alias of the policy is the org with that id, whatever this machine calls by it.
    const id = policy?.orgs.find(({ alias }) => alias === name)?.id;
    if (!orgs.has(username)) orgs.set(username, { name, username, ...(id === undefined ? {} : { id }) });
  }
  return [...orgs.values()];
};

/**
 * Every org of the policy. An alias that sf does not know is a target that cannot be opened, not a wrong command line:
 * it is in the policy, and the other orgs are still to be audited.
 *
 * @throws SfError with exit code 2 when the policy names no org
 */
export const fleetOf = async ({ orgs }: Policy): Promise<NamedOrg[]> => {
  if (orgs.length === 0) throw wrong('noFleet');
  return Promise.all(
    orgs.map(async ({ alias, id }) => {
      const username = await usernameOf(alias);
      return { name: alias, id, ...(username === undefined ? {} : { username }) };
    })
  );
};

/** Names the alias or username that was probably meant. */
export const unknownOrg = async (name: string): Promise<Error> => {
  const state = await StateAggregator.getInstance();
  const files = await state.orgs.list().catch(() => []);
  const known = [...Object.keys(state.aliases.getAll()), ...files.map((file) => file.replace(/\.json$/, ''))];
  const error = wrong('unknownOrg', [name]);
  error.actions = [...didYouMean(name, known), ...(error.actions ?? [])];
  return error;
};

/** The alias leads to another org than the policy says. */
export const otherOrg = (name: string, found: string, declared: string): Error =>
  errorFromMessages(messages, 1, 'otherOrg', [name, found, declared], [name]);

const usernameOf = async (name: string): Promise<string | undefined> => {
  const state = await StateAggregator.getInstance();
  const username = state.aliases.resolveUsername(name);
  return (await state.orgs.hasFile(username)) ? username : undefined;
};

const defaultOrg = async (): Promise<string[]> => {
  const aggregator = await ConfigAggregator.create();
  const name = aggregator.getPropertyValue<string>(OrgConfigProperties.TARGET_ORG);
  if (name) return [name];
  throw wrong('noOrg');
};

const wrong = (key: 'noOrg' | 'noFleet' | 'unknownOrg', tokens: string[] = []): SfError =>
  errorFromMessages(messages, 2, key, tokens, tokens);
