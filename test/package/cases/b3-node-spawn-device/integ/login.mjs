import { spawn } from 'node:child_process';

spawn('sf', ['org', 'login', 'device', '--json'], { stdio: 'inherit' });
