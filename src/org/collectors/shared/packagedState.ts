/** Metadata API, FileProperties, ManageableState: whether a component belongs to a package of this org. */
export const isPackagedState = (state: string | undefined): boolean | undefined =>
  state === 'unmanaged' ? false : /^(beta|released|deprecated)/.test(state ?? '') ? true : undefined;
