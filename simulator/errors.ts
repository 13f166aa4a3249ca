/** An error as Salesforce REST answers it: an HTTP status and one `{ errorCode, message }` in an array. */
export class SalesforceError extends Error {
  public constructor(
    public readonly status: number,
    public readonly errorCode: string,
    message: string
  ) {
    super(message);
  }
}

export function invalidType(object: string): SalesforceError {
  return new SalesforceError(
    400,
    'INVALID_TYPE',
    `sObject type '${object}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`
  );
}

export function noSuchColumn(field: string, object: string): SalesforceError {
  return new SalesforceError(
    400,
    'INVALID_FIELD',
    `No such column '${field}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`
  );
}

export function noSuchRelationship(relationship: string): SalesforceError {
  return new SalesforceError(
    400,
    'INVALID_FIELD',
    `Didn't understand relationship '${relationship}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`
  );
}

export function malformed(message: string): SalesforceError {
  return new SalesforceError(400, 'MALFORMED_QUERY', message);
}

export function invalidField(message: string): SalesforceError {
  return new SalesforceError(400, 'INVALID_FIELD', message);
}

export function notFound(): SalesforceError {
  return new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

export function insufficientAccess(): SalesforceError {
  return new SalesforceError(403, 'INSUFFICIENT_ACCESS', 'insufficient access rights on cross-reference id');
}
