import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Router, useLocation } from 'wouter';
import { ErrorBoundary } from './features/site/error-boundary.tsx';
import { lazyAccount } from './lib/account-text.ts';
import { examOver } from './lib/exam-frame.ts';
import { I18nProvider } from './lib/i18n.tsx';
import { rememberSignedIn, useMe } from './lib/me.ts';
import { styleNonce } from './lib/nonce.ts';
import { patiently } from './lib/patiently.ts';
import { lastPerson, sessionEnded } from './lib/session.ts';
import { createQueryClient, createTrpcClient, trpc } from './lib/trpc.ts';
import { goTo, isExam, isOffice, isPlain, Pages } from './routes.tsx';
import { cssVariablesResolver, theme } from './theme.ts';
import { PagePending } from './ui/page-pending.tsx';
import { PageShell } from './ui/page-shell.tsx';

/** Until then a page on a slow network has what it shows; a question of the consent may come a moment later, as may what is kept to be read offline. */
const unhurriedMs = 1_500;

const OutboxSender = lazy(() =>
  patiently(() => import('./features/tasks/outbox-sender.tsx')).then((file) => ({ default: file.OutboxSender })),
);
const ChatBackground = lazy(() =>
  patiently(() => import('./features/chat/chat-background.tsx')).then((file) => ({ default: file.ChatBackground })),
);
const OfflineKeeper = lazy(() =>
  patiently(() => import('./features/offline/offline-keeper.tsx'), unhurriedMs).then((file) => ({ default: file.OfflineKeeper })),
);
const ConsentGate = lazy(() =>
  patiently(() => import('./features/people/personal-data/consent-gate.tsx'), unhurriedMs).then((file) => ({ default: file.ConsentGate })),
);
const OfficeFrame = lazy(() => import('./features/office/office-frame.tsx').then((file) => ({ default: file.OfficeFrame })));
const SessionEnded = lazyAccount(() => import('./features/auth/session-ended.tsx'), 'SessionEnded');

export function App() {
  const [queries] = useState(createQueryClient);
  const [client] = useState(createTrpcClient);
  return (
    // All variables come from the theme at run time: Mantine's own file of defaults would be 6 kB of colours that we do not use.
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      forceColorScheme="light"
      getStyleNonce={styleNonce}
      deduplicateCssVariables={false}
      withGlobalClasses={false}
    >
      <trpc.Provider client={client} queryClient={queries}>
        <QueryClientProvider client={queries}>
          <I18nProvider>
            <Router aroundNav={goTo}>
              <Shell />
            </Router>
          </I18nProvider>
        </QueryClientProvider>
      </trpc.Provider>
    </MantineProvider>
  );
}

function Shell() {
  const [path] = useLocation();
  const me = useMe();
  const ended = sessionEnded.use();
  const person = lastPerson.use();
  const over = examOver.use();
  useEffect(() => {
    if (me !== undefined) void rememberSignedIn(me);
  }, [me]);
  const pages = (
    <>
      <ErrorBoundary place={path}>
        <Pages />
      </ErrorBoundary>
      {me && (
        <>
          <Suspense fallback={null}>
            <OutboxSender />
          </Suspense>
          <Suspense fallback={null}>
            <ChatBackground />
          </Suspense>
          <Suspense fallback={null}>
            <OfflineKeeper personId={me.id} />
          </Suspense>
        </>
      )}
      {me?.role === 'student' && (
        <Suspense fallback={null}>
          <ConsentGate />
        </Suspense>
      )}
      {ended && person && (
        <Suspense fallback={null}>
          <SessionEnded person={person} />
        </Suspense>
      )}
    </>
  );
  // Whoever was in the office when the session ended stays in it and signs in over it.
  const teacher = me ?? (ended ? person : null);
  if (isOffice(path) && teacher?.role === 'moderator') {
    return (
      <ErrorBoundary place="office">
        <Suspense fallback={<PagePending />}>
          <OfficeFrame me={teacher}>{pages}</OfficeFrame>
        </Suspense>
      </ErrorBoundary>
    );
  }
  const exam = isExam(path) && !over;
  return <PageShell head={isPlain(path) ? 'plain' : exam ? 'exam' : 'full'}>{pages}</PageShell>;
}
