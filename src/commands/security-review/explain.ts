import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { reference, type CataloguedControl } from '../../catalogue.js';
import { failure, errorFromMessages } from '../../cli/errors.js';
import { parsed } from '../../cli/parsing.js';
import { nearControls } from '../../cli/runConfig.js';
import { endOnSignals } from '../../cli/signals.js';
import { renderReference } from '../../render/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-security-review', 'security-review.explain');

export default class Explain extends SfCommand<CataloguedControl> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');
  public static readonly args = {
    // Not `required`: sf answers a missing argument with words and an exit code of its own.
    control: Args.string({ description: messages.getMessage('args.control.description') }),
  };

  public async run(): Promise<CataloguedControl> {
    endOnSignals();
    const { args } = await parsed(this.parse(Explain));
    const control = named(args.control, reference());
    this.log(renderReference(control, process.stdout.columns));
    return control;
  }
}

/** @throws SfError with exit code 2 when no control, or more than one, has the name */
const named = (name: string | undefined, controls: readonly CataloguedControl[]): CataloguedControl => {
  if (name === undefined) throw errorFromMessages(messages, 2, 'noControl');
  const found = controls.filter(({ id }) => id === name || id.endsWith(`/${name}`));
  const [control, other] = found;
  if (other) throw errorFromMessages(messages, 2, 'ambiguous', [name, found.map(({ id }) => id).join(', ')]);
  if (control) return control;
  const near = nearControls(
    name,
    controls.map(({ id }) => id)
  );
  throw failure(2, 'UnknownControl', messages.getMessage('error.unknownControl', [name]), [
    ...(near === undefined ? [] : messages.getMessages('error.unknownControl.closest', [near])),
    ...messages.getMessages('error.unknownControl.actions'),
  ]);
};
