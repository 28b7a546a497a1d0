import type { OfficeCatalogue } from '../../office-catalogue.ts';

export const edit: OfficeCatalogue['edit'] = {
  label: (name) => `Editing: ${name}`,
  page: 'Editing this page',
  rename: 'Rename',
  description: 'Description',
  theory: 'Edit theory',
  task: 'Edit task',
  programme: 'Programme',
  dashboard: 'Overview',
  courses: 'All courses',
  name: { course: 'Course title', topic: 'Topic title', task: 'Task title' },
  save: 'Save',
  saving: 'Saving',
  cancel: 'Cancel',
  renamed: 'Renamed',
  undo: 'Undo',
  undone: 'The former title is back',
  back: 'Back to the page',
};
