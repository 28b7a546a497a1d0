import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconMenu2, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useText } from '#client/lib/i18n.tsx';
import { useNavigation } from '#client/lib/navigation.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import { LogoWordmark } from '#client/ui/logo-wordmark.tsx';
import { NoticesBell } from '#client/ui/notices-bell.tsx';
import { OfflineLine } from '#client/ui/offline-line.tsx';
import shell from '#client/ui/page-shell.module.css';
import { SiteFooter } from '#client/ui/site-footer.tsx';
import type { MeDto } from '#shared/auth.ts';
import { UploadTray } from '../files/upload-tray.tsx';
import classes from './office-frame.module.css';
import { OfficeNavigation } from './office-navigation.tsx';
import { UndoNotices } from './undo.tsx';

/** The frame of the office: its parts at the side, or behind a button where there is no room. It stays while pages change inside. */
export function OfficeFrame({ me, children }: { me: MeDto; children: ReactNode }) {
  const text = useText();
  useNavigation();
  return (
    <div className={classes.frame}>
      <a className={shell.skip} href="#main">
        {text.common.skip}
      </a>
      <aside className={classes.side}>
        <div className={classes.top}>
          <Logo />
          <NoticesBell />
        </div>
        <OfficeNavigation me={me} />
      </aside>
      <div className={classes.page}>
        <OfflineLine />
        <NarrowHead me={me} />
        <main id="main" className={classes.main} tabIndex={-1}>
          {children}
        </main>
        <SiteFooter />
      </div>
      <UploadTray />
      <UndoNotices />
    </div>
  );
}

function NarrowHead({ me }: { me: MeDto }) {
  const { shell: words } = useOfficeText();
  const [path] = useLocation();
  const [open, setOpen] = useState(false);
  const drawer = useRef<HTMLDialogElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is the event itself
  useEffect(() => setOpen(false), [path]);
  useEffect(() => {
    if (open) drawer.current?.showModal();
    else drawer.current?.close();
  }, [open]);
  return (
    <header className={classes.head}>
      <ActionIcon aria-label={words.nav.open} aria-expanded={open} onClick={() => setOpen(true)}>
        <IconMenu2 {...icon.lg} />
      </ActionIcon>
      <Logo />
      <NoticesBell />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has Esc */}
      <dialog
        ref={drawer}
        className={classes.drawer}
        aria-label={words.nav.label}
        onClose={() => setOpen(false)}
        onClick={(event) => event.target === drawer.current && setOpen(false)}
      >
        <div className={classes.drawerInner}>
          <ActionIcon aria-label={words.nav.close} onClick={() => setOpen(false)}>
            <IconX {...icon.md} />
          </ActionIcon>
          <OfficeNavigation me={me} />
        </div>
      </dialog>
    </header>
  );
}

function Logo() {
  const text = useText();
  return (
    <Link href="/" className={classes.logo} aria-label={text.common.toHome}>
      <LogoWordmark />
    </Link>
  );
}
