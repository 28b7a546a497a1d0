import type { ComponentProps } from 'react';
import { useLocale, useText } from '#client/lib/i18n.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import classes from './consent-page.module.css';

/** A text that the school owes to everybody, as it is written in the files of consents. */
export function DocumentText({ query }: { query: ComponentProps<typeof QueryView<{ html: string }>>['query'] }) {
  const { site } = useText();
  const locale = useLocale();
  const skeleton = (
    <div className={classes.skeleton}>
      <SkeletonBlock width="60%" height={24} />
      <SkeletonText lines={16} mt={24} />
    </div>
  );
  return (
    <div className={classes.text}>
      <QueryView query={query} errorTitle={site.documentsLoad} skeleton={skeleton}>
        {({ html }) => <Prose size="plain" html={html} lang={locale} />}
      </QueryView>
    </div>
  );
}
