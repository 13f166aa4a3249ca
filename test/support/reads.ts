import type { OrgRequest } from '../../simulator/index.js';

/** Of the Metadata API; nothing else of SOAP is spoken. */
const readingActions = ['listMetadata', 'readMetadata', 'describeMetadata'];

type Composite = { compositeRequest?: ReadonlyArray<Record<string, unknown>> };

/** Whether every part is a GET of a path, without a body. */
const isReadingComposite = (body: string): boolean => {
  const { compositeRequest = [] } = JSON.parse(body) as Composite;
  return (
    compositeRequest.length > 0 &&
    compositeRequest.every(
      ({ method, url, ...rest }) =>
        method === 'GET' && String(url).startsWith('/services/data/') && Object.keys(rest).join() === 'referenceId'
    )
  );
};

/** The whole list of what may be sent to an org, written without a look at the code that sends it. */
export const isRead = ({ method, path, body, soapAction }: OrgRequest): boolean => {
  if (method === 'GET') return body === '';
  if (method !== 'POST') return false;
  if (path === '/services/oauth2/token') return true;
  if (/^\/services\/data\/v\d+\.0\/(?:tooling\/)?composite$/.test(path)) return isReadingComposite(body);
  return /^\/services\/Soap\/m\/\d+\.0$/.test(path) && readingActions.includes(soapAction ?? '');
};

/** What was sent that is not a read. */
export const writesIn = (requests: readonly OrgRequest[]): string[] =>
  requests.filter((request) => !isRead(request)).map(({ text, body }) => `${text} ${body.slice(0, 200)}`);
