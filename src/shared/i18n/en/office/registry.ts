import { en } from '../../plural.ts';
import type { registry as ru } from '../../ru/office/registry.ts';

export const registry: typeof ru = {
  title: 'Registrations',
  count: (n) => en(n, '# student', '# students'),
  download: 'Download Excel',
  fileWritten: (when, rows) => `The file was written ${when}, ${en(rows, '# row', '# rows')} in it`,
  fileBehind: 'New rows are added within seconds.',
  noFile: 'The file appears after the first registration.',
  load: 'The registrations could not be loaded',
  empty: 'No registrations yet',
  emptyText: 'Students appear here and in the Excel table as soon as they register.',
  emptyAction: 'Open the registration page',
  table: 'Registered students, newest first',
  column: {
    registered: 'When',
    name: 'Last and first name',
    email: 'Email',
    phone: 'Phone',
    verified: 'Sign-in',
  },
  verified: 'Email confirmed',
  notVerified: 'Not signed in yet',
  noPhone: 'no phone',
  pages: 'Pages',
  page: (n, of) => `Page ${n} of ${of}`,
  before: 'Newer',
  after: 'Older',
};
