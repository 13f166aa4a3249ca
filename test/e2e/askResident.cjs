// sf for a program that starts it: `node askResident.cjs SOCKET ARGUMENT…` has the command run at the other end of the
// socket, where a process of sf stays, and ends as the command ends. Plain JavaScript, so that its start costs nothing.
const { connect } = require('node:net');

const [, , socket, ...args] = process.argv;
const connection = connect(socket);
connection.end(JSON.stringify({ args, cwd: process.cwd(), env: process.env }));
let answer = '';
connection.setEncoding('utf8').on('data', (part) => (answer += part));
connection.on('end', () => {
  const { code, stdout, stderr } = JSON.parse(answer);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = code;
});
