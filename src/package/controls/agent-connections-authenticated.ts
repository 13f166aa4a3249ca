import { each, notApplicable, type SubjectOutcome } from '../../engine/control.js';
import type { Latent, Subject } from '../../engine/types.js';
import { settingGap } from '../apps/oauthApps.js';
import { packageControl, type Authentication, type ExternalService } from '../facts.js';

export const agentConnectionsAuthenticated = packageControl({
  id: 'package/agent-connections-authenticated',
  title: 'Every MCP server and external service of the package is called with authentication',
  severity: 'high',
  topic: 'agent connections',
  problem: { one: 'agent connection has no authentication', many: 'agent connections have no authentication' },
  area: 'Code and secrets',
  requirement:
    'MCP servers and external services in a package are called through a named credential with an external credential ' +
    'that authenticates, and a permission set grants it',
  source: 'Second-Generation Managed Packaging Developer Guide, Package MCP Servers for Agentforce, 2026',
  why:
    'An agent acts on what a service answers. A service that anyone can call, and that does not check who calls, ' +
    'serves data of one customer to another and lets others feed the agent.',
  checks: [
    'Every ExternalServiceRegistration of the package, MCP servers (ModelContextProtocol) and others.',
    'The named credential that it names, and the external credential of that.',
  ],
  fails: [
    'The external credential uses the protocol NoAuthentication, or Custom with the variant NoAuthentication and no header.',
    'A legacy named credential uses the protocol NoAuthentication or the principal type Anonymous.',
  ],
  inconclusive: [
    'A registration names no named credential, or one that is not in the package.',
    'The external credential is not in the package.',
    'A custom protocol without a header, or a header without an authentication protocol: the source does not show what identifies the caller.',
  ],
  notes: [
    'Registrations of Apex of the package (ApexRest, AuraEnabled) without a named credential call no external service.',
    'Informational: no permission set of the package grants a principal of the external credential.',
    'The hosts of these services are endpoints of the submission.',
  ],
  fix: [
    'Create an external credential with OAuth, JWT, AWS Signature or Basic (Setup > Named Credentials > External Credentials), add a principal and retrieve it into the package.',
    'Let the named credential of the registration use it, and grant the principal in a permission set of the package.',
  ],
  examples: {
    bad: '<ExternalCredential>\n  <authenticationProtocol>NoAuthentication</authenticationProtocol>\n</ExternalCredential>',
    good: '<ExternalCredential>\n  <authenticationProtocol>Oauth</authenticationProtocol>\n</ExternalCredential>',
  },
  references: [
    'https://developer.salesforce.com/docs/atlas.en-us.pkg2_dev.meta/pkg2_dev/dev2gp_package_mcp_agentforce.htm',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalserviceregistration.htm',
    'https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalcredential.htm',
  ],
  attestable: true,
  attestableSubjects: ['ExternalServiceRegistration', 'ExternalCredential', 'NamedCredential'],
  needs: ['externalServices'],
  provableFromPart: { externalServices: 'fail' },
  judge: ({ externalServices }) => {
    const external = externalServices.filter((service) => !isInternal(service));
    return each(
      external,
      notApplicable('The package registers no MCP server and no external service.'),
      evaluateService,
      external.length === 1
        ? `${external[0]?.name ?? ''} is called with authentication.`
        : `All ${external.length} MCP servers and external services are called with authentication.`
    );
  },
});

/** Apex of the package itself that agents and flows call. */
function isInternal({ credential, provider = '' }: ExternalService): boolean {
  return credential === undefined && /^(?:ApexRest|AuraEnabled)$/.test(provider);
}

function evaluateService(service: ExternalService): SubjectOutcome {
  const { name, file, line, credential, authentication } = service;
  const what = `The ${service.isAgent ? 'MCP server' : 'external service'} ${name}`;
  const subject: Subject = { type: 'ExternalServiceRegistration', name, file, line };
  if (credential === undefined) {
    return settingGap(subject, `${what} names no named credential, so the source does not show how it is called.`);
  }
  if (!authentication) {
    return settingGap(subject, `${what} uses the named credential ${credential}, which is not in the package.`);
  }
  const { type, name: decides, file: where, line: at } = authentication;
  const place: Subject = { type, name: decides, file: where, line: at };
  const missing = missingAuthentication(authentication);
  if (missing !== undefined) {
    const message = `${what} is called without authentication: ${missing}.`;
    return { kind: 'violation', subject: place, at: name, message };
  }
  const unknown = unknownAuthentication(authentication);
  if (unknown !== undefined) return settingGap(place, `${what}: ${unknown}.`);
  return authentication.isGranted === false ? notGranted(place, what, name) : undefined;
}

/** What in the metadata says that nothing identifies the caller. */
function missingAuthentication({ protocol, variant, anonymous, hasHeader }: Authentication): string | undefined {
  if (protocol === 'NoAuthentication') return 'its protocol is NoAuthentication';
  if (anonymous === true) return 'its principal type is Anonymous';
  return variant === 'NoAuthentication' && hasHeader !== true
    ? 'the variant of its protocol is NoAuthentication, and no header is added'
    : undefined;
}

function unknownAuthentication({ protocol, variant, hasHeader, external }: Authentication): string | undefined {
  if (external !== undefined) return `the external credential ${external} is not in the package`;
  if (protocol === undefined) return 'the source names no protocol of authentication';
  if (variant === 'NoAuthentication') {
    return 'the variant of its protocol is NoAuthentication, and the source does not show whether its header identifies the caller';
  }
  return protocol === 'Custom' && hasHeader !== true
    ? 'the protocol is Custom, and no header is added that could identify the caller'
    : undefined;
}

function notGranted(subject: Subject, what: string, at: string): Latent {
  const message = `No permission set of the package grants a principal of ${subject.name}, so the subscriber has to. ${what} cannot be called before.`;
  return { kind: 'latent', subject, at, message };
}
