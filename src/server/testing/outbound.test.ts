/** Whom the server speaks to. Every place that opens a connection to another machine stands here, with whose word its address is. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** All addresses are the configuration’s: nothing that a person types, uploads or embeds is ever fetched. */
const speakers: Record<string, string> = {
  'src/server/features/health/checks/server.ts': 'asks the school itself, at its configured address',
  'src/server/platform/payments/call.ts': 'the acquirers’ configured roots; redirects are not followed',
  'src/server/platform/telegram/client.ts': 'the configured root of the Bot API, perhaps by a configured proxy',
  'src/server/platform/telegram/download.ts': 'files by their path at the same root',
  'src/server/platform/storage/s3-receiver.ts': 'the configured bucket',
  'src/server/platform/storage/s3.ts': 'the configured bucket',
  'src/server/platform/mail/smtp.ts': 'the configured mail server',
};

const packages = /^(?:node:)?(?:https?|http2|dgram|tls)$|^undici$|^nodemailer$|^@aws-sdk\/|-proxy-agent$/;

test('nobody else speaks to other machines', { timeout: 30_000 }, async () => {
  const found: string[] = [];
  for await (const path of glob('src/{server,bot}/**/*.ts', { cwd: root })) {
    if (/\.test\.ts$|\/testing\/|^src\/server\/acquirer\/|^src\/bot\/stand-in\//.test(path)) continue;
    if (await speaks(path)) found.push(path);
  }
  expect(found.toSorted()).toEqual(Object.keys(speakers).toSorted());
});

async function speaks(path: string): Promise<boolean> {
  const text = await readFile(join(root, path), 'utf8');
  if (!/\bfetch\(|https?'|http2|dgram|tls'|undici|nodemailer|@aws-sdk|-proxy-agent/.test(text)) return false;
  const { program, module } = parseSync(path, text);
  // Types are gone at run time; of `node:http` a server is made as well.
  const loads = module.staticImports.some(({ moduleRequest, entries }) => {
    const names = entries.filter(({ isType }) => !isType).map(({ importName }) => importName.name ?? '*');
    return packages.test(moduleRequest.value) && names.some((name) => name !== 'createServer');
  });
  let calls = false;
  new Visitor({
    CallExpression({ callee }) {
      if (callee.type === 'Identifier' && callee.name === 'fetch') calls = true;
    },
  }).visit(program);
  return loads || calls;
}
