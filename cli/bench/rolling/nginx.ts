/** nginx on loopback, with the very text that stands in the admin guide: what admins copy is what is tested. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const guide = fileURLToPath(new URL('../../../docs/admin-guide.md', import.meta.url));
const startPatienceMs = 10_000;

export interface Nginx {
  url: string;
  /** What it says of requests that it could not pass on. */
  errors(): Promise<string>;
  stop(): Promise<void>;
}

/** @param ports of two schools on this machine, in place of the two machines of the guide */
export async function startNginx(program: string, ports: readonly [number, number]): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'otlichno-nginx-'));
  const port = await freePort();
  await writeFile(join(folder, 'nginx.conf'), aroundGuide(folder, adapted(guideBlock(await readFile(guide, 'utf8')), port, ports)));
  const child = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], { stdio: 'inherit' });
  const ended = once(child, 'exit');
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const errors = () => readFile(join(folder, 'error.log'), 'utf8').catch(() => '');
  const deadline = performance.now() + startPatienceMs;
  while (!(await answers(port))) {
    if (over || performance.now() > deadline) throw new Error(`nginx did not start:\n${await errors()}`);
    await pause(20);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    errors,
    async stop() {
      child.kill('SIGQUIT');
      const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
      await ended;
      clearTimeout(timer);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The block that begins with `upstream`. */
export function guideBlock(markdown: string): string {
  const block = [...markdown.matchAll(/^```nginx\n([\s\S]*?)^```$/gm)]
    .map(([, text = '']) => text)
    .find((text) => text.includes('upstream '));
  if (!block) throw new Error('docs/admin-guide.md has no block of nginx with two machines any more');
  return block;
}

/** Addresses of this machine in place of the guide's, and no certificate. Whatever is to be replaced has to be there. */
function adapted(block: string, port: number, [first, second]: readonly [number, number]): string {
  const replaced = (text: string, from: string | RegExp, to: string) => {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`the block of nginx in docs/admin-guide.md has no ${from} any more`);
    return changed;
  };
  let text = replaced(block, '10.0.0.11:3000', `127.0.0.1:${first}`);
  text = replaced(text, '10.0.0.12:3000', `127.0.0.1:${second}`);
  text = replaced(text, /listen 443 ssl;/, `listen 127.0.0.1:${port};`);
  return replaced(text, /^ *ssl_certificate.*\n/gm, '');
}

/** One process in the foreground, which writes nowhere but into its folder. */
const aroundGuide = (folder: string, block: string) => `daemon off;
master_process off;
pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
${block}}
`;

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
