/** Whether something is filled in later, or is masked, or is there for show. */
export const isPlaceholder = (value: string): boolean =>
  value === '' ||
  // `__X__`, `{{X}}`, `%%X%%`, `${X}`, `{!$Credential.X}`, `{0}`, `<your secret>`, `[X]`, `:X:`, `$X`
  /^__.+__$|\{\{|\}\}|%%|\$\{|\{!|\{\d+\}|^[<[{(].*[>\]})]$|^%[^%]+%$|^\$[A-Za-z_]/.test(value) ||
  // `********`, `xxxxxxxx`, `00000000`
  new Set(value.toLowerCase().replace(/[^a-z\d*•.]/g, '')).size <= 3 ||
  /placeholder|change_?me|replace|dummy|your[-_ ]|\byour|example|sample|redacted|not[-_ ]?set|todo/i.test(value);

/** Words that occur in a message, a name or a test value, and rarely in a random value. */
const wordy = /secret|passw|token|test|mock|fake|demo|default|required|invalid|label|error/i;

/** Of these words the ones that a password may well have in it: `AcmePassword2024!`. */
const forShow = /token|test|mock|fake|demo|default|required|invalid|label|error/i;

/** Whether a value contains such a word. */
export const isWordy = (value: string): boolean => wordy.test(value);

/**
 * Whether a value looks made by a machine: letters and digits mixed without a pattern. Names, paths, addresses and
 * sentences are not. An id of a record has 15 or 18 characters and says nothing either.
 */
export const looksRandom = (value: string): boolean => {
  if (!/^[\w+/=.~!@#$%^&*:-]{16,4096}$/.test(value) || isPlaceholder(value)) return false;
  if (isWordy(value) || isRecordId(value) || /:\/\/|^[\w-]+(?:\.[a-z]{2,})+(?:\/|$)/.test(value)) return false;
  const plain = value.replace(/[^A-Za-z\d]/g, '');
  const runs = plain.match(/[A-Z]+|[a-z]+|\d+/g) ?? [];
  const numbers = plain.match(/\d+/g) ?? [];
  const mixed = /[A-Z]/.test(plain) && /[a-z]/.test(plain);
  return (
    plain.length >= 16 &&
    numbers.length >= 2 &&
    /[A-Za-z]/.test(plain) &&
    runs.length >= plain.length * (mixed ? 0.3 : 0.22) &&
    entropy(plain) >= 3
  );
};

/** Whether a value that a name calls a password can be one: no word, no name, no sentence. */
export const looksLikePassword = (value: string): boolean =>
  looksRandom(value) ||
  // A word followed by the security token that a login takes.
  looksRandom(value.replace(new RegExp(wordy, 'gi'), '')) ||
  isPasswordWithWords(value) ||
  (/^[\x21-\x7e]{8,64}$/.test(value) &&
    !isPlaceholder(value) &&
    !isWordy(value) &&
    // A name, a path, an address, a merge field.
    !/^[A-Za-z_][\w]*(?:[.-][A-Za-z]\w*)*$|\/|:\/\/|[{}<>()[\]]|__c\b/.test(value) &&
    /[A-Za-z]/.test(value) &&
    /\d/.test(value));

/** A word in both cases, with digits and a sign, as policies of passwords ask for. */
const isPasswordWithWords = (value: string): boolean =>
  /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[!@#$%^&*?+])[A-Za-z\d!@#$%^&*?+._-]{8,64}$/.test(value) &&
  !isPlaceholder(value) &&
  !forShow.test(value);

/** The same where the field of a record is for the password and for nothing else: a short or weak one is also one. */
export const isPasswordOfRecord = (value: string): boolean =>
  /^(?=.*[A-Za-z])(?=.*\d)[\x21-\x7e]{6,64}$/.test(value) &&
  !isPlaceholder(value) &&
  !/\/|[{}<>()[\]]|__c\b/.test(value);

/** Fifteen or eighteen characters with the prefix of an object and a server, such as an org id. */
const isRecordId = (value: string): boolean => /^[a-zA-Z\d]{3}[a-zA-Z\d]{2}0[a-zA-Z\d]{9}(?:[A-Z\d]{3})?$/.test(value);

/** Bits a character, by Shannon. */
const entropy = (value: string): number => {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / value.length) * Math.log2(count / value.length), 0);
};

/** The two shapes in which Salesforce hands out the secret of an app; its key is longer, and has letters of both cases. */
export const isClientSecret = (value: string): boolean => /^(?:[A-Fa-f\d]{64}|\d{15,22})$/.test(value.trim());
