/** The list behind the bell. */
export const bell = {
  title: 'Уведомления',
  settings: 'Настроить',
  news: 'Все новости',
  failed: 'Не удалось загрузить уведомления',
  emptyTitle: 'Уведомлений пока нет',
  empty: 'Здесь появятся ответы преподавателей, результаты проверки, новые темы и новости школы.',
  emptyTeacher: 'Здесь появятся вопросы учеников.',
  /** Read aloud before a line that has a dot. */
  unseen: 'Новое.',
  fresh: 'Показать новые',
  more: 'Показать ещё',
  moreFailed: 'Не удалось показать дальше',
};
