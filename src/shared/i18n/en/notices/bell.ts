import type { bell as ru } from '../../ru/notices/bell.ts';

export const bell: typeof ru = {
  title: 'Notifications',
  settings: 'Settings',
  news: 'All news',
  failed: 'Could not load notifications',
  emptyTitle: 'No notifications yet',
  empty: 'Teachers’ replies, grades, new topics and school news will appear here.',
  emptyTeacher: 'Students’ questions will appear here.',
  unseen: 'New.',
  fresh: 'Show new',
  more: 'Show more',
  moreFailed: 'Could not show more',
};
