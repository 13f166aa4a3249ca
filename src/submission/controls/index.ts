import type { Control } from '../../engine/types.js';
import type { SubmissionFacts } from '../facts.js';
import { appsDisclosed } from './apps-disclosed.js';
import { backendSecretsExplained } from './backend-secrets-explained.js';
import { basePackageDescribed } from './base-package-described.js';
import { checksPassed } from './checks-passed.js';
import { clientKeyOnly } from './client-key-only.js';
import { credentialsReady } from './credentials-ready.js';
import { incidentPlan } from './incident-plan.js';
import { rotationDocumented } from './rotation-documented.js';
import { secretsExplained } from './secrets-explained.js';
import { subscriberAppsDocumented } from './subscriber-apps-documented.js';

/** Every control of the submission, alphabetical. */
export const submissionControls: ReadonlyArray<Control<SubmissionFacts>> = [
  appsDisclosed,
  backendSecretsExplained,
  basePackageDescribed,
  checksPassed,
  clientKeyOnly,
  credentialsReady,
  incidentPlan,
  rotationDocumented,
  secretsExplained,
  subscriberAppsDocumented,
];
