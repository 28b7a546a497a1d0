import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** Keys whose values never reach a log, wherever they stand up to three levels deep. */
const secretKeys = [
  ...['password', 'code', 'cookie', 'authorization', 'secret', 'token', 'passwordHash', 'codeHash', 'set-cookie'],
  // As payment providers write them.
  ...['Authorization', 'Password', 'Token', 'AccountToken', 'RebillId', 'Pan', 'content-hmac', 'x-content-hmac'],
];

/** One JSON object a line, on standard output where no other destination is given. */
export function createLog(level: string, destination: DestinationStream = pino.destination(1)): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secretKeys.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]), censor: '[hidden]' },
    },
    destination,
  );
}
