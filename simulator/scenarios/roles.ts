/* eslint-disable camelcase -- the names of Salesforce components */
import { makeId } from '../ids.js';
import { scenario } from '../scenario.js';
import type { Row, Scenario, ScenarioInput } from '../scenario.js';
import { hardenedInput } from './hardened.js';

type Change = { input?: Partial<ScenarioInput>; tables?: Record<string, Row[] | undefined> };

const noDevHub = { DevHubSettings: { enableScratchOrgManagementPref: false } };

/** The hardened org in another role, under its own name and number. */
function variation(name: string, orgNumber: number, { input: changed = {}, tables = {} }: Change): Scenario {
  const input = hardenedInput(name);
  return scenario({
    ...input,
    ...changed,
    orgNumber,
    settings: { ...input.settings, ...changed.settings },
    tables: (ids) =>
      Object.fromEntries(
        Object.entries({ ...input.tables?.(ids), ...tables }).map(([object, rows]) => [object, rows ?? []])
      ),
  });
}

/** A first-generation packaging org: it released a managed package under its namespace. */
function packaging(): Scenario {
  const Id = makeId('033', 1);
  return variation('packaging', 11, {
    input: { features: { apiAccessControl: true }, settings: noDevHub },
    tables: {
      MetadataPackage: [{ Id, Name: 'Example Suite', NamespacePrefix: 'examplens', PackageCategory: 'Package' }],
      MetadataPackageVersion: [{ Name: 'Spring', MetadataPackageId: Id, MajorVersion: 3, ReleaseState: 'Released' }],
      NamespaceRegistry: undefined,
      Package2: undefined,
    },
  });
}

/** The org of a namespace: no Dev Hub, no first-generation package, and no app that is packaged. */
function namespace(): Scenario {
  return variation('namespace', 12, {
    input: { features: { apiAccessControl: true }, settings: noDevHub, metadata: {} },
    tables: { ExternalClientApplication: undefined, NamespaceRegistry: undefined, Package2: undefined },
  });
}

/** An org that owns a packaged app and nothing else: neither Dev Hub nor namespace. */
function appOwner(): Scenario {
  const input = hardenedInput('app-owner');
  return variation('app-owner', 13, {
    input: {
      features: { apiAccessControl: true },
      settings: noDevHub,
      organization: { ...input.organization, NamespacePrefix: null },
      metadata: { ConnectedApp: { Example_Connector: { label: 'Example Connector' } } },
      manageableStates: { ConnectedApp: { Example_Connector: 'released' } },
    },
    tables: { ExternalClientApplication: undefined, NamespaceRegistry: undefined, Package2: undefined },
  });
}

/** The org in which a partner does business: nothing in it shows the role. */
function partnerBusiness(): Scenario {
  const input = hardenedInput('partner-business');
  return variation('partner-business', 14, {
    input: {
      features: { apiAccessControl: true },
      settings: noDevHub,
      organization: { ...input.organization, NamespacePrefix: null, OrganizationType: 'Enterprise Edition' },
      metadata: {},
    },
    tables: { ExternalClientApplication: undefined, NamespaceRegistry: undefined, Package2: undefined },
  });
}

/** One org for each role besides the Dev Hub, which `hardened` is. */
export const ROLES = { packaging, namespace, 'app-owner': appOwner, 'partner-business': partnerBusiness };
