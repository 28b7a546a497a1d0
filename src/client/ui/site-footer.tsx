import { IconBrandGithub } from '@tabler/icons-react';
import { Link } from 'wouter';
import { setLocale, useLocale, useText } from '#client/lib/i18n.tsx';
import { useMe, useSite } from '#client/lib/me.ts';
import { trpc } from '#client/lib/trpc.ts';
import { icon } from './icon.ts';
import layout from './layout.module.css';
import classes from './site-footer.module.css';

export function SiteFooter() {
  const text = useText();
  const site = useSite();
  return (
    <footer className={classes.footer}>
      <div className={`${layout.wrap} ${classes.inner}`}>
        <a className={`${classes.link} ${classes.source}`} href={site?.sourceUrl} rel="noopener">
          <IconBrandGithub {...icon.md} />
          {text.common.footer.openSource}
        </a>
        <Link className={classes.link} href="/support">
          {text.common.nav.support}
        </Link>
        <Link className={classes.link} href="/consent">
          {text.common.footer.documents}
        </Link>
        <LanguageSwitch />
      </div>
    </footer>
  );
}

function LanguageSwitch() {
  const other = useLocale() === 'ru' ? 'en' : 'ru';
  const me = useMe();
  const queries = trpc.useUtils();
  const store = trpc.people.updateMe.useMutation({ onSuccess: (saved) => queries.auth.me.setData(undefined, saved) });
  const change = async () => {
    await setLocale(other);
    if (me) store.mutate({ locale: other });
  };
  return (
    <button type="button" className={classes.link} lang={other} onClick={change}>
      {other === 'en' ? 'English' : 'Русский'}
    </button>
  );
}
