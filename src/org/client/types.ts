import type * as z from 'zod';
import type { Evidence } from '../../engine/types.js';
import type { AuditorPermissions } from './auditPermissions.js';

/** One org, read only: there is no verb that writes. Every answer is evidence, and its shape was checked. */
export type OrgReader = {
  username: string;
  /** 18 characters. */
  orgId: string;
  namespace?: string;
  /** `https://acme.my.salesforce.com`; only an address with https. */
  instanceUrl?: string;
  /** Of the API, such as `67.0`. */
  version: string;
  /** What the org runs, as it labels its newest API version: `Winter '27`. */
  release?: string;
  query: Query;
  toolingQuery: Query;
  /** Asks queries ahead, five in one call. It gives nothing: `query` and `toolingQuery` then find the answers. */
  ahead(api: 'query' | 'toolingQuery', soqls: readonly string[]): void;
  /** `soql` begins with `SELECT COUNT()`. */
  count(soql: string): Promise<Evidence<number>>;
  /** The names of the fields that the org shows to this user. */
  describe(object: string): Promise<Evidence<ReadonlySet<string>>>;
  /**
   * True only if the object of this query is proven not to exist here: the query was refused as INVALID_TYPE, describe
   * answers 404, and `since`, the API version that brought the object, is not above the one in use.
   */
  isUnknown(soql: string, since: number): Promise<boolean>;
  /** Full names of the components of a Metadata API type. */
  listMetadata(type: string): Promise<Evidence<readonly string[]>>;
  /** The same components, and how each belongs to a package. */
  listComponents(type: string): Promise<Evidence<readonly MetadataComponent[]>>;
  /**
   * Components; every value is a string. A component that the org does not give makes it partial. With `keep`, for a
   * type that carries a secret: nothing but these elements leaves the reader, and the answer is not kept.
   */
  readMetadata(
    type: string,
    fullNames: readonly string[],
    keep?: readonly string[]
  ): Promise<Evidence<ReadonlyArray<Record<string, unknown>>>>;
  /** What the auditing user may do, of the permissions that matter here. */
  viewer(): Promise<Evidence<AuditorPermissions>>;
};

/** `state`: ManageableState of the Metadata API, such as `unmanaged`, `released`, `installed`. */
export type MetadataComponent = { fullName: string; id?: string; state?: string };

export type Query = <T>(soql: string, row: z.ZodType<T>) => Promise<Evidence<readonly T[]>>;

/** One read. Identical ones are asked once a run, but for those whose answer may contain a secret. */
export type ReadCall = {
  (path: string, body?: string, secret?: boolean): Promise<unknown>;
  /** Asks queries ahead, in few calls to the composite resource; the answers are found where each is asked for. */
  ahead(composite: string, paths: readonly string[]): void;
};
