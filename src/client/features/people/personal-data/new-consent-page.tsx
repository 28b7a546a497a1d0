import { Redirect, useLocation, useSearch } from 'wouter';
import { safeNext } from '#client/features/auth/next.ts';
import { useAccountText } from '#client/lib/account-text.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useLocale, useText } from '#client/lib/i18n.tsx';
import { usePageTitle } from '#client/lib/page.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonText } from '#client/ui/skeleton.tsx';
import type { ConsentDueDto } from '#shared/personal-data.ts';
import classes from './personal-data.module.css';

/** A new edition of the consent, asked about once: to be read, agreed to, or left with one's data. */
export function NewConsentPage() {
  const { consent: words } = useAccountText().personalData;
  const next = safeNext(useSearch(), window.location.origin) ?? '/';
  const due = trpc.people.personalData.consentDue.useQuery({ locale: useLocale() });
  usePageTitle(words.title);
  return (
    <div className={layout.wrap}>
      <div className={classes.page}>
        <h1>{words.title}</h1>
        <QueryView query={due} errorTitle={words.load} skeleton={<SkeletonText lines={16} />}>
          {(edition) => (edition ? <Edition edition={edition} next={next} /> : <Redirect to={next} replace />)}
        </QueryView>
      </div>
    </div>
  );
}

function Edition({ edition, next }: { edition: ConsentDueDto; next: string }) {
  const text = useText();
  const format = useFormat();
  const { personalData } = useAccountText();
  const words = personalData.consent;
  const queries = trpc.useUtils();
  const [, navigate] = useLocation();
  const agree = trpc.people.personalData.agree.useMutation({
    async onSuccess() {
      await queries.people.personalData.consentDue.invalidate();
      navigate(next, { replace: true });
    },
    // A still newer one came meanwhile: it is shown.
    onError: () => void queries.people.personalData.consentDue.invalidate(),
  });
  const date = format.day(edition.version);
  return (
    <>
      <p className={classes.text}>{edition.former ? words.text(date) : words.first(date)}</p>
      <div className={classes.read}>
        <Prose size="plain" html={edition.html} lang={useLocale()} />
      </div>
      <div className={classes.actions}>
        <BusyButton
          type="button"
          busy={agree.isPending}
          busyLabel={words.agreeing}
          onClick={() => agree.mutate({ version: edition.version })}
        >
          {words.agree}
        </BusyButton>
      </div>
      <FormError>{agree.error && errorText(agree.error, text, format)}</FormError>
      <p className={classes.text}>{words.otherwise}</p>
      <LinkButton href="/profile/data" variant="default">
        {personalData.archive.title}
      </LinkButton>
    </>
  );
}
