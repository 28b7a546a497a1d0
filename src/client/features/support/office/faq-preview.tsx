import { useOfficeText } from '#client/lib/office-text.ts';
import { Prose } from '#client/ui/prose.tsx';
import { Pending, SkeletonText } from '#client/ui/skeleton.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import classes from './faq-editor.module.css';
import { useFaqPreview } from './use-faq-preview.ts';

/** What students will see, by the code that makes their page. */
export function FaqPreview({ title, category, body }: { title: string; category: string; body: string }) {
  const { editor: words } = useOfficeText().faq;
  const { html, stale } = useFaqPreview(body);
  return (
    <section className={classes.preview} aria-labelledby="faq-preview">
      <h2 id="faq-preview" className={classes.previewLabel}>
        {words.preview}
      </h2>
      {stale && <p className={classes.stale}>{words.previewStale}</p>}
      <p className={classes.previewTitle}>
        <b lang="ru">{setTitle(title)}</b>
      </p>
      <p className={classes.previewPart}>{category}</p>
      {body.trim() === '' ? (
        <p className={classes.small}>{words.previewEmpty}</p>
      ) : html === null ? (
        <Pending>
          <SkeletonText lines={4} />
        </Pending>
      ) : (
        <Prose html={html} size="plain" />
      )}
    </section>
  );
}
