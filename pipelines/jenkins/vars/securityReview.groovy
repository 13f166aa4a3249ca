// A step of a shared library, for an agent with Node.js and npm:
//   docker.image('node:22.23.3-bookworm').inside { securityReview(tarball: '…', sha512: '…') }
// Parameters: tarball and sha512 of the plugin, command (check-package or audit-org), sourceDirs with commas between
// them, org (its four credentials are those of docs/pipelines.md).
// A gate that failed (exit code 3) fails the build; one that is undecided (4) makes it unstable.
def call(Map given) {
    String org = given.org ?: ''
    String command = given.command ?: 'check-package'
    boolean audits = command == 'audit-org'
    if (!(command in ['check-package', 'audit-org'])) error('command must be check-package or audit-org.')
    if (!(given.sha512 ==~ /[0-9a-f]{128}/)) error('sha512 must have 128 hexadecimal digits.')
    if (audits && !(org ==~ /[a-z0-9-]+/)) error('org must have lower-case letters, digits and hyphens.')
    List values = [
        'SF_DISABLE_TELEMETRY=true',
        'SF_AUTOUPDATE_DISABLE=true',
        'SF_DISABLE_AUTOUPDATE=true',
        'SF_SKIP_NEW_VERSION_CHECK=true',
        "HOME=${env.WORKSPACE_TMP}", "NPM_CONFIG_PREFIX=${env.WORKSPACE_TMP}/npm",
        "PATH+NPM=${env.WORKSPACE_TMP}/npm/bin",
        "TARBALL=${given.tarball}", "SHA512=${given.sha512}", "SOURCE_DIRS=${given.sourceDirs ?: ''}",
        "COMMAND=${command}", "ORG=${org}"
    ]
    String report = audits ? "org-${org}" : 'package'
    int code = 1
    try {
        withEnv(values) {
            sh '''
                set -eu
                npm install --global @salesforce/cli@2.150.6
                printf '%s  %s' "$SHA512" "$TARBALL" | sha512sum --check --strict -
                sf plugins trust allowlist add --name "file://$PWD/$TARBALL"
                sf plugins install "file://$PWD/$TARBALL"
            '''
            Closure review = {
                code = sh(returnStatus: true, script: '''
                    set +x
                    set -eu
                    if [ "$COMMAND" = audit-org ]; then
                      name="org-$ORG"
                      secrets="$(mktemp -d)"
                      trap 'sf org logout --target-org "$ORG" --no-prompt > /dev/null 2>&1 || true; rm -rf "$secrets"' EXIT
                      (umask 077; printf '%s' "$SF_JWT_KEY_BASE64" | base64 -d > "$secrets/server.key")
                      set -- --jwt-key-file "$secrets/server.key" --client-id "$SF_CLIENT_ID" --username "$SF_USERNAME"
                      sf org login jwt "$@" --instance-url "$SF_INSTANCE_URL" --alias "$ORG"
                    else
                      name=package
                    fi
                    mkdir -p reports
                    report="reports/$name.json" baseline="baseline/$name.json"
                    rm -f "${report%.json}".*
                    if [ -f security-review.yml ]; then sf security-review check-policy --days 30; fi
                    set -f; IFS=,; set --
                    for folder in ${SOURCE_DIRS:-}; do set -- "$@" --source-dir "$folder"; done
                    unset IFS; set +f
                    if [ "$COMMAND" = audit-org ]; then set -- --target-org "$ORG"; fi
                    if [ -f "$baseline" ]; then set -- "$@" --previous "$baseline" --gate-on new; fi
                    for format in json html md sarif junit.xml; do set -- "$@" --output-file "reports/$name.$format"; done
                    code=0
                    sf security-review "$COMMAND" "$@" || code=$?
                    if [ "$code" -eq 0 ]; then echo "In a run of the default branch, $report can become the baseline: commit it as $baseline."; fi
                    case "$code" in
                      0) echo 'The gate passed.' ;;
                      3) echo 'The gate FAILED: a finding is neither waived nor justified. The report names it.' ;;
                      4) echo 'The gate is UNDECIDED: not everything could be checked. The report says what, and how to close it.' ;;
                      *) echo 'There is NO REPORT: nothing could be evaluated.' ;;
                    esac
                    exit "$code"
                ''')
            }
            if (!audits) review()
            else withCredentials([
                string(credentialsId: "security-review-${org}-jwt-key", variable: 'SF_JWT_KEY_BASE64'),
                string(credentialsId: "security-review-${org}-client-id", variable: 'SF_CLIENT_ID'),
                string(credentialsId: "security-review-${org}-username", variable: 'SF_USERNAME'),
                string(credentialsId: "security-review-${org}-instance-url", variable: 'SF_INSTANCE_URL')
            ]) { review() }
        }
    } finally {
        archiveArtifacts(artifacts: "reports/${report}.*", allowEmptyArchive: true)
        junit(testResults: "reports/${report}.junit.xml", allowEmptyResults: true, skipMarkingBuildUnstable: true)
    }
    if (code == 4) unstable('The gate is undecided.')
    else if (code != 0) error("Exit code ${code}: ${code == 3 ? 'the gate failed' : 'there is no report'}.")
}
