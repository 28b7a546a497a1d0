import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { httpBatchLink } from '@trpc/client';
import { createTRPCReact } from '@trpc/react-query';
import type { AppRouter } from '#server/router.ts';
import { appError, isOffline } from './errors.ts';
import { noteServerDate } from './now.ts';
import { noteReachable, noteUnreachable } from './online.ts';
import { takeSent } from './sent.ts';
import { accountBlocked, lastPerson, sessionEnded } from './session.ts';

export const trpc = createTRPCReact<AppRouter>();

const answerWithin = 15_000;
/** A large archive is unpacked, read and written down within one request. */
const transferWithin = 600_000;

export function createTrpcClient() {
  return trpc.createClient({ links: [httpBatchLink({ url: '/trpc', fetch: watchedFetch, maxItems: 20 })] });
}

/**
 * Queries come back by themselves after a lost connection; a mutation that did not arrive is told to the person at once, and only the screen
 * that knows how to send it twice without harm (a client-made id) repeats it.
 */
export function createQueryClient(): QueryClient {
  const queries = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => noteError(error) }),
    mutationCache: new MutationCache({ onError: (error) => noteError(error) }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        networkMode: 'offlineFirst',
        retry: (failures, error) => isOffline(error) && !isTimeout(error) && failures < 3,
        retryDelay: (failures) => Math.min(8000, 1000 * 2 ** failures),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  takeSent(queries);
  return queries;
}

/** The global handlers know two things only: the network is gone (see `watchedFetch`), and the session has ended. */
function noteError(error: unknown): void {
  const code = appError(error)?.code;
  // One of a batch: the answer as a whole was none of a server that is away.
  if (code === 'SERVICE_UNAVAILABLE') noteUnreachable('server');
  if (code !== 'AUTH_SESSION_REQUIRED' && code !== 'AUTH_BLOCKED') return;
  accountBlocked.set(code === 'AUTH_BLOCKED');
  if (lastPerson.get()) sessionEnded.set(true);
}

async function watchedFetch(input: RequestInfo | URL | string, init?: { signal?: AbortSignal | null }): Promise<Response> {
  const timeout = new AbortController();
  const isTransfer = /\/trpc\/transfer\.(inspect|import)/.test(String(input instanceof Request ? input.url : input));
  const within = isTransfer ? transferWithin : answerWithin;
  const timer = setTimeout(() => timeout.abort(new DOMException('No answer in time', 'TimeoutError')), within);
  const sentAt = Date.now();
  try {
    const signal = init?.signal ? AbortSignal.any([init.signal, timeout.signal]) : timeout.signal;
    const response = await fetch(input, { ...init, signal });
    noteServerDate(response.headers.get('date'), sentAt, Date.now());
    // A balancer without a living server behind it is no server.
    if (response.status === 502 || response.status === 503 || response.status === 504) noteUnreachable('server');
    else noteReachable();
    return response;
  } catch (error) {
    if (!init?.signal?.aborted && !timeout.signal.aborted) noteUnreachable('network');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.name === 'TimeoutError';
}
