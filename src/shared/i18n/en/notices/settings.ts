import type { settings as ru } from '../../ru/notices/settings.ts';

export const settings: typeof ru = {
  title: 'Notifications',
  failed: 'Could not load the settings',
  notSaved: 'Not saved',
  emailBlocked: {
    title: (email) => `Letters to ${email} do not arrive`,
    why: {
      mailbox: 'The mail server says that there is no such mailbox.',
      domain: 'The mail server of this address takes no mail.',
    },
    student:
      'If your mail works, sign out and sign in again with a code from a letter: notifications will go on. If your address is another one now, write to us.',
    toSupport: 'Write to support',
    teacher: 'If your mail works, lift the block in the office, under “Broadcasts”.',
    toDelivery: 'Open that page',
  },
  telegram: {
    title: 'Telegram',
    student: 'Teachers’ replies, news and weekly results come at once. You can answer your teacher right there.',
    teacher: 'Students’ questions come at once. You can answer them right there.',
    connect: 'Connect Telegram',
    connecting: 'Making a link',
    connected: 'Done, Telegram is connected.',
    open: 'Open Telegram',
    step: 'Press “Start” in the bot and confirm.',
    scan: 'If Telegram is on another device, point its camera at this code.',
    code: 'QR code with the link to the bot',
    waiting: 'Waiting for you to confirm in Telegram',
    holds: (time) => `The link holds for ${time}`,
    expired: 'The link is too old: it holds for 15 minutes.',
    again: 'New link',
    linked: (date) => `Connected ${date}`,
    bot: (name) => `Messages come from the bot @${name}.`,
    unlink: 'Disconnect',
    unlinking: 'Disconnecting',
    unlinked: (mailed) => `Telegram is off${mailed ? ', notifications go to your e-mail' : ''}. To have it back, connect it again.`,
    brokenTitle: 'Telegram does not take our messages',
    broken: (name, mailed) =>
      `The bot ${name ? `@${name} ` : ''}is probably blocked. Unblock it in Telegram or connect again.${mailed ? ' Until then notifications go to your e-mail.' : ''}`,
    reconnect: 'Connect again',
    notYet: 'The school’s bot does not answer yet. You can connect Telegram a little later.',
  },
  kinds: {
    title: 'What goes where',
    kind: 'About',
    site: 'On the site',
    telegram: 'Telegram',
    email: 'E-mail',
    state: 'Saving',
    control: (kind, channel) => `${kind}: ${channel}`,
    instead: (telegram) =>
      telegram
        ? '“Instead of Telegram”: a letter comes if Telegram is not connected, did not take the message or is off for these notifications.'
        : 'Letters come at once, or one a day.',
  },
  names: {
    answer: { name: 'Teachers’ replies', about: 'In the chat of a task and in support' },
    grade: { name: 'Grading', about: 'Graded works, exam results, points added' },
    topic: { name: 'New topics', about: 'When a topic of your course opens' },
    news: { name: 'School news', about: 'Announcements of the teachers' },
    week: { name: 'Weekly results', about: 'On Mondays, with your numbers' },
    question: { name: 'Students’ questions', about: 'When a student waits for an answer' },
  },
  newsOfTeacher: { name: 'School news', about: 'Test broadcasts that you send to yourself' },
  modes: {
    site: { on: 'Show', off: 'Do not show' },
    telegram: { on: 'With sound', silent: 'Silently', off: 'Do not send' },
    email: { instead: 'Instead of Telegram', always: 'Always', daily: 'Once a day', off: 'Do not send' },
    emailAtOnce: 'At once',
  },
  daily: (time) => `“Once a day”: one letter at ${time} with all of the day.`,
  quiet: {
    title: 'Quiet hours',
    text: 'During this time letters and Telegram messages wait. On the site you see everything at once.',
    on: 'Do not disturb during quiet hours',
    from: 'From',
    to: 'To',
    zone: (zone) => `Hours are in ${zone}.`,
    toZone: 'Change time zone',
  },
};
