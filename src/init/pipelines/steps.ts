/** An org of a pipeline, by the alias that it gets there: letters, digits and hyphens only. */
export type PipelineOrg = { alias: string };

/** What a pipeline file is made for. */
export type PipelineInput = {
  orgs: readonly PipelineOrg[];
  /** As given; empty: check-package finds the project itself. `undefined`: there is no package to check. */
  sourceDirs?: readonly string[];
  plugin: { name: string; version: string };
};

type Part = (input: PipelineInput) => readonly string[];
type Parts = { head: Part; packageJob: Part; orgJobs: Part; fleetJob: Part; end?: readonly string[] };

/** The lines of a file: only the jobs for what there is, a package, orgs, several orgs. */
export const pipelineFile = (
  input: PipelineInput,
  { head, packageJob, orgJobs, fleetJob, end = [] }: Parts
): string =>
  [
    ...head(input),
    ...(input.sourceDirs === undefined ? [] : packageJob(input)),
    ...(input.orgs.length === 0 ? [] : orgJobs(input)),
    ...(input.orgs.length > 1 ? fleetJob(input) : []),
    ...end,
    '',
  ].join('\n');

/** Versions that a pipeline installs. The tests keep them at those that this plugin is tested with. */
export const pinned = { sf: '2.150.6', node: '22.23.3' } as const;

/** Nothing but the two commands that need it leaves the machine. */
export const environment = {
  SF_DISABLE_TELEMETRY: 'true',
  // sf reads the first name, its update plugin the second.
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_DISABLE_AUTOUPDATE: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
} as const;

/** The same as lines of YAML, this many columns in. */
export const environmentLines = (columns: number): string[] =>
  Object.entries(environment).map(([name, value]) => `${' '.repeat(columns)}${name}: '${value}'`);

export const exitCodesNote = 'Exit codes: 0 passed, 3 failed, 4 undecided, 1 no report, 2 wrong command line.';

/** Once a night, in UTC, at a minute when few others start. */
export const nightly = '17 3 * * *';

export const secretNames = ['SF_JWT_KEY_BASE64', 'SF_CLIENT_ID'] as const;
export const settingNames = ['SF_USERNAME', 'SF_INSTANCE_URL'] as const;

const outputs = (report: string, formats: readonly string[]): string =>
  `for format in ${formats.join(' ')}; do set -- "$@" --output-file "reports/${report}.$format"; done`;

/** What the exit code says, in the log of the job. */
const verdict: readonly string[] = [
  'case "$code" in',
  "  0) echo 'The gate passed.' ;;",
  "  3) echo 'The gate FAILED: a finding is neither waived nor justified. The report names it.' ;;",
  "  4) echo 'The gate is UNDECIDED: not everything could be checked. The report says what, and how to close it.' ;;",
  "  *) echo 'There is NO REPORT: nothing could be evaluated.' ;;",
  'esac',
  'exit "$code"',
];

/**
 * Runs a command, compares with the baseline if there is one, and ends with the exit code of the gate. The baseline is a
 * file of the repository. No run writes it: a report of the default branch becomes the baseline when it is committed,
 * and so when it is approved. A pull request, a red run or a poisoned cache cannot move it.
 */
const run = (command: string, report: string, flags: readonly string[]): string[] => [
  'mkdir -p reports',
  `report="reports/${report}.json" baseline="baseline/${report}.json"`,
  'rm -f "${report%.json}".*',
  'if [ -f security-review.yml ]; then sf security-review check-policy --days 30; fi',
  ...flags,
  'if [ -f "$baseline" ]; then set -- "$@" --previous "$baseline" --gate-on new; fi',
  outputs(report, ['json', 'html', 'md', 'sarif', 'junit.xml']),
  'code=0',
  `sf security-review ${command} "$@" || code=$?`,
  'if [ "$code" -eq 0 ]; then echo "In a run of the default branch, $report can become the baseline: commit it as $baseline."; fi',
  ...verdict,
];

/** The lines of a script inside a file, further in. */
export const indented = (lines: readonly string[], columns: number): string =>
  lines.map((line) => `${' '.repeat(columns)}${line}`).join('\n');

/** The folder of the repository with the tarball of the plugin and its SHA-512. */
const vendored = 'tools';

/** For the head of a pipeline file. The plugin has no release yet, so no name of a registry is installed. */
export const tarballNotes = ({ plugin }: Pick<PipelineInput, 'plugin'>): string[] => {
  const tarball = `${plugin.name}-${plugin.version}.tgz`;
  return [
    `The plugin has no release in a registry. Commit its tarball as ${vendored}/${tarball}, and in that folder the`,
    `output of: sha512sum ${tarball} > ${tarball}.sha512`,
    'The baseline is a committed file: to accept a report, commit reports/<report>.json as baseline/<report>.json.',
  ];
};

