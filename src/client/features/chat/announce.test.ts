import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAnnouncer } from './announce.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function anEar() {
  const said: string[] = [];
  const announcer = createAnnouncer({ one: (author, text) => `${author}: ${text}`, many: (n) => `${n} новых` }, (line) => said.push(line));
  return { announcer, said };
}

test('one message is read out with its author', async () => {
  const { announcer, said } = anEar();
  announcer.hear('Мария Ковалёва', 'Запишите\n\nвторое   условие');
  await vi.advanceTimersByTimeAsync(1000);
  expect(said).toEqual(['Мария Ковалёва: Запишите второе условие']);
});

test('a burst is only counted', async () => {
  const { announcer, said } = anEar();
  for (const text of ['раз', 'два', 'три']) announcer.hear('Мария Ковалёва', text);
  await vi.advanceTimersByTimeAsync(1000);
  announcer.hear('Олег Громов', 'четыре');
  await vi.advanceTimersByTimeAsync(1000);
  expect(said).toEqual(['3 новых', 'Олег Громов: четыре']);
});

test('a long message is cut, and not within a sign', async () => {
  const { announcer, said } = anEar();
  announcer.hear('A', '😀'.repeat(300));
  await vi.advanceTimersByTimeAsync(1000);
  expect(said).toEqual([`A: ${'😀'.repeat(200)}…`]);
});

test('stopped, it is silent', async () => {
  const { announcer, said } = anEar();
  announcer.hear('A', 'b');
  announcer.stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(said).toEqual([]);
});
