import {
  IconBook,
  IconChecklist,
  IconCreditCard,
  IconEye,
  IconFolder,
  IconHeartbeat,
  IconHelpCircle,
  IconHistory,
  IconInbox,
  IconLayoutDashboard,
  IconListDetails,
  IconMessages,
  IconSettings,
  IconSpeakerphone,
  IconUsers,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Avatar } from '#client/ui/avatar.tsx';
import { icon } from '#client/ui/icon.ts';
import type { MeDto } from '#shared/auth.ts';
import { TalkCount } from '../inbox/talk-count.tsx';
import classes from './office-frame.module.css';
import { PaymentsCount } from './payments-count.tsx';
import { ReviewCount } from './review-count.tsx';

interface Part {
  href: string;
  label: string;
  sign: ReactNode;
  /** Further addresses that belong to it. */
  also?: string[];
  /** What waits there. */
  count?: ReactNode;
}

/** The parts of the office, and whose it is. */
export function OfficeNavigation({ me }: { me: MeDto }) {
  const { shell } = useOfficeText();
  const { nav } = shell;
  const [path] = useLocation();
  const parts: Part[] = [
    { href: '/admin', label: nav.dashboard, sign: <IconLayoutDashboard {...icon.md} /> },
    {
      href: '/admin/courses',
      label: nav.courses,
      sign: <IconBook {...icon.md} />,
      also: ['/admin/tasks', '/admin/theory', '/admin/descriptions', '/admin/import', '/admin/exams', '/admin/attempts'],
    },
    {
      href: '/admin/inbox',
      label: nav.inbox,
      sign: <IconInbox {...icon.md} />,
      also: ['/admin/templates'],
      count: <TalkCount of="waiting" />,
    },
    { href: '/admin/rooms', label: nav.rooms, sign: <IconMessages {...icon.md} />, count: <TalkCount of="rooms" /> },
    { href: '/admin/review', label: nav.review, sign: <IconChecklist {...icon.md} />, count: <ReviewCount /> },
    { href: '/admin/students', label: nav.students, sign: <IconUsers {...icon.md} /> },
    { href: '/admin/registrations', label: nav.registrations, sign: <IconListDetails {...icon.md} /> },
    { href: '/admin/news', label: nav.news, sign: <IconSpeakerphone {...icon.md} />, also: ['/admin/delivery'] },
    ...(me.payments
      ? [{ href: '/admin/payments', label: nav.payments, sign: <IconCreditCard {...icon.md} />, count: <PaymentsCount /> }]
      : []),
    { href: '/admin/faq', label: nav.faq, sign: <IconHelpCircle {...icon.md} /> },
    { href: '/admin/files', label: nav.files, sign: <IconFolder {...icon.md} /> },
    { href: '/admin/health', label: nav.health, sign: <IconHeartbeat {...icon.md} /> },
    { href: '/admin/settings', label: nav.settings, sign: <IconSettings {...icon.md} /> },
    { href: '/admin/journal', label: nav.journal, sign: <IconHistory {...icon.md} /> },
  ];
  const isIn = (at: string) => path === at || path.startsWith(`${at}/`);
  return (
    <>
      <nav className={classes.nav} aria-label={nav.label}>
        {parts.map(({ href, label, sign, also = [], count }) => (
          <Link key={href} href={href} aria-current={(href === '/admin' ? path === href : [href, ...also].some(isIn)) ? 'page' : undefined}>
            {sign}
            <span className={classes.label}>{label}</span>
            {count}
          </Link>
        ))}
        <Link href="/">
          <IconEye {...icon.md} />
          <span className={classes.label}>{nav.site}</span>
        </Link>
      </nav>
      <Link href="/profile" className={classes.me}>
        <Avatar firstName={me.firstName} lastName={me.lastName} />
        <span>
          <b>
            {me.firstName} {me.lastName}
          </b>
          <span className={classes.role}>{shell.role}</span>
        </span>
      </Link>
    </>
  );
}
