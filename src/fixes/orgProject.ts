import { compare, groupsOf } from '../common/lists.js';
import { cidrInterval, endsOf } from '../salesforce/ipRanges.js';
import type { Component, ControlInfo, Finding, TrustedRange } from '../engine/types.js';
import { settingFor, type Setting } from './orgSettings.js';
import { element, metadataFile, type Node } from './metadataXml.js';

/** A piece of a metadata file of an org; pieces of one file are one file. */
export type Change = {
  /** A permission set is deployed with an API version that keeps what its file does not name. */
  project: 'current' | 'permission-sets';
  /** `profiles/Admin.profile-meta.xml` */
  file: string;
  root: string;
  /** Elements that the file has only once, such as a label, are equal in all its pieces. */
  nodes: readonly Node[];
  /** What users notice. */
  effect: string;
};

/** With API version 40 and later, a deployed permission set loses each permission that its file does not name. */
export const API_VERSIONS = { current: '67.0', 'permission-sets': '39.0' } as const;

/** The changes that close a finding of an org together; none where no metadata closes it, or its names are not known. */
export function changesFor(control: ControlInfo, finding: Finding, ranges: readonly TrustedRange[]): Change[] {
  const setting = settingFor(control, finding);
  if (setting !== undefined) return [settingChange(setting)];
  const components = componentsOf(finding);
  if (control.id === 'org/login-ip-ranges-set') {
    return ranges.length === 0 ? [] : components.map(({ fullName }) => rangesChange(fullName, ranges));
  }
  return components.every(({ permission }) => permission !== undefined) ? components.flatMap(permissionChange) : [];
}

/** The metadata that has to change, where its names are known. */
export function componentsOf(finding: Finding): readonly Component[] {
  return finding.kind === 'latent' ? [] : (finding.components ?? []);
}

function settingChange({ type, path, value, effect }: Setting): Change {
  const [last = '', ...around] = path.toReversed();
  const node = around.reduce<Node>((inner, name) => element(name, [inner]), element(last, value));
  return {
    project: 'current',
    file: `settings/${type}.settings-meta.xml`,
    root: `${type}Settings`,
    nodes: [node],
    effect,
  };
}

/** The ranges of a profile are replaced as a whole. */
function rangesChange(profile: string, ranges: readonly TrustedRange[]): Change {
  return {
    ...profileFile(profile),
    nodes: ranges.flatMap(({ cidr, name }) => {
      const addresses = cidrInterval(cidr);
      if (addresses === undefined) return [];
      const { start, end } = endsOf(addresses);
      return [
        element('loginIpRanges', [
          element('description', name),
          element('endAddress', end),
          element('startAddress', start),
        ]),
      ];
    }),
    effect:
      'Users of the profile can log in from these ranges only, which replace all others of the profile; another login is denied.',
  };
}

function permissionChange({ type, fullName, label, permission = '' }: Component): Change[] {
  const nodes = [element('userPermissions', [element('enabled', 'false'), element('name', permission)])];
  const effect = `Each user of ${label ?? decodeFullName(fullName)} loses the permission ${permission}.`;
  if (type === 'Profile') return [{ ...profileFile(fullName), nodes, effect }];
  if (type !== 'PermissionSet' || label === undefined) return [];
  return [
    {
      project: 'permission-sets',
      file: `permissionsets/${fileName(fullName)}.permissionset-meta.xml`,
      root: 'PermissionSet',
      nodes: [element('label', label), ...nodes],
      effect,
    },
  ];
}

function profileFile(fullName: string): Pick<Change, 'project' | 'file' | 'root'> {
  return { project: 'current', file: `profiles/${fileName(fullName)}.profile-meta.xml`, root: 'Profile' };
}

/** The Metadata API sends names percent-encoded; one that is not yet is encoded, so that it is one file of the folder. */
function fileName(fullName: string): string {
  return fullName.replace(/[^\w %().-]|^\./g, (character) => encodeURIComponent(character).replace(/^\.$/, '%2E'));
}

/** A name as the org shows it: the Metadata API sends it percent-encoded. */
export function decodeFullName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A change, and the finding that it closes. */
export type PlannedChange = { change: Change; control: string; subject: string };

/** The files of one project, each with the findings that it closes in a comment. */
export function filesOf(planned: readonly PlannedChange[]): Array<{ name: string; content: string }> {
  return groupsOf(planned, ({ change }) => change.file)
    .map((own) => {
      const [{ change }] = own;
      const nodes = own.flatMap((one) => one.change.nodes);
      return { name: change.file, content: metadataFile(change.root, nodes, notesOf(own)) };
    })
    .toSorted((one, other) => compare(one.name, other.name));
}

const MOST_NAMES = 3;

/** One for each control and effect: many users can need the same setting. */
function notesOf(planned: readonly PlannedChange[]): string[] {
  return groupsOf(planned, ({ control, change }) => `${control} ${change.effect}`).map((own) => {
    const [{ control, change }] = own;
    const subjects = [...new Set(own.map(({ subject }) => shortName(subject)))];
    const more = subjects.length > MOST_NAMES ? `, +${subjects.length - MOST_NAMES}` : '';
    return `Closes ${control}: ${subjects.slice(0, MOST_NAMES).join(', ')}${more}. What users notice: ${change.effect}`;
  });
}

function shortName(name: string): string {
  return name.length > 80 ? `${name.slice(0, 79)}…` : name;
}
