import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { askHidden, readNewPassword } from './password-input.ts';
import { Cancelled, CommandError } from './run-command.ts';

/** A terminal with keys to press, which remembers what it showed and how it was set. */
function aTerminal() {
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode(mode: boolean) {
      raw.push(mode);
    },
  });
  const output = new PassThrough({ encoding: 'utf8' });
  let shown = '';
  const waiting = new Set<() => void>();
  output.on('data', (text: string) => {
    shown += text;
    for (const wake of waiting) wake();
  });
  return {
    input,
    output,
    raw,
    shown: () => shown,
    press: (keys: string) => input.write(keys),
    /** Waits until the text stands on the terminal. */
    async shows(text: string) {
      while (!shown.includes(text)) await new Promise<void>((resolve) => waiting.add(resolve));
    },
  };
}

async function typed(...answers: string[]) {
  const terminal = aTerminal();
  const password = readNewPassword(terminal);
  password.catch(() => {});
  for (const [index, question] of ['New password: ', 'Once more: '].entries()) {
    await terminal.shows(question);
    terminal.press(answers[index] ?? '');
  }
  return { terminal, password };
}

describe('at a terminal', () => {
  test('asks twice and shows nothing of the answer', async () => {
    const { terminal, password } = await typed('пароль с ёлкой\r', 'пароль с ёлкой\r');
    expect(await password).toBe('пароль с ёлкой');
    expect(terminal.shown()).toBe('New password: \nOnce more: \n');
    // Back to normal at the end.
    expect(terminal.raw).toEqual([true, false]);
  });

  test('keys that correct do correct', async () => {
    const { password } = await typed('corect\u007f\u007f\u007frect horse\u0001X\u0005!\r', 'Xcorrect horse!\n');
    expect(await password).toBe('Xcorrect horse!');
  });

  test('both answers may be pasted at once', async () => {
    const terminal = aTerminal();
    const password = readNewPassword(terminal);
    await terminal.shows('New password: ');
    terminal.press('correct horse\rcorrect horse\r');
    expect(await password).toBe('correct horse');
  });

  test('two that differ are refused', async () => {
    const { terminal, password } = await typed('correct horse\r', 'correct house\r');
    await expect(password).rejects.toThrow(CommandError);
    expect(terminal.raw.at(-1)).toBe(false);
  });

  test.each([
    ['Ctrl-C', 'secret\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('%s gives up and sets the terminal right', async (_, keys) => {
    const terminal = aTerminal();
    const answers = askHidden(terminal, ['New password: ', 'Once more: ']);
    await terminal.shows('New password: ');
    terminal.press(keys);
    await expect(answers).rejects.toThrow(Cancelled);
    expect(terminal.raw).toEqual([true, false]);
    expect(terminal.shown()).toBe('New password: \n');
  });

  test('a terminal that goes away gives up', async () => {
    const terminal = aTerminal();
    const answers = askHidden(terminal, ['New password: ']);
    await terminal.shows('New password: ');
    terminal.input.end();
    await expect(answers).rejects.toThrow(Cancelled);
  });
});

describe('from a pipe', () => {
  const piped = (...chunks: (string | Buffer)[]) => readNewPassword({ input: Readable.from(chunks), output: new PassThrough() });

  test.each([
    ['correct horse\n', 'correct horse'],
    ['correct horse\r\n', 'correct horse'],
    ['correct horse', 'correct horse'],
    ['  outer spaces count  \n', '  outer spaces count  '],
    ['\ufeffcorrect horse\n', 'correct horse'],
  ])('%j is %j', async (text, password) => {
    expect(await piped(text)).toBe(password);
  });

  test('a letter may be cut between two chunks', async () => {
    const bytes = Buffer.from('пароль\n');
    expect(await piped(bytes.subarray(0, 3), bytes.subarray(3))).toBe('пароль');
  });

  test.each(['', '\n', 'one\ntwo\n', 'x'.repeat(5000)])('%j is no password', async (text) => {
    await expect(piped(text)).rejects.toThrow(CommandError);
  });
});
