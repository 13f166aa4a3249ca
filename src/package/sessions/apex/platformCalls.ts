import type { Expression } from './syntax.js';

/** What the methods of the platform do with a value, as far as a session id can pass through them. */

/** They answer a question about the value; the value does not come out. */
const questions: ReadonlySet<string> = new Set(
  (
    'isrunningtest isblank isnotblank isempty isnotempty equals equalsignorecase contains containsignorecase ' +
    'startswith endswith startswithignorecase length size indexof lastindexof indexofignorecase hashcode compareto ' +
    'containskey assert assertequals assertnotequals ordinal countmatches matches settimeout isnumeric isalphanumeric '
  ).split(' ')
);

/** They change the object on which they are called. */
const mutators: ReadonlySet<string> = new Set(
  (
    'put putall add addall set append setheader setbody setbodyasblob setbodydocument setendpoint setmethod ' +
    'setclientcertificatename setcompressed setredirect write writestring writestringfield writecharacters writeattribute ' +
    'writeobject writeobjectfield writefieldname addtextnode setattribute setattributens writestartdocument ' +
    'writeenddocument writestartelement writeendelement writeemptyelement writecdata writecomment writenamespace ' +
    'writedefaultnamespace writestartobject writeendobject writestartarray writeendarray writenumberfield writebooleanfield'
  ).split(' ')
);

/** What comes out is made of what goes in. */
const transforms: ReadonlySet<string> = new Set(
  (
    'substring substringafter substringbefore substringbetween substringafterlast substringbeforelast trim replace ' +
    'replaceall replacefirst split format tostring toexternalform tolowercase touppercase remove removestart removeend ' +
    'left right mid get values keyset join clone deepclone normalizespace deletewhitespace escapehtml4 escapexml ' +
    'unescapehtml4 striphtmltags abbreviate getbody getheader getheaders getendpoint iterator next getparameters geturl ' +
    'gethost getprotocol getpath getauthority getasstring toxmlstring valueof reverse center leftpad rightpad topdf ' +
    'createrootelement getrootelement addchildelement getchildelement getchildelements getparent insertbefore ' +
    'orelse getxmlstring getcontent getcontentaspdf getbodyasblob group getchildren gettext getaschars tostringpretty'
  ).split(' ')
);
const transforming: ReadonlySet<string> = new Set([
  'string',
  'encodingutil',
  'json',
  'blob',
  'pattern',
  'url',
  'object',
  'id',
]);

/** What comes out says the same, in another encoding. */
const keeping: ReadonlySet<string> = new Set(
  (
    'valueof tostring trim tolowercase touppercase urlencode urldecode escapesinglequotes escapexml escapehtml4 name ' +
    'toexternalform normalizespace deletewhitespace striphtmltags abbreviate intern'
  ).split(' ')
);
export const keepsText = (name: string): boolean => keeping.has(name);

type PlatformCall = 'question' | 'mutator' | 'transform' | 'send' | 'leave' | 'unknown';

/** `path` is the class of a static call, or the dotted name of the receiver. */
export const libraryCall = (path: string, name: string): PlatformCall => {
  const plain = path.replace(/^system\./, '');
  // Nothing can be read out of a digest or a signature.
  if (plain === 'crypto') return /^(?:en|de)crypt/.test(name) ? 'transform' : 'question';
  if (questions.has(name)) return 'question';
  if (transforming.has(plain)) return 'transform';
  if (mutators.has(name)) return 'mutator';
  if (transforms.has(name)) return 'transform';
  return name === 'send' || name === 'addhttprequest' ? 'send' : 'unknown';
};

/** `a.b.c` of a chain of names; `''` of anything else. */
export const dottedName = (expression: Expression | undefined): string => {
  if (expression?.kind === 'name') return expression.name;
  if (expression?.kind !== 'member') return '';
  const of = dottedName(expression.of);
  return of === '' ? '' : `${of}.${expression.name}`;
};

/** A part of an XML document, which changes the document when it is changed. */
const nodes = /^(?:createrootelement|getrootelement|addchildelement|getchildelement|getparent|insertbefore)$/;

/** They put something into a collection, an object or a document. */
export const putsInto =
  /^(?:add|addall|put|putall|set|write\w*|addchildelement|addtextnode|createrootelement|setattribute(?:ns)?)$/;

/** The document or the node that a chain of such calls begins with. */
export const documentOf = (expression: Expression | undefined): Expression | undefined => {
  let at = expression;
  while (at?.kind === 'call' && nodes.test(at.name)) at = at.of;
  return at === expression ? undefined : at;
};

/** What a chain of fields begins with. */
export const baseOf = (expression: Expression): Expression =>
  expression.kind === 'member' ? baseOf(expression.of) : expression;

/** The address of the org itself. */
export const isOwnAddress = (path: string, name: string): boolean =>
  (/^(system\.)?url$/.test(path) && /^(getsalesforcebaseurl|getorgdomainurl|getcurrentrequesturl)$/.test(name)) ||
  /^(system\.)?domaincreator$/.test(path);

export const isSessionId = (path: string, name: string): boolean =>
  name === 'getsessionid' && /^(system\.)?userinfo$/.test(path);

/** Only words like these decide where a session id goes; other literals are not kept. */
export const isTelling = (text: string): boolean =>
  /https?:|\/services\/|\/tooling|\/metadata|\/cometd|callout:|\/apex\/|frontdoor|singleaccess|salesforce\.com|metadata|deploy|retrieve|setting|credential|connectedapp|extlclnt|externalclient|remotesite|remoteproxy|policy/i.test(
    text
  ) || /^(get|post|put|patch|delete)$/i.test(text);

/** Names that developers give to a session ID, and rarely to a document: of a variable, a field, a method, a page. */
const sessionName =
  /session_?(?:id|key|token)|^(?:get|show|generate)?_?(?:vf|api|ui|user|current)?_?session$|^(?:get)?_?(?:vf)?_?s?sid$|_sid$|(?:access|auth|oauth|bearer)_?token|^token$/i;
/** The end of a text that a value follows: a marker, an element, a header, a parameter of an address. */
const sessionText = /(?:session[\s_-]*(?:id|key|token)|\bsid\b|\bbearer\b|authorization|\boauth\b|access_?token)\W*$/i;
/** What is cut out of a text, or asked of what was parsed. */
const sessionKey = /session|\bsid\b/i;
/** What people append to the name of a page that only shows a session id. */
const pageEnding = /_?(?:page|vfp?|visualforce|apex|json|api)$/i;

export const namesSession = (name: string): boolean => sessionName.test(name);
export const announcesSession = (text: string): boolean => sessionText.test(text);
export const asksForSession = (key: string): boolean => sessionKey.test(key);
/** Whether a page that is not in the package is called like one that shows a session id. */
export const pageNamesSession = (page: string): boolean =>
  /(?:^|[a-z_])SID(?=[A-Z_]|$)/.test(page) || namesSession(page.replace(/^\w*?__/, '').replace(pageEnding, ''));
