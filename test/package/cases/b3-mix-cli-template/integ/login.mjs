import { $ } from 'zx';

await $`sf org login device --json`;
