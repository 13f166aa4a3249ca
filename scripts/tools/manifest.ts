import { Plugin, type Interfaces } from '@oclif/core';
import { root } from './paths.js';

/** The manifest as oclif makes it from the compiled commands; what `oclif manifest` writes. */
export const manifestOf = async (folder = root): Promise<Interfaces.Manifest> => {
  const plugin = new Plugin({ root: folder, type: 'core', ignoreManifest: true, errorOnManifestCreate: true });
  await plugin.load();
  return plugin.manifest;
};
