import { useEffect, useRef, useState } from 'react';
import { type Autosave, createAutosave } from '#client/features/texts/autosave.ts';
import { appError } from '#client/lib/errors.ts';
import { offline } from '#client/lib/online.ts';
import { usePersonId } from '#client/lib/person.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { NewsPostDto } from '#shared/news.ts';
import { newsCopiesOf } from './news-copies.ts';
import { blankNews, fieldsOf, inputOf, isHalfDone, isTooLong, type NewsFields, parseFields, sameInput, sourceOf } from './news-fields.ts';

/** Never sent: the server would refuse it. */
export class NewsTooLong extends Error {}

interface NewsDraftOptions {
  id: string;
  /** Null: the server has never heard of it. */
  post: NewsPostDto | null;
  /** On the site already: what is typed stays on the device until `save`. */
  published?: boolean;
}

export type NewsDraft = ReturnType<typeof useNewsDraft>;

function isFinal(error: unknown): boolean {
  const code = appError(error)?.code ?? '';
  return (
    error instanceof NewsTooLong || ['INPUT_INVALID', 'AUTH_FORBIDDEN', 'NEWS_NOT_FOUND', 'NEWS_STATE', 'COURSES_NOT_FOUND'].includes(code)
  );
}

/** An announcement in the composer: what stands there, what the server has of it, and what this device keeps until then. */
export function useNewsDraft({ id, post: begunFrom, published = false }: NewsDraftOptions) {
  const utils = trpc.useUtils();
  const api = utils.client.news.office;
  const copies = newsCopiesOf(usePersonId());
  const [begun] = useState(() => open());
  const { autosave, server } = begun;
  const [fields, setFields] = useState(begun.fields);
  const [restored, setRestored] = useState(begun.restored);
  const latest = useRef(begun.fields);
  const [post, setPost] = useState(begunFrom);
  const state = autosave.state.use();

  function open() {
    const held = { post: begunFrom, take };
    const copy = copies.find(id);
    const stored = sourceOf(begunFrom ? fieldsOf(begunFrom) : blankNews);
    const isOther = copy !== null && copy.source !== stored;
    const kept = (isOther && parseFields(copy.source)) || null;
    // What is to be saved by hand only is no text of the autosave yet; it remembers which revision it was begun from.
    const rev = published && kept && copy ? copy.rev : (begunFrom?.rev ?? 0);
    const made: Autosave = createAutosave({
      stored,
      ...(kept && !published ? { text: sourceOf(kept) } : {}),
      rev,
      isFinal,
      send,
      keep(unsaved) {
        const half = parseFields(made.text());
        if (unsaved) copies.put({ id, source: unsaved.source, rev: unsaved.baseRev });
        else if (half && isHalfDone(half)) copies.put({ id, source: made.text(), rev: made.rev() });
        else copies.drop(id);
      },
    });
    if (!isOther) copies.drop(id);
    if (kept && !published && copy && begunFrom && copy.rev !== begunFrom.rev) made.meet(theirsOf(begunFrom));
    return { autosave: made, server: held, fields: kept ?? parseFields(stored) ?? blankNews, restored: kept !== null };

    async function send(baseRev: number, source: string) {
      const typed = parseFields(source) ?? blankNews;
      if (isTooLong(typed)) throw new NewsTooLong();
      const input = inputOf(typed, held.post);
      try {
        if (held.post) return saved(await api.update.mutate({ id, rev: baseRev, ...input }));
        const created = await api.create.mutate({ id, ...input });
        void utils.news.office.list.invalidate();
        // The answer to the first request was lost, and what it made is older than what stands here.
        return saved(sameInput(created, input) ? created : await api.update.mutate({ id, rev: created.rev, ...input }));
      } catch (error) {
        if (appError(error)?.code !== 'NEWS_CONFLICT') throw error;
        const now = await api.get.query({ id });
        held.take(now);
        // Our own words, of which the answer was lost.
        if (sameInput(now, input)) return saved(now);
        return { outcome: 'conflict' as const, theirs: theirsOf(now) };
      }
    }

    function saved(now: NewsPostDto) {
      held.take(now);
      return { outcome: 'saved' as const, rev: now.rev, at: new Date().toISOString() };
    }
  }

  /** What the server holds by now. */
  function take(now: NewsPostDto): void {
    server.post = now;
    setPost(now);
    utils.news.office.get.setData({ id }, now);
  }

  function put(next: NewsFields): void {
    latest.current = next;
    setFields(next);
    if (!published) autosave.change(sourceOf(next));
    else if (sourceOf(next) === sourceOf(stored())) copies.drop(id);
    else copies.put({ id, source: sourceOf(next), rev: autosave.rev() });
  }

  const stored = () => (server.post ? fieldsOf(server.post) : blankNews);

  const reachable = offline.use() === null;
  useEffect(() => {
    if (reachable && autosave.state.get().status === 'failed') void autosave.flush();
  }, [reachable, autosave]);

  const changed = published && post !== null && (isHalfDone(fields) || !sameInput(inputOf(fields, post), post));
  const unsaved = changed || state.status !== 'saved';
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);

  // Another page of the site: the rest goes out behind it.
  useEffect(
    () => () => {
      void autosave.flush();
    },
    [autosave],
  );

  return {
    id,
    fields,
    /** Null until the server has it. */
    post,
    state,
    restored,
    take,
    isOnServer: () => server.post !== null,
    /** Of what the server has; 0: nothing yet. */
    rev: () => autosave.rev(),
    /** What stands there now was written by somebody else: both are to be seen before anything is done. */
    async meet(): Promise<void> {
      const now = await api.get.query({ id });
      take(now);
      if (now.rev !== autosave.rev()) autosave.meet(theirsOf(now));
    },
    change(part: Partial<NewsFields>): void {
      put({ ...latest.current, ...part });
    },
    /** All that was typed is on the server, or it is told why not. */
    async flush(): Promise<boolean> {
      if (published) autosave.change(sourceOf(latest.current));
      // A post of one's own list or with a picture has to be there, if only empty.
      if (!server.post && autosave.state.get().status === 'saved') take(await api.create.mutate({ id, ...inputOf(latest.current, null) }));
      if (server.post && autosave.rev() === 0) autosave.adopt(sourceOf(fieldsOf(server.post)), server.post.rev, null);
      const status = await autosave.flush();
      if (status !== 'saved') return false;
      setRestored(false);
      return true;
    },
    /**
     * Something else that raises the revision, after what is on its way.
     * @throws what the server refused; NEWS_CONFLICT also leaves the two versions to be compared
     */
    async beside(act: (rev: number, now: NewsPostDto) => Promise<NewsPostDto>): Promise<void> {
      await autosave.exclusively(async () => {
        for (let tries = 1; ; tries += 1) {
          if (!server.post) throw new Error('There is nothing on the server yet');
          const before = sourceOf(stored());
          try {
            take(await act(autosave.rev(), server.post));
          } catch (error) {
            if (appError(error)?.code !== 'NEWS_CONFLICT' || tries === 3) throw error;
            take(await api.get.query({ id }));
            if (sourceOf(stored()) !== before) {
              autosave.meet(theirsOf(server.post));
              throw error;
            }
            // Only pictures have changed: what is done comes after that.
            autosave.adopt(before, server.post.rev, null);
            continue;
          }
          // The fields that were saved are still those that stand there, only the revision is another one.
          autosave.adopt(sourceOf(stored()), server.post.rev, null);
          return;
        }
      });
    },
    /** Back to what is published. */
    discard(): void {
      put(stored());
      setRestored(false);
    },
    /** Theirs was seen: mine, or what was made of both, is written over it. */
    settle(chosen: NewsFields): void {
      const source = sourceOf(chosen);
      latest.current = chosen;
      setFields(chosen);
      autosave.change(source);
      autosave.overrule();
    },
  };
}

function theirsOf(post: NewsPostDto) {
  return { source: sourceOf(fieldsOf(post)), by: null, byMe: false, at: null, rev: post.rev, published: false };
}
