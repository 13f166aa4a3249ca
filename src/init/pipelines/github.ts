import {
  audit,
  check,
  closingNotes,
  environmentLines,
  indented,
  install,
  mergeStep,
  nightly,
  pinned,
  pipelineFile,
  type PipelineInput,
} from './steps.js';

/** Actions by commit: a tag can be moved, a commit cannot. */
const actions = {
  checkout: 'actions/checkout@d23441a48e516b6c34aea4fa41551a30e30af803 # v6.1.0',
  setupNode: 'actions/setup-node@249970729cb0ef3589644e2896645e5dc5ba9c38 # v6.5.0',
  upload: 'actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0',
  download: 'actions/download-artifact@37930b1c2abaa49bbe596cd826c3c89aef350131 # v7.0.0',
  sarif: 'github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2',
};

/** A workflow for GitHub Actions. */
export const github = (input: PipelineInput): string =>
  pipelineFile(input, { head, packageJob, orgJobs: orgJob, fleetJob });

const head = (input: PipelineInput): string[] => [
  '# Checks the package on every pull request, and package and orgs every night.',
  '# For each org: an environment security-review-<org> with the secrets SF_JWT_KEY_BASE64 (the private key, base64, one',
  '# line) and SF_CLIENT_ID, and the variables SF_USERNAME and SF_INSTANCE_URL. Pull requests never see them.',
  '# Limit the environments to the default branch, and let a reviewer approve them if an audit needs approval.',
  ...closingNotes(input),
  'name: Salesforce security review',
  'on:',
  '  pull_request:',
  '  workflow_dispatch:',
  '  schedule:',
  `    - cron: '${nightly}'`,
  'permissions:',
  '  contents: read',
  'concurrency:',
  '  group: security-review-${{ github.ref }}-${{ github.event_name }}',
  "  cancel-in-progress: ${{ github.event_name == 'pull_request' }}",
  'env:',
  ...environmentLines(2),
  'jobs:',
];

const setUp = (input: PipelineInput): string[] => [
  `      - uses: ${actions.setupNode}`,
  '        with:',
  `          node-version: '${pinned.node}'`,
  '          package-manager-cache: false # a poisoned cache must not reach a job with secrets',
  '      - name: Install',
  '        run: |',
  indented(install(input), 10),
];

/** Also after a gate that failed: that is when the report is read. */
const upload = (report: string): string[] => [
  `      - uses: ${actions.upload}`,
  '        if: ${{ !cancelled() }}',
  '        with:',
  `          name: security-review-${report}`,
  '          path: reports',
  '          if-no-files-found: ignore',
  '          overwrite: true # a job that runs again replaces its reports',
  '          retention-days: 30',
];

const packageJob = (input: PipelineInput): string[] => [
  '  package:',
  '    runs-on: ubuntu-latest',
  '    timeout-minutes: 60',
  '    permissions:',
  '      contents: read',
  '      security-events: write',
  '    steps:',
  `      - uses: ${actions.checkout}`,
  '        with:',
  '          fetch-depth: 0 # the newest tag says what was released',
  '          persist-credentials: false',
  ...setUp(input),
  '      - name: Check the package',
  '        run: |',
  indented(check(input), 10),
  `      - uses: ${actions.sarif}`,
  '        # Pull requests of forks and of Dependabot may not write to code scanning.',
  "        if: ${{ !cancelled() && hashFiles('reports/package.sarif') != '' && github.actor != 'dependabot[bot]' && (github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository) }}",
  '        with:',
  '          sarif_file: reports/package.sarif',
  '          category: security-review',
  ...upload('package'),
];

const orgJob = (input: PipelineInput): string[] => [
  '  org:',
  "    if: ${{ github.event_name != 'pull_request' }}",
  '    runs-on: ubuntu-latest',
  '    timeout-minutes: 60',
  '    strategy:',
  '      fail-fast: false',
  '      matrix:',
  '        org:',
  ...input.orgs.map(({ alias }) => `          - '${alias}'`),
  '    environment: security-review-${{ matrix.org }}',
  '    steps:',
  `      - uses: ${actions.checkout}`,
  '        with:',
  '          persist-credentials: false',
  ...setUp(input),
  '      - name: Audit the org',
  '        env:',
  '          ORG: ${{ matrix.org }}',
  '          SF_JWT_KEY_BASE64: ${{ secrets.SF_JWT_KEY_BASE64 }}',
  '          SF_CLIENT_ID: ${{ secrets.SF_CLIENT_ID }}',
  '          SF_USERNAME: ${{ vars.SF_USERNAME }}',
  '          SF_INSTANCE_URL: ${{ vars.SF_INSTANCE_URL }}',
  '        run: |',
  indented(audit, 10),
  ...upload('org-${{ matrix.org }}'),
];

const fleetJob = (input: PipelineInput): string[] => [
  '  fleet:',
  "    if: ${{ !cancelled() && github.event_name != 'pull_request' }}",
  '    needs: org',
  '    runs-on: ubuntu-latest',
  '    timeout-minutes: 60',
  '    steps:',
  `      - uses: ${actions.checkout}`,
  '        with:',
  '          persist-credentials: false',
  ...setUp(input),
  `      - uses: ${actions.download}`,
  '        with:',
  '          pattern: security-review-org-*',
  '          path: reports',
  '          merge-multiple: true',
  '      - name: Merge the reports',
  '        run: |',
  indented(mergeStep(input.orgs), 10),
  ...upload('fleet'),
];
