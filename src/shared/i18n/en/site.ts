import type { site as ru } from '../ru/site.ts';

export const site: typeof ru = {
  notFound: {
    title: 'There is no such page',
    text: 'There may be a typo in the address, or the page was moved. Courses and topics are in place.',
    home: 'To the home page',
    courses: 'See the courses',
  },
  documents: 'Documents',
  documentsLoad: 'The document could not be loaded',
  privacy: {
    title: 'Privacy policy',
    link: 'How the school treats data: the privacy policy',
    incomplete: 'It is not said who answers for the data: without that the policy is incomplete.',
    fill: 'Fill it in',
  },
  /** A student at the door of the office. */
  moderatorsOnly: {
    title: 'This page is for teachers',
    text: 'You are signed in as a student. Teachers sign in with email and password.',
  },
};
