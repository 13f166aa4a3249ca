import { jsonText } from '../engine/jsonText.js';
import type { Report } from '../engine/types.js';

/** The report itself. */
export const renderJson = (report: Report): string => jsonText(report, 2);
