import { sessionPlaceholder } from './errors.js';

const namespace = 'http://soap.sforce.com/2006/04/metadata';

/** The envelope of one Metadata API call. `inner` is XML that is already escaped. */
export const envelope = (action: 'readMetadata' | 'listMetadata', inner: string): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">',
    `<soapenv:Header><SessionHeader xmlns="${namespace}"><sessionId>${sessionPlaceholder}</sessionId></SessionHeader></soapenv:Header>`,
    `<soapenv:Body><${action} xmlns="${namespace}">${inner}</${action}></soapenv:Body>`,
    '</soapenv:Envelope>',
  ].join('');

/** Text as the content of an element. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * The content of `<…Response>`, or `undefined` if the answer is not one. `parsed` is what jsforce makes of XML: an
 * object whose names keep their prefixes, an element without content as an empty string.
 */
export const responseOf = (parsed: unknown, action: string): Record<string, unknown> | undefined => {
  const body = child(child(parsed, 'Envelope'), 'Body');
  const response = child(body, `${action}Response`);
  return response === undefined ? undefined : elementsOf(response);
};

/** One element is not a list, and no element is nothing. */
export const elementList = (element: unknown): readonly unknown[] =>
  element === undefined || element === '' ? [] : Array.isArray(element) ? element : [element];

/** The content of an element; one without content comes as text. */
export const elementsOf = (element: unknown): Record<string, unknown> => (isObject(element) ? element : {});

/** An object, and no list. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const child = (parent: unknown, name: string): unknown =>
  isObject(parent) ? Object.entries(parent).find(([key]) => key === name || key.endsWith(`:${name}`))?.[1] : undefined;
