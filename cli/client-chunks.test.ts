import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { background, chunkOf, type ModuleGraph, pages } from './client-chunks.ts';

const client = '/school/src/client';
const icons = '/school/node_modules/@tabler/icons-react/dist/esm';

/** Who imports what, upwards. */
function graphOf(imports: Record<string, string[]>, code: Record<string, string> = {}): ModuleGraph {
  return { getModuleInfo: (id) => ({ importers: imports[id] ?? [], code: code[id] ?? '' }) };
}

const [topic, mistakes, home, guests, sender] = [
  'features/courses/topic-page.tsx',
  'features/progress/mistakes/mistakes-page.tsx',
  'features/progress/home-page.tsx',
  'features/home/guest-home-page.tsx',
  'features/tasks/outbox-sender.tsx',
].map((file) => `${client}/${file}`) as [string, string, string, string, string];
const one = `${client}/ui/one.tsx`;

test('what pages share travels with the first of them', () => {
  expect(chunkOf(one, graphOf({ [one]: [mistakes, topic] }))).toBe('with-topic');
  expect(chunkOf(one, graphOf({ [one]: [topic, home] }))).toBe('with-home');
  expect(chunkOf(one, graphOf({ [one]: [topic, home, guests] }))).toBe('with-guest-home');
});

test('also over modules between, in circles too', () => {
  const [a, b] = [`${client}/a.ts`, `${client}/b.ts`];
  expect(chunkOf(one, graphOf({ [one]: [a], [a]: [b, topic], [b]: [a, mistakes] }))).toBe('with-topic');
});

test('what comes with every page is one, and what belongs to one page stays with it', () => {
  expect(chunkOf(one, graphOf({ [one]: [sender, `${client}/ui/tab-bar.tsx`] }))).toBe('background');
  expect(chunkOf(one, graphOf({ [one]: [topic, sender] }))).toBe('with-topic');
  expect(chunkOf(one, graphOf({ [one]: [topic] }))).toBeNull();
  expect(chunkOf(one, graphOf({ [one]: [`${client}/features/office/office-frame.tsx`] }))).toBeNull();
});

test('schemas are apart, because of their library', () => {
  const code = { [one]: "import * as z from 'zod';" };
  expect(chunkOf(one, graphOf({ [one]: [mistakes, topic] }, code))).toBe('schemas');
  expect(chunkOf(one, graphOf({ [one]: [topic] }, code))).toBeNull();
});

test('an icon belongs to those who name it, other libraries to the bundler', () => {
  const [icon, list] = [`${icons}/icons/IconX.mjs`, `${icons}/index.mjs`];
  const imports = { [icon]: [list], [list]: [topic, mistakes, home] };
  const code = { [topic]: 'jsx(IconX)', [mistakes]: 'jsx(IconX, {})', [home]: 'jsx(IconXboxX)' };
  expect(chunkOf(icon, graphOf(imports, code))).toBe('with-topic');
  const button = '/school/node_modules/@mantine/core/esm/Button.mjs';
  expect(chunkOf(button, graphOf({ [button]: [topic, mistakes] }))).toBeNull();
});

test('every page and piece that is named is there', () => {
  const folder = fileURLToPath(new URL('../src/client/', import.meta.url));
  expect([...pages, ...background].filter((file) => !existsSync(folder + file))).toEqual([]);
  expect(pages).toHaveLength(10);
});
