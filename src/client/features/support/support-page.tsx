import { keepPreviousData } from '@tanstack/react-query';
import { Suspense, useEffect, useRef } from 'react';
import { AnchorLink } from '#client/features/courses/anchor-link.tsx';
import { useMe } from '#client/lib/me.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { lazyTalk, useTalkText } from '#client/lib/talk-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { SupportCount } from '#client/ui/support-count.tsx';
import { FaqList } from './faq-list.tsx';
import { FaqSearch } from './faq-search.tsx';
import { headingId, MyChats, myChatsId } from './my-chats.tsx';
import { NoAnswer } from './no-answer.tsx';
import classes from './support.module.css';
import { useSupportPlace } from './use-support-place.ts';

const SupportChat = lazyTalk(() => import('./support-chat.tsx'), 'SupportChat');

/** Questions and answers, and beside them (on a phone in their place) the chat with support. */
export function SupportPage() {
  const { support: words } = useTalkText();
  const me = useMe();
  const student = me?.role === 'student';
  const { place, wide, openChat, closeChat, dropAbout, ...search } = useSupportPlace();
  // A teacher answers in the office; a guest signs in first.
  const talking = place.chat && student;
  usePageTitle(talking && !wide ? words.chat.title : words.title);
  useFocusAfter(talking);
  const chat = talking && (
    <Suspense fallback={<div className={wide ? classes.chatPending : classes.fullPending} />}>
      <SupportChat full={!wide} about={place.about} onSent={dropAbout} onClose={closeChat} />
    </Suspense>
  );
  if (chat && !wide) return chat;
  return (
    <div className={student ? `${layout.wrap} ${classes.grid}` : layout.wrap}>
      <div className={classes.main}>
        <div className={classes.head}>
          <h1>{words.title}</h1>
          {student && !wide && (
            <span className={classes.toChats}>
              <AnchorLink to={myChatsId}>{words.mine.title}</AnchorLink>
              <SupportCount />
            </span>
          )}
        </div>
        <Faq {...search} place={place} />
        <NoAnswer query={place.q} onChat={() => openChat(search.typed.trim())} />
      </div>
      {student && <aside className={classes.aside}>{chat || <MyChats onSupport={() => openChat('')} />}</aside>}
    </div>
  );
}

/** What is closed takes the focus with it: it goes to what stands there now. */
function useFocusAfter(talking: boolean): void {
  const before = useRef(talking);
  useEffect(() => {
    if (before.current && !talking) document.getElementById(headingId)?.focus({ preventScroll: true });
    before.current = talking;
  }, [talking]);
}

type FaqProps = Pick<ReturnType<typeof useSupportPlace>, 'place' | 'typed' | 'type' | 'choosePart'>;

function Faq({ place, typed, type, choosePart }: FaqProps) {
  const { support: words } = useTalkText();
  const query = trpc.support.search.useQuery({ query: place.q }, { placeholderData: keepPreviousData, staleTime: 60_000 });
  const state = !query.isPlaceholderData ? 'there' : query.fetchStatus === 'paused' ? 'waiting' : 'busy';
  return (
    <>
      <FaqSearch typed={typed} onType={type} />
      <QueryView query={query} skeleton={<FaqSkeleton />} errorTitle={words.failed}>
        {(list) => <FaqList list={list} query={place.q} state={state} part={place.part} onPart={choosePart} />}
      </QueryView>
    </>
  );
}

function FaqSkeleton() {
  return (
    <div className={classes.skeleton}>
      <SkeletonBlock height={36} width="80%" radius={18} />
      {['one', 'two', 'three', 'four', 'five'].map((row) => (
        <SkeletonBlock key={row} height={44} mt={28} />
      ))}
    </div>
  );
}
