import { useRef, useState } from 'react';
import { appError } from '#client/lib/errors.ts';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { usePersonId } from '#client/lib/person.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { FaqOfficeArticleDto } from '#shared/support.ts';
import { beginningOf, type FaqFields, faqCopyOf, fieldsOf, sameFields } from './faq-draft.ts';

export type FaqDeed = 'save' | 'publish' | 'unpublish';

interface FaqFormOptions {
  /** Null: a new one. */
  article: FaqOfficeArticleDto | null;
  /** What a new one begins with. */
  blank: FaqFields;
  /** Under which name a new one is kept on the device. */
  about: string;
  onCreated: (article: FaqOfficeArticleDto) => void;
}

/** An article as it is typed: on the device with every key, on the server when it is saved, and never over what somebody else has saved. */
export function useFaqForm({ article, blank, about, onCreated }: FaqFormOptions) {
  const utils = trpc.useUtils();
  const api = utils.client.support.office;
  const personId = usePersonId();
  const copy = faqCopyOf(personId, article?.id ?? about);
  const [begun] = useState(() => beginningOf(article ? fieldsOf(article) : blank, article?.rev ?? null, copy.read()));
  const [stored, setStored] = useState(article);
  const [fields, setFields] = useState(begun.fields);
  const [rev, setRev] = useState(begun.rev);
  const [restored, setRestored] = useState(begun.restored);
  const [theirs, setTheirs] = useState(begun.conflict ? article : null);
  const [busy, setBusy] = useState<FaqDeed | null>(null);
  const [done, setDone] = useState<FaqDeed | 'discard' | 'take' | 'merge' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const latest = useRef(begun.fields);
  // One for as long as the page stands: whatever becomes of the answer, sent again it is the same article.
  const [newId] = useState(makeUuid);
  const base = stored ? fieldsOf(stored) : blank;

  function put(next: FaqFields, from: number | null, saved: FaqFields = base): void {
    latest.current = next;
    setFields(next);
    copy.write(sameFields(next, saved) ? null : { fields: next, rev: from });
  }

  /** What the server holds now, read by itself: somebody else has saved meanwhile. */
  async function meet(id: string): Promise<void> {
    const theirsNow = await api.article.query({ id });
    setStored(theirsNow);
    setTheirs(theirsNow);
  }

  async function save(deed: FaqDeed): Promise<void> {
    if (busy || theirs) return;
    const sent = latest.current;
    const published = deed === 'save' ? (stored?.published ?? false) : deed === 'publish';
    setBusy(deed);
    setError(null);
    setDone(null);
    try {
      const saved =
        stored && rev !== null
          ? await api.update.mutate({ id: stored.id, rev, ...sent, published })
          : await api.create.mutate({ id: newId, ...sent, published });
      utils.support.office.article.setData({ id: saved.id }, saved);
      const typedOn = latest.current === sent ? null : latest.current;
      setStored(saved);
      setRev(saved.rev);
      setRestored(false);
      setDone(deed);
      put(typedOn ?? fieldsOf(saved), saved.rev, fieldsOf(saved));
      if (!stored) {
        // It has a page of its own now: what was typed on meanwhile goes there.
        if (typedOn) faqCopyOf(personId, saved.id).write({ fields: typedOn, rev: saved.rev });
        copy.write(null);
        onCreated(saved);
      }
      void utils.support.office.list.invalidate();
      void utils.support.search.invalidate();
      void utils.support.article.invalidate();
    } catch (failure) {
      if (stored && appError(failure)?.code === 'FAQ_CONFLICT') await meet(stored.id).catch(setError);
      else setError(failure);
    } finally {
      setBusy(null);
    }
  }

  return {
    fields,
    stored,
    restored,
    theirs,
    busy,
    done,
    error,
    changed: !sameFields(fields, base),
    change(part: Partial<FaqFields>) {
      setDone(null);
      put({ ...latest.current, ...part }, rev);
    },
    save,
    /** Back to what is stored. */
    discard() {
      put(base, stored?.rev ?? null);
      setRev(stored?.rev ?? null);
      setTheirs(null);
      setRestored(false);
      setError(null);
      setDone('discard');
    },
    /** Theirs was seen: what is saved from here on comes after it. */
    settle(chosen: FaqFields, how: 'take' | 'merge') {
      if (!theirs) return;
      setRev(theirs.rev);
      put(chosen, theirs.rev, fieldsOf(theirs));
      setTheirs(null);
      setRestored(false);
      setDone(how);
    },
  };
}
