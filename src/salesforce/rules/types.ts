import type { Page } from './pages.js';
import type { Weakness } from './weaknesses.js';

/** A rule of a page, in our own words. */
export type Rule = {
  /** `<section or topic>/<name>`. */
  id: string;
  page: Page;
  text: string;
  /** The first day on which it is in force; absent if the page names none. See also `release`. */
  effective?: string;
  /** The page names this release and no day: `effective` is the first day of its first month, for lists only. */
  release?: string;
  /** The day on which the text and the date were last compared with the page. */
  checked: string;
  /** Ids of the controls that check it. */
  controls: readonly string[];
  /** The role that must act where no control can check it, or not all of it. */
  person?: string;
  /** CWE numbers. */
  cwe: readonly Weakness[];
  /** Requirements of the OWASP ASVS 5.0.0, such as `10.4.6`. */
  asvs: readonly string[];
  /** CVSS base scores, only where Salesforce publishes them for the setting. */
  cvss?: { from: number; to: number };
};
