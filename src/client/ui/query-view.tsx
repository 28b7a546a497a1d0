import type { ReactNode } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { offline } from '#client/lib/online.ts';
import { EmptyState } from './empty-state.tsx';
import { ErrorState } from './error-state.tsx';
import { Pending } from './skeleton.tsx';

/** The part of a query's result that decides what is seen. */
interface Loadable<T> {
  data: T | undefined;
  error: unknown;
  isError: boolean;
  isFetching: boolean;
  fetchStatus: 'fetching' | 'paused' | 'idle';
  refetch: () => unknown;
}

interface QueryViewProps<T> {
  query: Loadable<T>;
  skeleton: ReactNode;
  /** What could not be loaded. */
  errorTitle?: string;
  /** Heading level of the error's title. */
  level?: 1 | 2 | 3 | 4;
  children: (data: T) => ReactNode;
}

/** Skeleton, error or the thing itself. What was loaded once stays readable when a later request fails. */
export function QueryView<T>({ query, skeleton, errorTitle, level, children }: QueryViewProps<T>) {
  const text = useText();
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    return <ErrorState error={query.error} title={errorTitle} level={level} retrying={query.isFetching} onRetry={() => query.refetch()} />;
  }
  if (query.fetchStatus === 'paused') {
    return (
      <EmptyState title={errorTitle ?? text.common.error.load} level={level}>
        {text.common.error.offline[offline.get()?.why ?? 'network']}
      </EmptyState>
    );
  }
  return <Pending>{skeleton}</Pending>;
}
