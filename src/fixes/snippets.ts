import type { ControlInfo, Finding } from '../engine/types.js';
import { changesFor } from './orgProject.js';
import { element, metadataLines } from './metadataXml.js';
import { editFor } from './packageEdits.js';

/** The part of a metadata file that closes a finding, to paste; `file` where the plan of fixes would write it. */
type Snippet = { file?: string; text: string };

/** Nothing where no metadata closes the finding. */
export function snippetFor(control: ControlInfo, finding: Finding): Snippet | undefined {
  const [change] = changesFor(control, finding, [{ cidr: '', name: '' }]);
  const edit = editFor(control.id)?.snippet;
  if (change === undefined) return edit === undefined || finding.kind === 'latent' ? undefined : { text: edit };
  const nodes = control.id === 'org/login-ip-ranges-set' ? [RANGE_TO_FILL_IN] : change.nodes;
  return { file: change.file, text: metadataLines(nodes) };
}

/** A report does not have the ranges of the policy. */
const RANGE_TO_FILL_IN = element('loginIpRanges', [
  element('description', 'office'),
  element('endAddress', '<last address>'),
  element('startAddress', '<first address>'),
]);
