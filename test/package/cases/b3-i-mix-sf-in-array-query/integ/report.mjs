import { execFileSync } from 'node:child_process';

execFileSync('sf', ['org', 'login', 'jwt', '--client-id', process.env.ID, '--jwt-key-file', process.env.KEY, '--username', process.env.USER]);
const out = execFileSync('sf', ['data', 'query', '--query', 'SELECT Id FROM Account', '--json']);
console.log(JSON.parse(out).result.totalSize);
