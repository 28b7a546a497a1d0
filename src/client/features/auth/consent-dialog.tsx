import { useLocale, useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { Dialog } from '#client/ui/dialog.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonText } from '#client/ui/skeleton.tsx';

export function ConsentDialog({ onClose }: { onClose: () => void }) {
  const text = useText();
  const locale = useLocale();
  const consent = trpc.people.consentText.useQuery({ locale });
  return (
    <Dialog title={text.site.documents} onClose={onClose}>
      <QueryView query={consent} errorTitle={text.site.documentsLoad} level={3} skeleton={<SkeletonText lines={12} />}>
        {({ html }) => <Prose size="plain" html={html} lang={locale} />}
      </QueryView>
    </Dialog>
  );
}
