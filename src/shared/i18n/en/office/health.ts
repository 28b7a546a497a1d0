import { en } from '../../plural.ts';
import type { health as ru } from '../../ru/office/health.ts';

export const health: typeof ru = {
  title: 'Health',
  load: 'The health of the school could not be loaded',
  checkedAt: (time) => `Checked at ${time}`,
  again: 'Check again',
  checking: 'Checking',
  states: { ok: 'Works', warning: 'Take a look', failed: 'Does not work', off: 'Not used' },
  well: 'Everything works.',
  failed: (n) => en(n, '# part of the school does not work', '# parts of the school do not work'),
  warnings: (n) => en(n, '# part to look at', '# parts to look at'),
  advice: 'What to do',
  command: 'On the server npm run doctor shows the same, also when the school is not running.',
  dashboard: { title: 'Health of the school', action: 'See' },
};
