/** The line of an offset, counted from 1. Line ends are LF, CR LF, or CR alone. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n?|\n/).length;
}
