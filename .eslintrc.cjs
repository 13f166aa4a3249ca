/** Layers as prohibitions. They match the import text, so no module resolver can fail silently. */
const layer = (files, forbidden, message) => ({
  files,
  excludedFiles: ['**/controls/index.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: forbidden, message }] }] },
});
const shell = ['**/render/**', '**/cli/**', '**/commands/**'];
const salesforceLibraries = ['@salesforce/**', '@jsforce/**', '@oclif/**'];

module.exports = {
  root: true,
  extends: ['eslint-config-salesforce-typescript'],
  parserOptions: {
    project: ['./tsconfig.json', './test/tsconfig.json'],
    tsconfigRootDir: __dirname,
    // The parser's own list of libraries ends here; types come from the project.
    lib: ['es2023'],
    sourceType: 'module',
  },
  settings: {
    'import/resolver': { [require('node:path').join(__dirname, 'scripts', 'tools', 'importResolver.cjs')]: {} },
    'import/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    'import/extensions': ['.ts', '.tsx'],
  },
  ignorePatterns: ['lib/', 'test/package/cases/', 'node_modules/', '*.cjs', '*.js', '*.mjs'],
  rules: {
    // The licence stands in LICENSE and package.json, not in every file.
    header: 'off',
    'header/header': 'off',
    // The judges and tables are arrow functions whose types come from their context.
    '@typescript-eslint/explicit-function-return-type': [
      'error',
      { allowTypedFunctionExpressions: true, allowExpressions: true },
    ],
    // Every library is part of the bundle, so npm installs none of them for a user.
    'import/no-extraneous-dependencies': ['error', { devDependencies: true }],
    'class-methods-use-this': 'off',
    'arrow-body-style': ['error', 'as-needed'],
    // Prettier decides, in comments, too.
    '@typescript-eslint/quotes': 'off',
    '@typescript-eslint/member-delimiter-style': 'off',
    '@typescript-eslint/type-annotation-spacing': 'off',
    'jsdoc/check-alignment': 'off',
    'jsdoc/check-indentation': 'off',
    'jsdoc/tag-lines': 'off',
    // They are given no names to refuse.
    'id-blacklist': 'off',
    'id-match': 'off',
  },
  overrides: [
    {
      // The rules about commands and messages; each of them reads the messages again for each file.
      files: ['src/cli/**', 'src/commands/**', 'src/hooks/**'],
      extends: ['plugin:sf-plugin/recommended'],
      // -o is --target-org here, too; the rule only knows sf's own flag of that name.
      rules: { 'sf-plugin/dash-o': 'off' },
    },
    layer(
      ['src/engine/**'],
      // node:crypto is a pure function here: the hash of a fingerprint.
      ['**/org/**', '**/package/**', '**/policy/**', ...shell, '@*/**', 'node:*', '!node:crypto'],
      'The engine is pure and knows no domain.'
    ),
    layer(
      ['src/salesforce/**'],
      ['**/org/**', '**/package/**', '**/policy/**', '**/engine/**', ...shell, '@*/**', 'node:*'],
      'Knowledge about Salesforce is plain data and pure functions.'
    ),
    layer(
      ['src/policy/**'],
      ['**/org/**', '**/package/**', ...shell, ...salesforceLibraries, 'fast-xml-parser'],
      "The policy knows the engine's types only."
    ),
    layer(
      ['src/org/**'],
      [
        '**/package/**',
        '**/policy/**',
        ...shell,
        '@salesforce/sf-plugins-core',
        '@salesforce/core',
        '@oclif/**',
        'fast-xml-parser',
      ],
      'The org domain knows the engine and Salesforce only; only org/client touches a Connection.'
    ),
    layer(
      ['src/org/client/openOrg.ts', 'src/org/client/transport.ts'],
      ['**/package/**', '**/policy/**', ...shell, '@salesforce/sf-plugins-core', '@oclif/**', 'fast-xml-parser'],
      'The reader knows the engine and a Connection only.'
    ),
    layer(
      ['src/package/**'],
      ['**/org/**', '**/policy/**', ...shell, ...salesforceLibraries, 'fast-xml-parser'],
      'The package domain knows the engine and Salesforce only; XML is read in package/parsing/xml.ts.'
    ),
    layer(
      ['src/package/parsing/xml.ts'],
      ['**/org/**', '**/policy/**', ...shell, ...salesforceLibraries],
      'The package domain knows the engine and Salesforce only.'
    ),
    layer(
      ['src/submission/**'],
      [
        '**/org/**',
        '**/package/controls/**',
        '**/package/collectors/**',
        '**/policy/**',
        ...shell,
        ...salesforceLibraries,
      ],
      'The submission knows the engine, Salesforce and the facts of a package.'
    ),
    layer(
      ['src/incident/**'],
      // node:crypto is a pure function here: the sum of a document.
      [
        '**/org/*.js',
        '**/collectors/**',
        '**/controls/**',
        '**/package/**',
        '**/policy/**',
        '**/cli/**',
        '**/commands/**',
        ...salesforceLibraries,
        'node:*',
        '!node:crypto',
      ],
      'The documents of an incident are pure: they know the facts of an org, and how text is written.'
    ),
    layer(
      ['src/evidence/**'],
      ['**/org/**', '**/package/**', '**/policy/**', ...shell, ...salesforceLibraries, 'fast-xml-parser'],
      "Evidence knows the engine's types only."
    ),
    layer(
      ['src/render/**'],
      ['**/org/**', '**/package/**', '**/policy/**', '**/cli/**', '**/commands/**', ...salesforceLibraries],
      'A renderer knows the report only.'
    ),
    layer(
      ['src/init/**'],
      ['**/collectors/**', '**/controls/**', '**/cli/**', '**/commands/**', ...salesforceLibraries, 'node:*'],
      'A first policy and its pipeline are text, made of facts: no I/O, no domain at work.'
    ),
    layer(
      ['src/cli/**'],
      ['**/org/**', '**/package/**', '**/commands/**', 'fast-xml-parser'],
      'What commands share knows no domain.'
    ),
    layer(
      ['src/commands/**', 'src/hooks/**'],
      ['**/controls/**', '**/collectors/**', '@jsforce/**', 'fast-xml-parser'],
      'A command knows domains as a whole.'
    ),
    layer(
      ['src/*/controls/**'], // last match wins, so it repeats the bans above
      [
        '**/org/**',
        '**/package/**',
        '**/policy/**',
        ...shell,
        '**/client/**',
        '**/source/**',
        '**/reading/**',
        '**/collectors/**',
        './*.js',
        'node:*',
        '@*/**',
      ],
      'A judge is pure and knows no other control.'
    ),
    {
      files: ['test/**', 'scripts/**', 'simulator/**'],
      rules: {
        '@typescript-eslint/no-unused-expressions': 'off',
        'no-console': 'off',
        'import/no-extraneous-dependencies': 'off',
        'no-param-reassign': ['error', { props: false }],
        // A value without a type, such as parsed JSON, may be handed on; to read from it or to call it stays refused.
        '@typescript-eslint/no-unsafe-argument': 'off',
        '@typescript-eslint/no-unsafe-assignment': 'off',
        '@typescript-eslint/no-unsafe-return': 'off',
      },
    },
  ],
};
