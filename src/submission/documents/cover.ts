import type { DraftDocument, DraftContext } from '../draftModel.js';
import { shortDay } from '../../common/dates.js';
import { heading, table, paragraph, targetsIn } from './blocks.js';

/** The first page for the reviewers: whose package, which version, what the documents are, and who signs. */
export function cover(place: DraftContext, documents: readonly DraftDocument[]): DraftDocument {
  const { known, declared, report } = place;
  const { project } = known;
  const companies = targetsIn(place).flatMap(({ target }) => target.organization ?? []);
  const version = declared.submission.version ?? project.version;
  return {
    file: 'README',
    title: `Security review submission of ${project.name}`,
    blocks: [
      ...table(
        ['Submission', ''],
        [
          ['Company', [...new Set(companies)].join(', ') || '____________________'],
          ['Package', project.name],
          ['Namespace', project.namespace ?? 'none'],
          ['Version', version ?? '____________________'],
          ['Date', shortDay(report.asOf)],
          ['Contact', declared.submission.contact ?? '____________________'],
        ]
      ),
      heading('Documents'),
      { kind: 'list', items: documents.map(({ title }) => title), ordered: true },
      heading('Sign-off'),
      paragraph('The undersigned have read these documents and confirm that they are complete and correct.'),
      ...table(
        ['Role', 'Name', 'Date', 'Signature'],
        ['Product owner', 'Security lead', 'Administrator of the orgs'].map((role) => [role, '', '', ''])
      ),
    ],
  };
}
