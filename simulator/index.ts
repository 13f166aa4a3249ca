/** The simulated Salesforce org. See `startOrg` and `scenario`. */
export { startOrg } from './server.js';
export type { SimulatedOrg } from './server.js';
export { startLoginHost } from './loginHost.js';
export type { LoginHost, RegisteredClient } from './loginHost.js';
export { AUDIT_PERMISSIONS, scenario, withPermissions } from './scenario.js';
export type * from './scenario.js';
export type { Fault, FaultOptions, FaultPattern } from './faults.js';
export type { OrgRequest } from './requests.js';
export { SCENARIOS } from './scenarios/index.js';
export { moveTo } from './shiftDates.js';
export { makeId, toId18 } from './ids.js';
