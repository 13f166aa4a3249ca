import type { DraftBlock, DraftContext } from '../draftModel.js';
import { answersByName, at, missing, table, paragraph, unseenOf } from './blocks.js';

/** The packages that this one extends. */
export const basePackages = (place: DraftContext): DraftBlock[] => {
  const { project, contents } = place.known;
  const topics = place.of('basePackages');
  return [
    ...unseenOf(place, 'contents'),
    ...table(
      ['Dependency', 'Id', 'Source'],
      [
        ...(project.dependencies ?? []).map((name) => [name, project.aliases?.[name] ?? '', 'sfdx-project.json']),
        ...contents.installedPackages.map((one) => [one.value, '', at(one)]),
      ]
    ),
    ...(topics.length === 0 ? [paragraph('The source names no base package.')] : []),
    ...(contents.appFiles > 0 && contents.otherFiles === 0
      ? [
          paragraph('The package contains only apps.'),
          ...(topics.length === 0
            ? [missing('The package that its apps belong to is not answered.', 'submission.basePackages')]
            : []),
        ]
      : []),
    ...answersByName('basePackages', topics),
  ];
};
