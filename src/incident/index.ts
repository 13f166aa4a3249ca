import { createHash } from 'node:crypto';
import { jsonText } from '../engine/jsonText.js';
import { maskedIn, maskSecrets } from '../salesforce/secretText.js';
import { renderMarkdownPage } from '../render/html/markdownPage.js';
import { incidentReport } from './report.js';
import { mailDraft, mailMessage } from './mailDraft.js';
import { readme } from './readme.js';
import { revokeTokens } from './revokeTokens.js';
import { timeline } from './timeline.js';
import type { Document, Incident } from './types.js';
import { viewsOf, type OrgView } from './view.js';

export { incidentResult, resultOf, type IncidentResult } from './result.js';
export type { Incident, IncidentOrg } from './types.js';
export { countsText, namesNowhere, viewsOf, type OrgView } from './view.js';

type Made = (incident: Incident, views: readonly OrgView[]) => string;

/** The documents for people as one page. */
const incidentPage: Made = (incident, views) =>
  renderMarkdownPage('Incident', [
    { id: 'what-to-do', title: 'What to do', markdown: readme(incident, views) },
    { id: 'report', title: 'Report', markdown: incidentReport(incident, views) },
    { id: 'revoke', title: 'Revoke tokens', markdown: revokeTokens(views) },
    { id: 'mail', title: 'Mail to Salesforce', text: mailDraft(incident, views) },
  ]);

const documents: Readonly<Record<string, Made>> = {
  'README.md': readme,
  'evidence.json': (incident) => jsonText({ schemaVersion: 1, ...incident }, 2),
  'incident-report.md': incidentReport,
  'incident.html': incidentPage,
  'mail-draft.eml': mailMessage,
  'mail-draft.txt': mailDraft,
  'revoke-tokens.md': (_incident, views) => revokeTokens(views),
  'timeline.csv': (_incident, views) => timeline(views),
};

/** All documents of an incident and their sums, the same bytes for the same incident. */
export const documentsOf = (found: Incident): Document[] => {
  // No text reaches a document with a session, a token or a credential in it, whatever its source.
  const incident = maskedIn(found, maskSecrets);
  const views = viewsOf(incident);
  const written = Object.entries(documents).map(([name, make]) => documentOf(name, make(incident, views)));
  // The form that `sha256sum -c` reads: sum, two spaces, name.
  const sums = written.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
  return [...written, documentOf('SHA256SUMS', sums)];
};

const documentOf = (name: string, content: string): Document => ({
  name,
  content,
  sha256: createHash('sha256').update(content).digest('hex'),
});
