/**
 * What PostgreSQL says when it takes nobody in (starting, stopping, no room for another connection), has lost the connection, has no room on its disk or
 * in memory (53), has waited for a lock long enough (55P03), ended a transaction in which nothing went on (25P03), or may only read (25006: it is
 * about to be replaced): classes of SQLSTATE, and codes.
 */
const databaseCodes = /^(08...|57P0[1235]|53...|55P03|25P03|25006)$/;
/** What a socket says on the way there. */
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
]);
/** Prisma's: cannot be reached, timed out, too many connections, closed the connection, no answer within the time of a transaction. */
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
/** Of pg and its pool, which give these errors no code. */
const messages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)|Unable to start a transaction/;
/** Of Prisma's adapter for pg. */
const adapterKinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections', 'TlsConnectionError']);

/** Is it the database that is away, and no fault of the request? Not to be asked of what came from a mail server or a bank, where it looks the same. */
export function isDatabaseAway(error: unknown, depth = 0): boolean {
  // The store's own errors (S3) carry `$metadata`.
  if (depth > 5 || typeof error !== 'object' || error === null || '$metadata' in error) return false;
  const { code, originalCode, kind, message, cause, errors } = error as Record<string, unknown>;
  for (const each of [code, originalCode]) {
    if (typeof each === 'string' && (databaseCodes.test(each) || networkCodes.has(each) || prismaCodes.has(each))) return true;
  }
  if (typeof kind === 'string' && adapterKinds.has(kind)) return true;
  if (typeof message === 'string' && messages.test(message)) return true;
  // A name with several addresses fails at each of them.
  if (Array.isArray(errors) && errors.some((each) => isDatabaseAway(each, depth + 1))) return true;
  const meta = 'meta' in error && typeof error.meta === 'object' && error.meta !== null ? Object.values(error.meta) : [];
  return [cause, ...meta].some((each) => isDatabaseAway(each, depth + 1));
}
