import { AUDIT_PERMISSIONS, scenario } from '../scenario.js';
import type { Scenario } from '../scenario.js';

/** A Dev Hub and namespace org that does everything right. */
export function hardened(): Scenario {
  return scenario({
    name: 'hardened',
    features: { devHub: true, apiAccessControl: true },
    profiles: [{ name: 'System Administrator', fullName: 'Admin', permissions: AUDIT_PERMISSIONS }],
    users: [{ username: 'auditor@hardened.example', name: 'Ada Auditor', profile: 'System Administrator' }],
    settings: { SecuritySettings: { sessionSettings: { enableMFADirectUILoginOptIn: true } } },
  });
}
