/**
 * Names of actions in SetupAuditTrail. Those for External Client Apps, and for the end of a rotation, are not documented
 * anywhere; the trail cannot prove that neither happened.
 */

/** An installed Connected App was removed; a Connected App of this org was deleted. */
export const appRemovals = ['deleteConnectedApplication', 'deleteApplication'] as const;

/** "Generated temporary credentials for connected app …": a rotation was started. Nothing tells whether it was applied. */
export const rotationStarts = ['generateOauthStagedCredential'] as const;

/** Salesforce Help, "Monitor Setup Changes with Setup Audit Trail": the entries of the last 180 days. */
export const auditTrailDays = 180;
