import { lazy, Suspense } from 'react';
import { PlainProse } from '#client/ui/plain-prose.tsx';

/** Its styles are as large as a page, and most messages have no formula. */
const FormulaProse = lazy(() => import('#client/ui/prose.tsx').then((file) => ({ default: file.Prose })));

export function MessageHtml({ html }: { html: string }) {
  const plain = <PlainProse html={html} size="plain" />;
  if (!html.includes('class="katex')) return plain;
  return (
    <Suspense fallback={plain}>
      <FormulaProse html={html} size="plain" />
    </Suspense>
  );
}
