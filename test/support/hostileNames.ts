/** Names as an attacker would choose them: each may not do anything but stand there. */
export const hostile = {
  terminal: 'red\u001b[31m\u001b]0;title\u0007 \u009b2Jname\r\nPASS',
  bidi: 'invoice\u202Egnp.exe\u2066\u200B',
  html: '<img src=x onerror=alert(1)>&lt;',
  markdown: '](https://evil.example) [x] **b** `code` ``two`` | cell | @everyone #1 ![i](//e)',
  block: '1. one\n# head\n```sh\n=== ---',
  long: 'x'.repeat(300),
};

/** The same, and what would act in a spreadsheet, in a picture or in a diagram, and no name at all: for documents. */
export const hostileInDocuments = {
  ...hostile,
  formula: '=HYPERLINK("https://evil.example/";"name")',
  script: '\u0085</script></svg><script>alert(1)</script>\u0090q\u009c',
  diagram: '"] --> x\nclick package "javascript:alert(1)"\n%%{init: {"securityLevel": "loose"}}%%\n```',
  empty: '',
};
