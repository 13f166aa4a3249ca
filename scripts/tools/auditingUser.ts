import { minimalPermissions } from '../../src/engine/minimalPermissions.js';
import type { Collector, Control } from '../../src/engine/types.js';
import { permissionDependencies, permissionLabel } from '../../src/salesforce/permissions.js';
import { page, table } from './markdown.js';

type Reads = Readonly<Record<string, Pick<Collector<never, unknown>, 'reads' | 'requires'>>>;
type Needs = ReadonlyArray<Pick<Control<never>, 'id'> & { needs: readonly string[] }>;

const name = 'Security_Review_Auditor';
const apiVersion = '66.0';

/** Every call of the tool is an API call. */
const apiAccess = 'ApiEnabled';

const required = (collectors: Reads): string[] =>
  minimalPermissions(Object.values(collectors).flatMap(({ requires }) => [...requires]));

/** What Salesforce asks for besides, where it is not required anyway. */
const implied = (names: readonly string[]): string[] =>
  names.flatMap((one) => permissionDependencies[one] ?? []).filter((one) => !names.includes(one));

/** The permission set in the Metadata API's own format, so that it can be deployed without a project. */
export const permissionSetFiles = (collectors: Reads): Record<string, string> => {
  const names = [...new Set([apiAccess, ...required(collectors), ...implied(required(collectors))])].sort();
  return {
    'permission-set/package.xml': xml('Package', [
      '    <types>',
      `        <members>${name}</members>`,
      '        <name>PermissionSet</name>',
      '    </types>',
      `    <version>${apiVersion}</version>`,
    ]),
    // Metadata API, PermissionSet: "the extension is .permissionset".
    [`permission-set/permissionsets/${name}.permissionset`]: xml('PermissionSet', [
      '    <description>What the user of sf security-review audit-org needs so that it sees what it checks.</description>',
      '    <hasActivationRequired>false</hasActivationRequired>',
      '    <label>Security Review Auditor</label>',
      ...names.flatMap((one) => [
        '    <userPermissions>',
        '        <enabled>true</enabled>',
        `        <name>${one}</name>`,
        '    </userPermissions>',
      ]),
    ]),
  };
};

const xml = (root: string, lines: readonly string[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${root} xmlns="http://soap.sforce.com/2006/04/metadata">`,
    ...lines,
    `</${root}>`,
    '',
  ].join('\n');

/** What each permission is for, and how a user gets them. */
export const auditingUserPage = (collectors: Reads, controls: Needs): string => {
  const names = required(collectors);
  const rows = names.map((permission) => {
    const facts = Object.entries(collectors).filter(([, { requires }]) =>
      requires.some((anyOf) => anyOf.find((one) => names.includes(one)) === permission)
    );
    const reads = new Set(facts.flatMap(([, collector]) => [...collector.reads]));
    const ids = controls.filter(({ needs }) => facts.some(([fact]) => needs.includes(fact))).map(({ id }) => id);
    return [permissionLabel(permission), [...reads].sort().join(', '), ids.sort().join(', ')];
  });
  return page([
    '<!-- Generated from the collectors by `npm run docs`. -->',
    '# The auditing user',
    '`audit-org` checks only what its user can read. Salesforce leaves out what a user may not see, often without an error, so a missing permission makes a control inconclusive, never passed. The permission set in [permission-set](../permission-set) contains what the controls need, and in addition only what Salesforce requires with it.',
    '## Deploy and assign',
    [
      '```sh',
      'sf project deploy start --metadata-dir permission-set --target-org acme-hub --dry-run   # what would Salesforce say?',
      'sf project deploy start --metadata-dir permission-set --target-org acme-hub',
      `sf org assign permset --name ${name} --on-behalf-of auditor@acme.example --target-org acme-hub`,
      '```',
    ].join('\n'),
    '_Unknown user permission_ means that the org does not have its feature: take that entry out of the file. _Permission … depends on permission(s)_ names what that org wants in the file besides.',
    '## What each permission is for',
    'Where Salesforce documents several permissions of which one is enough, the narrowest was chosen; [what-it-reads.md](what-it-reads.md) names all.',
    table(['permission', 'reads', 'for'], [[permissionLabel(apiAccess), 'everything', 'every control'], ...rows]),
    ...names.flatMap(impliedBy),
    '## What else they allow',
    'Some of these permissions allow more than reading, because Salesforce has no narrower one for the same reads. The tool itself sends nothing but reads (see the README). Assign the set to a dedicated user, who logs in for audits only. You can remove the assignment between audits. A permission that you leave out affects only the controls in its row: the preflight names them before the run, and the report names the permission.',
  ]);
};

const impliedBy = (permission: string): string[] => {
  const others = permissionDependencies[permission];
  return others === undefined
    ? []
    : [
        `## What ${permissionLabel(permission)} requires`,
        `Salesforce refuses a permission set with ${permission} alone ("Permission ${permission} depends on permission(s): …"), so the set also contains these; no control needs them: ${others.join(', ')}.`,
        'The list is the answer of Salesforce to a deployment into a Developer Edition org, quoted from a public file. Dependencies can differ from org to org ([Salesforce Help, User Permissions](https://help.salesforce.com/s/articleView?id=platform.admin_userperms.htm&type=5)); each org lists its own in the Tooling object [PermissionDependency](https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_permissiondependency.htm):',
        `\`\`\`sh\nsf data query --use-tooling-api --target-org acme-hub --query "SELECT RequiredPermission FROM PermissionDependency WHERE Permission = '${permission}'"\n\`\`\``,
      ];
};
