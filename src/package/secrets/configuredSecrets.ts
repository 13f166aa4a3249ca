import type { SecretHit } from './hits.js';
import { namedSecret } from './hardCodedCredentials.js';

type Pattern = { files: RegExp; settings: readonly RegExp[] };

/** How settings are written where a value needs no quotes. The first group is the name, the last one the value. */
const PATTERNS: readonly Pattern[] = [
  {
    files:
      /\.(?:ya?ml|properties|env|ini|conf|cfg|toml|tfvars|sh|bash|zsh|bat|cmd)$|(?:^|\/)(?:\.env(?:\.[\w-]+)*|Dockerfile(?:\.[^/]*)?|\.npmrc|\.netrc)$/i,
    settings: [
      // `NAME: value`, `- NAME=value`, `export NAME=value`, `ENV NAME=value`
      /^[ \t]*(?:-[ \t]+)?(?:(?:export|ENV|ARG|set|local|readonly)[ \t]+)?["']?([\w.-]{3,80})["']?[ \t]*[:=][ \t]*(?:(["']?)([^\s"']{8,512})\2)[ \t]*(?:#[^\n]*)?\r?$/gim,
      // `ENV NAME value`
      /^[ \t]*ENV[ \t]+([\w.-]{3,80})[ \t]+["']?([^\s"'=]{8,512})["']?[ \t]*\r?$/gm,
      // A variable of a container: two lines of YAML.
      /^[ \t]*-[ \t]+name:[ \t]*["']?([\w.-]{3,80})["']?[ \t]*\r?\n[ \t]*value:[ \t]*["']?([^\s"']{8,512})["']?[ \t]*\r?$/gm,
    ],
  },
  {
    files: /\.(?:tf|hcl)$/i,
    settings: [/\bvariable\s+"([\w-]{3,80})"\s*\{[^{}]{0,600}?\bdefault\s*=\s*"([^"\s]{8,512})"/g],
  },
  {
    files: /(?<!-meta)\.(?:xml|config|plist|resx|props|targets|settings|pubxml)$|\.(?:cs|vb|fs)proj$/i,
    settings: [
      // `<key>name</key><string>value</string>`
      /<(?:key|name|param-name)>\s{0,20}([\w. -]{3,80}?)\s{0,20}<\/(?:key|name|param-name)>\s{0,40}<(?:string|value|param-value)>\s{0,20}([^<>\s]{8,512})\s{0,20}</g,
      // `<string name="name">value</string>`
      /<[a-z][\w.-]{0,40}\s[^<>]{0,200}?\b(?:name|key)="([\w.-]{3,80})"[^<>]{0,100}>\s{0,40}(?:<value>)?\s{0,20}([^<>\s]{8,512})\s{0,20}</gi,
      // `<add key="name" value="value"/>`
      /<(?:add|entry|property|setting|env|prop|parameter|item|constant|environmentVariable)\b[^<>]{0,200}?\b(?:name|key)="([\w.-]{3,80})"[^<>]{0,200}?\bvalue="([^"<>\s]{8,512})"/gi,
      // `<clientSecret>value</clientSecret>`
      /<([\w.-]{3,60})>\s{0,20}([^<>\s]{8,512})\s{0,20}<\/\1>/g,
    ],
  },
];

/** `must-have-8-characters`: words and numbers, the name of something or a message. */
const isPhrase = /^[a-z]+(?:[-_.](?:[a-z]+|\d+))+$/i;

/** Secrets among the settings of a file of configuration or of a script. */
export function configuredSecrets(path: string, text: string): SecretHit[] {
  const pattern = PATTERNS.find(({ files }) => files.test(path));
  if (pattern === undefined || text.slice(0, 5000).includes('"http://soap.sforce.com/2006/04/metadata"')) return [];
  return pattern.settings.flatMap((setting) =>
    [...text.matchAll(setting)].flatMap((match) => {
      const [whole, name = ''] = match;
      const value = match.at(-1) ?? '';
      return isPhrase.test(value) ? [] : namedSecret(name, value, match.index + whole.lastIndexOf(value));
    })
  );
}
