import { QueryClient } from '@tanstack/react-query';
import { createTRPCReact, getQueryKey } from '@trpc/react-query';
import { expect, test } from 'vitest';
import type { AppRouter } from '#server/router.ts';
import { fill } from './sent.ts';

const trpc = createTRPCReact<AppRouter>();

test('what was sent along is found by the hooks that ask for it', () => {
  const queries = new QueryClient();
  const answeredAt = Date.now() - 3000;
  fill(
    queries,
    [
      ['auth.me', null, null],
      ['courses.get', { course: 'math-80' }, { slug: 'math-80' }],
      ['progress.mistakes.brief', null, { due: 3 }],
      ['news.feed', {}, { items: [], nextCursor: null }, 'pages'],
    ],
    answeredAt,
  );
  expect(queries.getQueryData(getQueryKey(trpc.auth.me, undefined, 'query'))).toBeNull();
  expect(queries.getQueryData(getQueryKey(trpc.courses.get, { course: 'math-80' }, 'query'))).toEqual({ slug: 'math-80' });
  expect(queries.getQueryData(getQueryKey(trpc.courses.get, { course: 'math-60' }, 'query'))).toBeUndefined();
  expect(queries.getQueryData(getQueryKey(trpc.progress.mistakes.brief, undefined, 'query'))).toEqual({ due: 3 });
  expect(queries.getQueryData(getQueryKey(trpc.news.feed, {}, 'infinite'))).toEqual({
    pages: [{ items: [], nextCursor: null }],
    pageParams: [null],
  });
  expect(queries.getQueryState(getQueryKey(trpc.auth.me, undefined, 'query'))?.dataUpdatedAt).toBe(answeredAt);
});
