/** The answer to a query before it is cut into pages. */
export type QueryResult = {
  /** Object asked, for caps that hang on it. */
  object: string;
  totalSize: number;
  /** False for aggregates, which can not be paged. */
  pageable: boolean;
  /** Records from `start` to `end`, made only when a page is asked. */
  records(start: number, end: number): object[];
};
