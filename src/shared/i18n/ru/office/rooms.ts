import { ru } from '../../plural.ts';

/** Where teachers talk among themselves. */
export const rooms = {
  title: 'Комнаты',
  /** After the number in the navigation, for a screen reader. */
  unread: (n: number) => ru(n, '# непрочитанное сообщение', '# непрочитанных сообщения', '# непрочитанных сообщений'),
  load: 'Не удалось загрузить комнаты',
  missing: 'Такой комнаты нет',
  note: 'В каждой комнате все преподаватели. Ученики комнат не видят.',
  list: 'Комнаты преподавателей',
  closedRooms: 'Закрытые',
  noMessages: 'Сообщений пока нет',
  choose: 'Выберите комнату',
  back: 'К списку',
  add: 'Новая комната',
  name: 'Название комнаты',
  create: 'Создать',
  creating: 'Создаём',
  rename: 'Переименовать',
  renaming: 'Сохраняем',
  save: 'Сохранить',
  cancel: 'Отмена',
  renamed: (title: string) => `Комната теперь называется «${title}»`,
  close: 'Закрыть комнату',
  closed: (title: string) => `Комната «${title}» закрыта`,
  reopen: 'Открыть снова',
  reopening: 'Открываем',
  isClosed: 'Комната закрыта, её можно только читать.',
};
