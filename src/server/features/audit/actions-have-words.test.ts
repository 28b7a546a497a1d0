/** Whatever is written into the journal can be read there. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { auditActions } from '#shared/audit.ts';
import { audit as en } from '#shared/i18n/en/office/audit.ts';
import { audit as ru } from '#shared/i18n/ru/office/audit.ts';
import { textKinds } from '#shared/texts.ts';
import { limitRules } from '../../platform/limits.ts';

const root = new URL('../../../../', import.meta.url).pathname;

/** Codes that stand in sources which write into the journal; `${kind}.verb` stands for each kind of text. */
function codesInSources(): string[] {
  const sources = globSync(['src/server/**/*.ts', 'cli/**/*.ts', 'prisma/*.ts'], { cwd: root })
    .filter((path) => !path.includes('.test.') && !path.includes('/testing/'))
    .map((path) => readFileSync(root + path, 'utf8'))
    .filter((text) => /\brecordAudit\(|auditEntry\.create/.test(text));
  const literals = sources.flatMap((text) =>
    [...text.matchAll(/['`]((?:[a-z-]+|\$\{kind\})\.[a-zA-Z-]+)['`]/g)].map(([, code = '']) => code),
  );
  const codes = literals.flatMap((code) => (code.startsWith('$') ? textKinds.map((kind) => code.replace(/^[^.]+/, kind)) : [code]));
  return [...new Set(codes)].filter((code) => !code.endsWith('.ts') && !(code in limitRules)).toSorted();
}

test('every deed in the code is in the list, and the list names no others', () => {
  expect(codesInSources().length).toBeGreaterThan(20);
  expect(codesInSources()).toEqual(Object.keys(auditActions).toSorted());
});

describe.each([
  ['ru', ru],
  ['en', en],
])('%s', (_, words) => {
  test.each(Object.keys(auditActions))('%s', (code) => {
    expect(words.actions[code as keyof typeof auditActions]).toMatch(/\S/);
  });
});

test('both languages name the same fields', () => {
  expect(Object.keys(en.fields).toSorted()).toEqual(Object.keys(ru.fields).toSorted());
});
