/** Whether a text contains a word, in any case. The words are in lower case and consist of letters, digits and `_`. */
export function wordsOfText(text: string): (word: string) => boolean {
  // The only two characters whose lower case is a letter of ASCII.
  const lower = text.replace(/[\u0130\u212A]/g, '?').toLowerCase();
  return (word) => {
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
      if (!isWordCharacter(lower.charCodeAt(at - 1)) && !isWordCharacter(lower.charCodeAt(at + word.length)))
        return true;
    }
    return false;
  };
}

/** Outside of the text the code is not a number. */
function isWordCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95;
}
