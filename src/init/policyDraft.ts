import { sections, type Found, type Proposal, type Section } from './proposals.js';
import { betweenLines, explained, proposed, yamlText } from './yaml.js';

/** The head of a draft: the day, and what was looked at, or why something was not. */
type PolicyDraft = { day: string; lookedAt: readonly string[]; skipped: readonly string[] };

/** What each section decides, and what a person should ask before anything in it is taken over. */
const purposes: Readonly<Record<Section, readonly string[]>> = {
  orgs: [
    'The orgs that have to be audited: audit-org --fleet audits them all, and a linked org that is listed here but was not',
    'audited is called a gap and no longer a violation. Roles are detected; write `roles` only to overrule that.',
  ],
  'trust.packages': ['Packages that may be installed. By id, by namespace, or by both, which then both have to match.'],
  'trust.apps': [
    'Connected and External Client Apps that may be installed. The id of an app is valid in one org; a name proves nothing.',
  ],
  'trust.tokens': [
    'Apps that are not installed and have live tokens. An entry here trusts a name that any app can take.',
  ],
  'trust.ipRanges': ['Where people may log in from. With an entry here, logins are compared with these ranges only.'],
  integrations: [
    'What the solution connects to: which app serves which integration, by which flow, and who owns callback and secret.',
    'Flows: authorization-code, client-credentials, jwt-bearer, canvas, token-exchange, saml, none. Owners: isv, subscriber.',
    'Remove the lines that do not apply. sourceDir is the folder of its code, endpoints a list of hosts.',
  ],
  attestations: [
    'What only Setup shows of an External Client App. An answer is needed only where no API shows it. Of a packaged app,',
    'run check-package with --owner-org first; one entry may name the controls of both. Read the settings in Setup > External Client App Manager > the app > Settings >',
    'OAuth Settings. `on` is the day on which they were read, `expires` at most a year later.',
  ],
};

/**
 * A first `security-review.yml`. All that it says is `version: 1`, so that a run decides exactly as without a policy;
 * everything that was found is a comment, and no comment is a valid entry before a person completes it.
 */
export const policyDraft = ({ day, lookedAt, skipped }: PolicyDraft, found: Found): string =>
  [
    explained(`The policy of sf security-review, drafted on ${day}.`),
    ...lookedAt.map((one) => explained(`Looked at: ${one}`)),
    ...skipped.map((one) => explained(`Not looked at: ${one}`)),
    '##',
    explained(
      'Nothing is trusted yet. Lines that begin with one # are entries that this tool proposes; they are not in force.'
    ),
    explained(
      'To take one over, remove the first "# " from its lines and from the headings above it, and fill in the rest:'
    ),
    explained(
      'owner is who answers for it, reason is why, reviewBy is the day (YYYY-MM-DD) after which it no longer counts.'
    ),
    explained('Delete what is not needed. `sf security-review check-policy` says whether the file is valid.'),
    'version: 1',
    ...sections.flatMap((section) => sectionLines(section, found)),
    '',
    explained('What else a policy can contain: justifications and waivers, each with an owner and a last day;'),
    explained(
      'controls, with another severity, parameters or off; and gate. None of them is proposed: each one makes a run'
    ),
    explained('more lenient, so it starts with a person and a reason.'),
  ]
    .join('\n')
    .concat('\n');

const sectionLines = (section: Section, { proposals, remarks, unseen }: Found): string[] => {
  const entries = proposals.filter((one) => one.section === section);
  const [parent = '', child] = section.split('.');
  const indent = child === undefined ? 2 : 4;
  const heading = `${child ?? parent}:${entries.length === 0 ? ' []' : ''}`;
  return [
    '',
    // The heading `trust:` appears once, above its first section.
    ...(section === 'trust.packages' ? [proposed(0, 'trust:')] : []),
    ...purposes[section].map(explained),
    proposed(indent - 2, heading),
    ...unseen
      .filter((one) => one.section === section)
      .map(({ target, detail, grants = [] }) =>
        explained(
          `Could not be read in ${target}, so there may be more: ${detail}` +
            (grants.length > 0 ? ` Missing permissions: ${grants.join(', ')}.` : '')
        )
      ),
    ...remarks.filter((one) => one.section === section).map(({ target, text }) => explained(`${target}: ${text}`)),
    ...(entries.length === 0 ? [explained('Nothing to propose.')] : entries.flatMap((one) => entryLines(one, indent))),
  ];
};

const entryLines = ({ about, target, entry, lists = {}, fill }: Proposal, indent: number): string[] => {
  const lines = [
    ...Object.entries(entry).map(([key, value]) => `${key}: ${yamlText(value)}`),
    ...Object.entries(lists).flatMap(([key, items]) => [`${key}:`, ...items.map((item) => `  - ${item}`)]),
    ...fill.map((key) => `${key}: ""`),
  ];
  return [
    betweenLines(indent, `${about} (${target})`),
    ...lines.map((line, index) => proposed(indent, `${index === 0 ? '- ' : '  '}${line}`)),
  ];
};
