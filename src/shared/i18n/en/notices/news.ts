import type { news as ru } from '../../ru/notices/news.ts';

export const news: typeof ru = {
  title: 'News',
  all: 'All',
  allLabel: 'All news',
  failed: 'Could not load the news',
  emptyTitle: 'No news yet',
  empty: 'School announcements will appear here.',
  unread: 'Unread.',
  fresh: 'Show new',
  place: 'Where you are',
  articleFailed: 'Could not load this announcement',
  goneTitle: 'There is no such announcement',
  gone: 'It may have been taken down, or it was not for your course.',
};
