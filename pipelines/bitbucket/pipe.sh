#!/bin/sh
# Exit codes: 0 passed, 3 failed, 4 undecided, 1 no report, 2 wrong command line.
# COMMAND: check-package or audit-org. SOURCE_DIRS: folders with commas between them. ORG: the name of the org.
COMMAND="${COMMAND:-check-package}"
case "$COMMAND ${ORG:-}" in
  'check-package '*) ;;
  'audit-org ' | 'audit-org '*[!a-z0-9-]*) echo 'ORG must have lower-case letters, digits and hyphens.' >&2; exit 2 ;;
  'audit-org '*) ;;
  *) echo 'COMMAND must be check-package or audit-org.' >&2; exit 2 ;;
esac
cd "${BITBUCKET_CLONE_DIR:-.}" || exit 1
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
