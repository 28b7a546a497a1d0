/** Announcements as students read them. */
export const news = {
  title: 'Новости',
  all: 'Все',
  /** Where «Все» alone does not say of what. */
  allLabel: 'Все новости',
  failed: 'Не удалось загрузить новости',
  emptyTitle: 'Новостей пока нет',
  empty: 'Здесь появятся объявления школы.',
  unread: 'Не прочитано.',
  fresh: 'Показать новые',
  place: 'Где вы',
  articleFailed: 'Не удалось загрузить новость',
  goneTitle: 'Такой новости нет',
  gone: 'Её могли снять, или она была не для вашего курса.',
};
