/** A build of the pages as its page is made from: the HTML, and which files each page needs first. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from 'vite';
import { withoutScripts } from './after-paint.ts';
import type { Piece } from './routes.ts';

export interface Build {
  /** Without its styles. */
  html: string;
  /** The same for pages whose scripts begin later: without them, and those. */
  begunLater: { html: string; scripts: string };
  /** The drawing, as an element of the size it has in the bar. */
  logo: string;
  /** Elements that fetch what a page needs at once, where the browser would find it one after another. */
  links(pieces: Piece[], locale: 'ru' | 'en'): Links;
}

export interface Links {
  /** For the head: scripts and texts, with what they stand on. After the styles, on a line that is shared: something to be seen stands there meanwhile. */
  scripts: string;
  /** For the body, after what is drawn before they are there: in the head they would hold that back. Those of every page are among them. */
  styles: string;
}

/** Reads the build, and anew when another has taken its place. */
export function buildReader(directory: string): () => Promise<Build> {
  let known: { changedAt: number; build: Promise<Build> } | undefined;
  return async () => {
    const { mtimeMs } = await stat(join(directory, 'index.html'));
    if (known?.changedAt !== mtimeMs) {
      known = { changedAt: mtimeMs, build: readBuild(directory) };
      // The next visitor tries again.
      known.build.catch(() => {
        known = undefined;
      });
    }
    return known.build;
  };
}

async function readBuild(directory: string): Promise<Build> {
  const { html, styles } = withoutStyles(await readFile(join(directory, 'index.html'), 'utf8'));
  const logo = await readFile(join(directory, 'logo.svg'), 'utf8').catch(() => '');
  const manifest: Manifest = JSON.parse(await readFile(join(directory, '.vite/manifest.json'), 'utf8').catch(() => '{}'));
  const always = filesOf(manifest, ['index.html']);
  const made = new Map<string, Links>();
  return {
    html,
    begunLater: withoutScripts(html),
    logo: logo.trim().replace('<svg ', '<svg width="148" height="29" '),
    links(pieces, locale) {
      const sources = sourcesOf(pieces, locale);
      const key = sources.join();
      const known = made.get(key);
      if (known) return known;
      const files = Map.groupBy(filesOf(manifest, sources).difference(always), (file) => (file.endsWith('.css') ? 'styles' : 'scripts'));
      const [ofScripts, ofStyles] = [files.get('scripts') ?? [], files.get('styles') ?? []];
      // Written as the build writes its own, so that the loader of chunks knows them and fetches nothing twice.
      const links = {
        scripts: ofScripts.map((file) => `<link rel="modulepreload" fetchpriority="low" crossorigin href="/${file}">`).join(''),
        styles: styles + ofStyles.map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`).join(''),
      };
      made.set(key, links);
      return links;
    },
  };
}

function withoutStyles(html: string): { html: string; styles: string } {
  const sheet = /<link rel="stylesheet"[^<>]*>/g;
  const patient = html.replaceAll(/<(?:script type="module"|link rel="modulepreload")(?= )/g, '$& fetchpriority="low"');
  return { html: patient.replace(sheet, ''), styles: (html.match(sheet) ?? []).join('') };
}

/** Texts first: nothing is drawn without them. */
export function sourcesOf(pieces: Piece[], locale: 'ru' | 'en'): string[] {
  const texts = pieces.flatMap((piece) => (piece.texts === undefined ? [] : [`${piece.texts}/all.ts`]));
  return [...['all.ts', ...texts].map((file) => `../shared/i18n/${locale}/${file}`), ...pieces.flatMap(({ modules }) => modules)];
}

/** Scripts and styles of these sources with all that they import at once, in the order in which their styles hold. */
export function filesOf(manifest: Manifest, sources: string[]): Set<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    for (const imported of chunk.imports ?? []) visit(imported);
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
  };
  for (const source of sources) visit(source);
  return files;
}
