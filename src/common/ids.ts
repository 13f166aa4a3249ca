/** Salesforce ids come in 15 and 18 characters; the first 15 are the id, and upper and lower case differ. */
export const sameId = (one: string, other: string | undefined): boolean =>
  other !== undefined && one.length >= 15 && one.slice(0, 15) === other.slice(0, 15);
