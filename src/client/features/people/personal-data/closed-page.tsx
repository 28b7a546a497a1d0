import { useSearch } from 'wouter';
import { useAccountText } from '#client/lib/account-text.ts';
import { useFormat } from '#client/lib/i18n.tsx';
import { usePageTitle } from '#client/lib/page.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';

/** After the account was closed: until when it can be taken back. */
export function ClosedPage() {
  const { closed: words } = useAccountText().personalData;
  const format = useFormat();
  const until = new URLSearchParams(useSearch()).get('until') ?? '';
  usePageTitle(words.title);
  return (
    <div className={layout.narrow}>
      <EmptyState level={1} title={words.title} action={<LinkButton href="/">{words.home}</LinkButton>}>
        {Number.isNaN(Date.parse(until)) ? null : words.text(format.date(until))}
      </EmptyState>
    </div>
  );
}
