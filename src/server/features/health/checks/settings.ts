import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, isPrivate, type Look, off, ok, warning } from '../check.ts';

export const lookAtSecret: Look = async ({ config }) => {
  if (config.secret !== null) return ok(({ secret }) => secret.config);
  const file = join(config.dataDir, 'secret');
  const found = await stat(file).catch(() => null);
  if (!found) {
    const begun = await stat(join(config.dataDir, 'postgres')).catch(() => null);
    return begun ? failed(({ secret }) => secret.missing(file)) : off(({ secret }) => secret.later);
  }
  // Windows has no such rights.
  const open = process.platform !== 'win32' && (found.mode & 0o077) !== 0;
  return open ? warning(({ secret }) => secret.open(file)) : ok(({ secret }) => secret.file(file));
};

export const lookAtAddress: Look = async ({ config: { publicUrl, trustProxy } }) => {
  if (isPrivate(publicUrl)) return ok(({ address }) => address.local(publicUrl));
  if (publicUrl.startsWith('http:')) return failed(({ address }) => address.open(publicUrl));
  return trustProxy === 0 ? warning(({ address }) => address.proxy(publicUrl)) : ok(({ address }) => address.ok(publicUrl));
};

export const lookAtDemo: Look = async ({ config: { demo, publicUrl } }) => {
  if (!demo) return off((words) => words.demo.off);
  return isPrivate(publicUrl) ? ok((words) => words.demo.ok) : warning((words) => words.demo.public);
};
