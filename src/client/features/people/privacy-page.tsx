import { Link } from 'wouter';
import { useLocale, useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { trpc } from '#client/lib/trpc.ts';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import classes from './consent-page.module.css';
import { DocumentText } from './document-text.tsx';

/** Who answers for the data, which there are, why, and for how long. The first heading is the text's own. */
export function PrivacyPage() {
  const { site } = useText();
  const me = useMe();
  const locale = useLocale();
  const policy = trpc.people.personalData.privacyPolicy.useQuery({ locale });
  usePageTitle(site.privacy.title);
  return (
    <div className={layout.wrap}>
      <h1>{site.privacy.title}</h1>
      {me?.role === 'moderator' && policy.data?.complete === false && (
        <NoteBox tone="warn" className={classes.text}>
          {site.privacy.incomplete} <Link href="/admin/settings/operator">{site.privacy.fill}</Link>
        </NoteBox>
      )}
      <DocumentText query={policy} />
    </div>
  );
}
