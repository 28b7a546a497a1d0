/** `npm run check:imports`: who imports whom, what files are called, and who speaks to the database. */
import { fileURLToPath } from 'node:url';
import { checkSources } from './rules.ts';
import { readSources } from './source-tree.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = await readSources(root);
const violations = checkSources(sources);
for (const { path, line, message } of violations) process.stderr.write(`${path}:${line} ${message}\n`);
process.stdout.write(
  violations.length === 0
    ? `${sources.length} files keep to the rules.\n`
    : `${violations.length} violations in ${sources.length} files.\n`,
);
process.exitCode = violations.length === 0 ? 0 : 1;
