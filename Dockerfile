# Debian slim, Node.js 22, sf and this plugin. At run time it needs no network but the orgs.
# Build it from a tarball that `npm pack` made in this folder:
#   npm pack
#   docker build --build-arg SHA512="$(sha512sum < sf-plugin-security-review-0.1.0.tgz | cut -c1-128)" -t security-review .
# Run it in a project. Reports are written by the user 1000, so the folder must be writable for that user:
#   docker run --rm --network none -v "$PWD:/project" security-review check-package
# An image by digest is more than a tag: set NODE_IMAGE to one that you have checked.
ARG NODE_IMAGE=node:22.23.3-bookworm-slim
FROM ${NODE_IMAGE}
ARG SF_VERSION=2.150.6
ARG TARBALL=sf-plugin-security-review-0.1.0.tgz
ARG SHA512
# git: the plugin asks it which files are tracked, changed and released.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates git \
  && rm -rf /var/lib/apt/lists/*
RUN npm install --global --no-fund --no-audit "@salesforce/cli@${SF_VERSION}" && npm cache clean --force
ENV SF_DISABLE_TELEMETRY=true \
  SF_AUTOUPDATE_DISABLE=true \
  SF_DISABLE_AUTOUPDATE=true \
  SF_SKIP_NEW_VERSION_CHECK=true \
  SF_USE_GENERIC_UNIX_KEYCHAIN=true \
  HOME=/home/node
COPY --chown=node:node ${TARBALL} /opt/plugin.tgz
USER node
# A plugin that Salesforce did not sign asks before it is installed; the allowlist answers.
RUN printf '%s  /opt/plugin.tgz\n' "${SHA512}" | sha512sum --check --strict - \
  && test "$(tar -xOf /opt/plugin.tgz package/package.json | node -p 'JSON.parse(require("fs").readFileSync(0)).name')" = sf-plugin-security-review \
  && sf plugins trust allowlist add --name file:///opt/plugin.tgz \
  && sf plugins install file:///opt/plugin.tgz \
  && sf security-review list-controls > /dev/null \
  && git config --global --add safe.directory /project
WORKDIR /project
ENTRYPOINT ["sf", "security-review"]
CMD ["--help"]
