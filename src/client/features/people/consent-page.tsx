import { Link } from 'wouter';
import { useLocale, useText } from '#client/lib/i18n.tsx';
import { usePageTitle } from '#client/lib/page.ts';
import { trpc } from '#client/lib/trpc.ts';
import layout from '#client/ui/layout.module.css';
import classes from './consent-page.module.css';
import { DocumentText } from './document-text.tsx';

export function ConsentPage() {
  const { site } = useText();
  const locale = useLocale();
  const consent = trpc.people.consentText.useQuery({ locale });
  usePageTitle(site.documents);
  return (
    <div className={layout.wrap}>
      <h1>{site.documents}</h1>
      <DocumentText query={consent} />
      <p className={classes.text}>
        <Link href="/privacy">{site.privacy.link}</Link>
      </p>
    </div>
  );
}
