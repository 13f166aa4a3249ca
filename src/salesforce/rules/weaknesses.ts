/** The entries of the CWE that rules name. https://cwe.mitre.org */
export const weaknesses = {
  200: 'Exposure of Sensitive Information to an Unauthorized Actor',
  250: 'Execution with Unnecessary Privileges',
  262: 'Not Using Password Aging',
  284: 'Improper Access Control',
  287: 'Improper Authentication',
  294: 'Authentication Bypass by Capture-replay',
  306: 'Missing Authentication for Critical Function',
  308: 'Use of Single-factor Authentication',
  312: 'Cleartext Storage of Sensitive Information',
  319: 'Cleartext Transmission of Sensitive Information',
  324: 'Use of a Key Past its Expiration Date',
  362: "Concurrent Execution using Shared Resource with Improper Synchronization ('Race Condition')",
  477: 'Use of Obsolete Function',
  488: 'Exposure of Data Element to Wrong Session',
  522: 'Insufficiently Protected Credentials',
  540: 'Inclusion of Sensitive Information in Source Code',
  601: "URL Redirection to Untrusted Site ('Open Redirect')",
  613: 'Insufficient Session Expiration',
  672: 'Operation on a Resource after Expiration or Release',
  798: 'Use of Hard-coded Credentials',
  829: 'Inclusion of Functionality from Untrusted Control Sphere',
  923: 'Improper Restriction of Communication Channel to Intended Endpoints',
  1059: 'Insufficient Technical Documentation',
  1357: 'Reliance on Insufficiently Trustworthy Component',
} as const satisfies Record<number, string>;

export type Weakness = keyof typeof weaknesses;

/** The edition of the OWASP Application Security Verification Standard whose numbers rules name. */
export const asvsVersion = '5.0.0';
