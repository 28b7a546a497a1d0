/// <reference types="vitest/config" />
import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import type { ProjectConfig } from 'vitest/node';
import { chunkOf } from './cli/client-chunks.ts';

const workers = Math.ceil(availableParallelism() * 1.5);

/** A suite by file name: what it runs against is told by the name's middle (docs/testing.md). */
function suite(name: string, test: ProjectConfig) {
  return {
    test: {
      name,
      root: import.meta.dirname,
      setupFiles: 'src/server/testing/no-console-errors.ts',
      expect: { poll: { timeout: 15_000 } },
      // Most tests wait for a database or a server of their own: with a worker to a core, the cores would be idle half of the time.
      maxWorkers: workers,
      ...test,
    },
  };
}

/** KaTeX names every font three times over. Each browser that runs our scripts takes the first one, so the others need no place in styles and build. */
function formulaFonts(): Plugin {
  return {
    name: 'formula-fonts',
    enforce: 'pre',
    transform: {
      filter: { id: /katex\.min\.css$/ },
      handler: (code) => code.replace(/,url\([^)]+\.(?:woff|ttf)\) ?format\("[a-z]+"\)/g, ''),
    },
  };
}

export default defineConfig({
  root: 'src/client',
  base: '/',
  plugins: [react(), formulaFonts()],
  server: { host: '127.0.0.1' },
  build: {
    outDir: '../../.build/client',
    emptyOutDir: true,
    assetsDir: 'assets',
    // The server tells each page from the first which of its files it is going to need.
    manifest: true,
    // The content security policy takes fonts from our own address only, never as data: URLs.
    assetsInlineLimit: 0,
    // Browsers that know no preloading (Safari before 17) load the same files a little later.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // tRPC's client does nothing when it is only imported, but does not say so: what it brings beyond the one link we use stays out.
      treeshake: { moduleSideEffects: [{ test: /node_modules[\\/]@trpc[\\/]/, sideEffects: false }] },
      output: {
        codeSplitting: {
          // What changes only with an update of a library keeps its name, and its place in the visitors' caches, over our releases.
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 2 },
            { name: 'data', test: /node_modules[\\/](@trpc|@tanstack|wouter|regexparam|mitt)[\\/]/, priority: 2 },
            { name: 'index', tags: ['$initial'], priority: 1 },
            // What each of them stands on stays where it is: none of our modules does anything when it is only imported.
            { name: chunkOf, debugName: 'pages', includeDependenciesRecursively: false },
            // What most components of Mantine stand on, in pieces of some hundred bytes.
            {
              name: 'mantine',
              test: /@mantine[\\/](core[\\/]esm[\\/]core[\\/](Box|factory|utils|styles-api|DirectionProvider)|hooks[\\/]esm[\\/](use-(id|uncontrolled|merged-ref|did-update|media-query|reduced-motion)|utils))[\\/]/,
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
  test: {
    root: import.meta.dirname,
    projects: [
      suite('unit', {
        include: ['{src,prisma,cli}/**/*.test.{ts,tsx}'],
        exclude: ['**/*.{db,live,e2e}.test.ts'],
        // Pure functions leave nothing behind, so the files of a worker share what they import.
        isolate: false,
      }),
      suite('db', {
        include: ['{src,prisma,cli}/**/*.db.test.ts'],
        // Every file has a school and a database of its own; importing the server anew for each would take as long as the tests.
        isolate: false,
        globalSetup: 'src/server/testing/global-setup.ts',
        testTimeout: 30_000,
        hookTimeout: 60_000,
      }),
      suite('live', {
        include: ['{src,prisma,cli}/**/*.live.test.ts'],
        // As above.
        isolate: false,
        globalSetup: 'src/server/testing/global-setup.ts',
        testTimeout: 60_000,
        hookTimeout: 60_000,
      }),
      // After the others, and three journeys at a time: they mostly wait for pages, but a browser on a busy machine waits for its turn.
      suite('e2e', {
        include: ['src/e2e/**/*.e2e.test.ts'],
        globalSetup: ['src/server/testing/global-setup.ts', 'src/e2e/global-setup.ts'],
        testTimeout: 120_000,
        // A browser, a server and its database are closed one after another, on a machine that is busy with another journey.
        hookTimeout: 60_000,
        // The files of a worker share its browser.
        isolate: false,
        maxWorkers: 3,
        // A browser on a busy machine may be late for a whole journey. What is really broken fails twice.
        retry: 1,
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});
