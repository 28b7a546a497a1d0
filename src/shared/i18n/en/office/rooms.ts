import type { OfficeCatalogue } from '../../office-catalogue.ts';
import { en } from '../../plural.ts';

export const rooms: OfficeCatalogue['rooms'] = {
  title: 'Rooms',
  unread: (n) => en(n, '# unread message', '# unread messages'),
  load: 'The rooms could not be loaded',
  missing: 'There is no such room',
  note: 'All teachers are in every room. Students do not see rooms.',
  list: 'Teachers’ rooms',
  closedRooms: 'Closed',
  noMessages: 'No messages yet',
  choose: 'Choose a room',
  back: 'To the list',
  add: 'New room',
  name: 'Name of the room',
  create: 'Create',
  creating: 'Creating',
  rename: 'Rename',
  renaming: 'Saving',
  save: 'Save',
  cancel: 'Cancel',
  renamed: (title) => `The room is now called “${title}”`,
  close: 'Close the room',
  closed: (title) => `Room “${title}” closed`,
  reopen: 'Reopen',
  reopening: 'Opening',
  isClosed: 'The room is closed: it can be read only.',
};
