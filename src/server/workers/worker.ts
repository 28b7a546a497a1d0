import { loadConfig } from '../load-config.ts';
import { StartError } from '../platform/start-error.ts';
import { type RunningServer, serve } from '../serve.ts';
import { describeFailure } from '../start-failure.ts';
import { collectAfterStart } from '../start-garbage.ts';
import type { Drain } from '../web.ts';
import { type Begin, type FromWorker, toWorker } from './messages.ts';

/** One of the processes that serve the site. It lives as long as the one that started it: when their connection breaks, Node ends it. */
export async function runWorker(): Promise<void> {
  const begun = Promise.withResolvers<Begin>();
  const mayListen = Promise.withResolvers<void>();
  // Nobody may be waiting for it yet when it is refused.
  mayListen.promise.catch(() => {});
  let school: RunningServer | undefined;
  let stopAs: Drain | undefined;

  function stop(drain: Drain): void {
    stopAs ??= drain;
    mayListen.reject(new StartError('The school was stopped before it was open.'));
    if (school) void school.stop(stopAs).then(() => process.exit(0));
  }
  process.on('message', (message) => {
    const { data: order } = toWorker.safeParse(message);
    if (order?.say === 'begin') begun.resolve(order);
    if (order?.say === 'listen') mayListen.resolve();
    if (order?.say === 'stop') stop(order.drain);
  });
  // In a terminal Ctrl-C and its end reach all processes: the one that started this one says what is to be done.
  process.on('SIGINT', () => {});
  process.on('SIGHUP', () => {});
  process.on('SIGTERM', () => stop('beside-others'));

  try {
    tell({ say: 'here' });
    const { port, databaseUrl, prepares } = await begun.promise;
    school = await serve({
      config: { ...loadConfig(), port },
      say: (line) => process.stdout.write(`${line}\n`),
      worker: {
        databaseUrl,
        prepares,
        mayListen() {
          tell({ say: 'opened' });
          return mayListen.promise;
        },
      },
    });
    tell({ say: 'serving' });
    collectAfterStart();
    if (stopAs) stop(stopAs);
  } catch (error) {
    tell({ say: 'failed', line: describeFailure(error) }, () => process.exit(1));
  }
}

function tell(message: FromWorker, sent = () => {}): void {
  process.send?.(message, sent);
}
