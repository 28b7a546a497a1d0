import './lib/policy.ts';
import './ui/base.css';
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/global.layer.css';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { prepareLanguage } from './lib/i18n.tsx';
import { watchNetwork } from './lib/online.ts';
import { preload, preloadOnApproach } from './routes.tsx';

/* The styles of every further Mantine component are imported beside its use (`@mantine/core/styles/NAME.layer.css`): see ui/ and features/. */

async function start(root: HTMLElement): Promise<void> {
  // Texts and the page's own chunk come side by side, and the first thing drawn is the page; one that fails to load is told by its boundary.
  await Promise.all([prepareLanguage(), preload(window.location.pathname)]);
  watchNetwork();
  preloadOnApproach();
  // In slices: what the server drew stands there meanwhile, and a finger is heard between two of them.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
}

const root = document.getElementById('root');
if (root) void start(root);
