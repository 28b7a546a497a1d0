import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import type { ClientFiles } from './page/serve.ts';
import type { Lifecycle } from './platform/lifecycle.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The pages from their sources, for development: `npm run dev`. */
export async function viteClient(server: Server, life: Lifecycle): Promise<ClientFiles> {
  const vite = await createServer({
    configFile: `${root}vite.config.ts`,
    appType: 'custom',
    server: { middlewareMode: true, hmr: { server } },
  });
  life.onStop('vite', () => vite.close());
  return {
    mount(http) {
      // Vite's own pages carry inline scripts, which the site's policy forbids.
      http.use((_req, res, next) => {
        res.removeHeader('Content-Security-Policy');
        next();
      });
      http.use(vite.middlewares);
      http.get('/{*path}', async (req, res) => {
        const page = await readFile(`${root}src/client/index.html`, 'utf8');
        res.type('html').send(await vite.transformIndexHtml(req.originalUrl, page));
      });
    },
  };
}
