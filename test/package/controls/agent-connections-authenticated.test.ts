import { agentConnectionsAuthenticated } from '../../../src/package/controls/agent-connections-authenticated.js';
import type { Authentication, ExternalService, PackageFacts } from '../../../src/package/facts.js';
import { testControl } from '../../support/controlTester.js';
import { packageFacts } from '../../support/packageFacts.js';

const external = (said: Partial<Authentication> = {}): Authentication => ({
  type: 'ExternalCredential',
  name: 'Acme_Auth',
  file: 'force-app/externalCredentials/Acme_Auth.externalCredential-meta.xml',
  line: 3,
  protocol: 'Oauth',
  hasHeader: false,
  isGranted: true,
  ...said,
});
const legacy = (said: Partial<Authentication> = {}): Authentication => ({
  type: 'NamedCredential',
  name: 'Acme_Api',
  file: 'force-app/namedCredentials/Acme_Api.namedCredential-meta.xml',
  line: 3,
  ...said,
});
const service = (authentication?: Authentication, said: Partial<ExternalService> = {}): ExternalService => ({
  name: 'Acme_Mcp',
  file: 'force-app/externalServiceRegistrations/Acme_Mcp.externalServiceRegistration-meta.xml',
  line: 2,
  isAgent: true,
  provider: 'ModelContextProtocol',
  credential: 'Acme_Api',
  ...(authentication ? { authentication } : {}),
  ...said,
});
const facts = (...externalServices: readonly ExternalService[]): PackageFacts => packageFacts({ externalServices });

testControl(agentConnectionsAuthenticated, {
  pass: [
    {
      name: 'an MCP server with OAuth',
      facts: facts(service(external())),
      reason: /Acme_Mcp is called with authentication/,
    },
    {
      name: 'a custom protocol with a header',
      facts: facts(service(external({ protocol: 'Custom', hasHeader: true }))),
    },
    {
      name: 'a legacy named credential with a named principal',
      facts: facts(service(legacy({ protocol: 'Password' }))),
    },
    {
      name: 'a principal that only the subscriber grants is informational',
      facts: facts(service(external({ isGranted: false }))),
      latent: ['ExternalCredential:Acme_Auth'],
    },
  ],
  fail: [
    {
      name: 'an external credential without authentication',
      facts: facts(service(external({ protocol: 'NoAuthentication' }))),
      names: ['ExternalCredential:Acme_Auth'],
      says: [/^The MCP server Acme_Mcp is called without authentication: its protocol is NoAuthentication\.$/],
    },
    {
      trap: true,
      name: 'the variant NoAuthentication of the protocol Custom',
      facts: facts(service(external({ protocol: 'Custom', variant: 'NoAuthentication' }))),
      names: ['ExternalCredential:Acme_Auth'],
    },
    {
      name: 'a legacy named credential without authentication',
      facts: facts(service(legacy({ protocol: 'NoAuthentication', anonymous: true }))),
      names: ['NamedCredential:Acme_Api'],
    },
    {
      trap: true,
      name: 'an anonymous principal whose file names no protocol',
      facts: facts(service(legacy({ anonymous: true }))),
      names: ['NamedCredential:Acme_Api'],
    },
    {
      name: 'an external service that is no MCP server',
      facts: facts(service(external({ protocol: 'NoAuthentication' }), { isAgent: false, provider: 'Custom' })),
      names: ['ExternalCredential:Acme_Auth'],
      says: [/^The external service /],
    },
    {
      name: 'two services of which one is not authenticated',
      facts: facts(service(external()), service(legacy({ protocol: 'NoAuthentication' }), { name: 'Other' })),
      names: ['NamedCredential:Acme_Api'],
    },
  ],
  inconclusive: [
    {
      name: 'a named credential of another package',
      facts: facts(service()),
      reason: /Acme_Api, which is not in the package/,
    },
    {
      name: 'an external credential of another package',
      facts: facts(service(legacy({ external: 'Base_Auth' }))),
      reason: /Base_Auth is not in the package/,
    },
    {
      trap: true,
      name: 'no named credential at all is not the same as none needed',
      facts: facts({ ...service(), credential: undefined } as unknown as ExternalService),
    },
    { name: 'a named credential that names no protocol', facts: facts(service(legacy())) },
    {
      trap: true,
      name: 'a custom protocol that adds no header',
      facts: facts(service(external({ protocol: 'Custom' }))),
    },
    {
      trap: true,
      name: 'a header with the variant NoAuthentication may carry a key',
      facts: facts(service(external({ protocol: 'Custom', variant: 'NoAuthentication', hasHeader: true }))),
    },
  ],
  notApplicable: [
    { name: 'no registration', facts: facts() },
    {
      trap: true,
      name: 'Apex of the package that agents call',
      facts: facts({ name: 'Own', file: 'a', line: 1, isAgent: false, provider: 'AuraEnabled' }),
    },
  ],
});
