import { useEffect, useRef, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import hidden from '#client/ui/type.module.css';
import type { RoomDto } from '#shared/inbox.ts';
import classes from './inbox.module.css';
import { RoomDialog } from './room-dialog.tsx';
import { RoomPane } from './room-pane.tsx';
import { SoundSwitch } from './sound-switch.tsx';
import threadClasses from './thread.module.css';
import { inboxPollMs } from './use-inbox-rows.ts';

/** Where teachers talk among themselves: the rooms, and the one that is open. */
export function RoomsPage() {
  const { rooms: words } = useOfficeText();
  const { thread: openId } = useParams<{ thread?: string }>();
  const [, navigate] = useLocation();
  const [adding, setAdding] = useState(false);
  const query = trpc.chat.rooms.list.useQuery(undefined, { staleTime: anewUnlessSent, refetchInterval: inboxPollMs });
  const utils = trpc.useUtils();
  const create = trpc.chat.rooms.create.useMutation({ onSuccess: () => utils.chat.rooms.list.invalidate() });
  const open = query.data?.find(({ threadId }) => threadId === openId);
  usePageTitle(open?.title ?? words.title);
  useRowFocus(openId);
  return (
    <div className={`${classes.inbox} ${classes.rooms}`} data-flush data-open={openId}>
      <section className={`${classes.column} ${classes.listColumn}`} aria-label={words.list}>
        <div className={classes.head}>
          <h1>{words.title}</h1>
          <SoundSwitch />
        </div>
        <div className={classes.scroll}>
          <QueryView query={query} errorTitle={words.load} skeleton={<RoomsSkeleton />}>
            {(rooms) => <RoomList rooms={rooms} openId={openId} />}
          </QueryView>
          <div className={classes.pad}>
            <Button size="sm" variant="default" fullWidth onClick={() => setAdding(true)}>
              {words.add}
            </Button>
            <p className={classes.remark}>{words.note}</p>
          </div>
        </div>
      </section>
      <section className={`${classes.column} ${classes.threadColumn}`} aria-label={open?.title ?? words.choose}>
        {open && <RoomPane key={open.threadId} room={open} />}
        {!open && !(openId && query.isPending) && (
          <div className={threadClasses.choose}>
            {openId ? (
              <EmptyState
                title={words.missing}
                action={
                  <LinkButton href="/admin/rooms" size="sm" variant="default">
                    {words.back}
                  </LinkButton>
                }
              />
            ) : (
              <EmptyState title={words.choose} />
            )}
          </div>
        )}
      </section>
      {openId && <h1 className={`${hidden.hidden} ${classes.narrowTitle}`}>{words.title}</h1>}
      {adding && (
        <RoomDialog
          heading={words.add}
          save={words.create}
          saving={words.creating}
          onClose={() => setAdding(false)}
          onSave={async (title) => {
            const room = await create.mutateAsync({ title });
            navigate(`/admin/rooms/${room.threadId}`);
          }}
        />
      )}
    </div>
  );
}

function RoomList({ rooms, openId }: { rooms: RoomDto[]; openId: string | undefined }) {
  const { rooms: words } = useOfficeText();
  const closed = rooms.filter((room) => room.closed);
  const rows = (some: RoomDto[]) => some.map((room) => <RoomRow key={room.threadId} room={room} open={room.threadId === openId} />);
  return (
    <>
      <ul>{rows(rooms.filter((room) => !room.closed))}</ul>
      {closed.length > 0 && (
        <details className={classes.closed} open={closed.some(({ threadId }) => threadId === openId) || undefined}>
          <summary>
            {words.closedRooms} {closed.length}
          </summary>
          <ul>{rows(closed)}</ul>
        </details>
      )}
    </>
  );
}

function RoomRow({ room, open }: { room: RoomDto; open: boolean }) {
  const { rooms: words } = useOfficeText();
  const format = useFormat();
  return (
    <li className={classes.row}>
      <Link
        href={`/admin/rooms/${room.threadId}`}
        id={`row-${room.threadId}`}
        aria-current={open ? 'true' : undefined}
        data-unread={room.unread > 0 || undefined}
      >
        <span className={classes.rowHead}>
          <bdi className={classes.name}>{room.title}</bdi>
          {room.unread > 0 ? (
            <>
              <span className={classes.count} aria-hidden="true">
                {room.unread > 99 ? '99+' : room.unread}
              </span>
              <span className={hidden.hidden}>{words.unread(room.unread)}</span>
            </>
          ) : (
            room.lastAt && <span className={classes.when}>{format.ago(room.lastAt)}</span>
          )}
        </span>
        <span className={classes.excerpt}>{room.excerpt ? <bdi>{room.excerpt}</bdi> : words.noMessages}</span>
      </Link>
    </li>
  );
}

/** Opened, a room's title takes the focus; left, its row gets it back. */
function useRowFocus(openId: string | undefined): void {
  const before = useRef(openId);
  useEffect(() => {
    const left = before.current;
    before.current = openId;
    if (left === openId) return;
    const target = document.getElementById(openId ? 'thread-title' : `row-${left}`);
    target?.focus({ preventScroll: openId !== undefined });
    if (openId) window.scrollTo(0, 0);
  }, [openId]);
}

function RoomsSkeleton() {
  return (
    <div className={classes.pad}>
      {[0, 1, 2].map((row) => (
        <SkeletonBlock key={row} height={44} mt={row === 0 ? 0 : 32} radius={8} />
      ))}
    </div>
  );
}
