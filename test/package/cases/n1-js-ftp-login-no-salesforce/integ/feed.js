const ftp = require('basic-ftp');
const express = require('express');
const app = express();
app.post('/login', (req, res) => res.json({ ok: true }));
async function main() {
  const conn = new ftp.Client();
  await conn.access({ host: 'ftp.acme.example', user: process.env.FTP_USER, password: process.env.FTP_PASSWORD });
  await conn.login(process.env.FTP_USER, process.env.FTP_PASSWORD);
  await conn.downloadTo('accounts.csv', 'accounts.csv');
}
main();
