import type { OfflineCatalogue } from '../../offline-catalogue.ts';

export const offlineCatalogue: OfflineCatalogue = {
  title: 'You are offline',
  lead: 'You can read these topics without a connection: texts and pictures are kept on this device. Tasks and videos open once you are back online.',
  none: 'Nothing to read offline yet. The theory of every topic you open while online will stay on this device.',
  topics: (course) => `Topics of “${course}”`,
  waiting: 'The page will open by itself once you are back online.',
  onlineTitle: 'What you can read offline',
  onlineLead: 'The theory of topics you have opened on this device. Texts and pictures are kept here and removed when you sign out.',
  topic: 'This is the kept theory. Tasks, videos and files open once you are back online.',
  others: 'What else can be read offline',
  missing: 'This topic is not kept on the device',
  missingText: 'It will open by itself once you are back online.',
};
