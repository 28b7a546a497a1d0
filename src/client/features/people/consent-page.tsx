import { useLocale, useText } from '#client/lib/i18n.tsx';
import { usePageTitle } from '#client/lib/page.ts';
import { trpc } from '#client/lib/trpc.ts';
import layout from '#client/ui/layout.module.css';
import { Prose } from '#client/ui/prose.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import classes from './consent-page.module.css';

export function ConsentPage() {
  const { site } = useText();
  const consent = trpc.people.consentText.useQuery({ locale: useLocale() });
  usePageTitle(site.documents);
  const skeleton = (
    <div className={classes.skeleton}>
      <SkeletonBlock width="60%" height={24} />
      <SkeletonText lines={16} mt={24} />
    </div>
  );
  return (
    <div className={layout.wrap}>
      <h1>{site.documents}</h1>
      <div className={classes.text}>
        <QueryView query={consent} errorTitle={site.documentsLoad} skeleton={skeleton}>
          {({ html }) => <Prose size="plain" html={html} />}
        </QueryView>
      </div>
    </div>
  );
}
