import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createLifecycle } from './lifecycle.ts';
import { createLog } from './log.ts';

test('parts stop in reverse, one after the other and once, whatever one of them throws', async () => {
  const lines = new PassThrough();
  const life = createLifecycle(createLog('info', lines));
  const events: string[] = [];
  for (const name of ['web', 'app', 'postgres']) {
    life.onStop(name, async () => {
      events.push(`${name} stops`);
      await Promise.resolve();
      if (name === 'app') throw new Error('a job hangs');
      events.push(`${name} stopped`);
    });
  }
  await Promise.all([life.stop(), life.stop()]);
  await life.stop();
  expect(events).toEqual(['postgres stops', 'postgres stopped', 'app stops', 'web stops', 'web stopped']);
  expect(JSON.parse(String(lines.read()))).toMatchObject({ step: 'app', err: { message: 'a job hangs' } });
});

test('a part that waits for what does not come is left behind', async () => {
  const lines = new PassThrough();
  const life = createLifecycle(createLog('info', lines), 20);
  const stopped: string[] = [];
  life.onStop('port', async () => void stopped.push('port'));
  life.onStop('app', () => new Promise(() => {}));
  await life.stop();
  expect(stopped).toEqual(['port']);
  expect(JSON.parse(String(lines.read()))).toMatchObject({ step: 'app', err: { message: 'it was not over after 0.02 s' } });
});
