export const site = {
  notFound: {
    title: 'Такой страницы нет',
    text: 'Возможно, в адресе опечатка или страницу перенесли. Курсы и темы на месте.',
    home: 'На главную',
    courses: 'Посмотреть курсы',
  },
  documents: 'Документы',
  documentsLoad: 'Не удалось загрузить документ',
  /** A student at the door of the office. */
  moderatorsOnly: {
    title: 'Эта страница для преподавателей',
    text: 'Вы вошли как ученик. Преподаватели входят по почте и паролю.',
  },
};