/** The end of the comment at the head of a YAML file. */
export const closingNotes = (input: PipelineInput): string[] =>
  [...tarballNotes(input), exitCodesNote].map((line) => `# ${line}`);

/** A plugin that Salesforce did not sign asks before it is installed; the allowlist answers. */
export const install = ({ plugin }: Pick<PipelineInput, 'plugin'>): string[] => {
  const tarball = `${plugin.name}-${plugin.version}.tgz`;
  return [
    `npm install --global @salesforce/cli@${pinned.sf}`,
    `(cd ${vendored} && sha512sum --check ${tarball}.sha512)`,
    `sf plugins trust allowlist add --name "file://$PWD/${vendored}/${tarball}"`,
    `sf plugins install "file://$PWD/${vendored}/${tarball}"`,
  ];
};

/** The same, of the tarball in the variable TARBALL, whose SHA-512 is in the variable SHA512. */
export const installGiven: readonly string[] = [
  `npm install --global @salesforce/cli@${pinned.sf}`,
  `printf '%s  %s' "$SHA512" "$TARBALL" | sha512sum --check --strict -`,
  'sf plugins trust allowlist add --name "file://$PWD/$TARBALL"',
  'sf plugins install "file://$PWD/$TARBALL"',
];

/** Checks the source of the package. POSIX sh without a backslash, so that it runs on every image, and is valid in Groovy. */
export const check = ({ sourceDirs = [] }: Pick<PipelineInput, 'sourceDirs'>): string[] => [
  'set -eu',
  ...run('check-package', 'package', [
    `set -- ${sourceDirs.map((folder) => `--source-dir '${folder}'`).join(' ')}`.trimEnd(),
  ]),
];

const givenFolders: readonly string[] = [
  'set -f; IFS=,; set --',
  'for folder in ${SOURCE_DIRS:-}; do set -- "$@" --source-dir "$folder"; done',
  'unset IFS; set +f',
];

/** The same, of the folders in the variable SOURCE_DIRS, with commas between them; empty: the project of the repository. */
export const checkGiven: readonly string[] = ['set -eu', ...run('check-package', 'package', givenFolders)];

/** Logs in to the org $ORG, and out when the script ends. The key lives in a folder of its own, and no longer than that. */
const logIn: readonly string[] = [
  'secrets="$(mktemp -d)"',
  `trap 'sf org logout --target-org "$ORG" --no-prompt > /dev/null 2>&1 || true; rm -rf "$secrets"' EXIT`,
  `(umask 077; printf '%s' "$SF_JWT_KEY_BASE64" | base64 -d > "$secrets/server.key")`,
  'set -- --jwt-key-file "$secrets/server.key" --client-id "$SF_CLIENT_ID" --username "$SF_USERNAME"',
  'sf org login jwt "$@" --instance-url "$SF_INSTANCE_URL" --alias "$ORG"',
];

/** Logs in to the org $ORG, audits it, logs out. */
export const audit: readonly string[] = ['set -eu', ...logIn, ...run('audit-org', 'org-$ORG', ['set -- --target-org "$ORG"'])];

/** What the variable COMMAND names, check-package or audit-org, as above. */
export const reviewGiven: readonly string[] = [
  'set -eu',
  'if [ "$COMMAND" = audit-org ]; then',
  '  name="org-$ORG"',
  ...logIn.map((line) => `  ${line}`),
  'else',
  '  name=package',
  'fi',
  ...run('"$COMMAND"', '$name', [
    ...givenFolders,
    'if [ "$COMMAND" = audit-org ]; then set -- --target-org "$ORG"; fi',
  ]),
];

/** Joins the reports of all orgs into one, with one gate. A fleet in which the report of an org is missing does not pass. */
export function mergeStep(orgs: readonly PipelineOrg[]): string[] {
  return [
    'set -eu',
    'missing=',
    `for org in ${orgs.map(({ alias }) => alias).join(' ')}; do`,
    '  if [ ! -f "reports/org-$org.json" ]; then missing="$missing $org"; fi',
    'done',
    'set -- reports/org-*.json',
    outputs('fleet', ['json', 'html', 'md']),
    'code=0',
    'sf security-review merge-reports "$@" || code=$?',
    'if [ -n "$missing" ]; then',
    '  echo "The fleet is incomplete, there is no report of:$missing."',
    '  if [ "$code" -eq 0 ]; then code=4; fi',
    'fi',
    ...verdict,
  ];
}
