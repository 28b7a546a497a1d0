import type { CheckName } from '../../health.ts';
import { ru } from '../plural.ts';

const number = new Intl.NumberFormat('ru', { maximumSignificantDigits: 3 });
const size = (bytes: number) =>
  bytes >= 1e9
    ? `${number.format(bytes / 1e9)} ГБ`
    : bytes >= 1e6
      ? `${number.format(bytes / 1e6)} МБ`
      : `${number.format(bytes / 1e3)} кБ`;
const lasted = (ms: number) => {
  if (ms < 60_000) return 'меньше минуты';
  if (ms < 3_600_000) return ru(Math.floor(ms / 60_000), '# минута', '# минуты', '# минут');
  if (ms < 172_800_000) return ru(Math.floor(ms / 3_600_000), '# час', '# часа', '# часов');
  return ru(Math.floor(ms / 86_400_000), '# день', '# дня', '# дней');
};

/** What is found when the parts of the school are looked at, and what to do about it. Told by the server, in the office and by `npm run doctor`. */
export const health = {
  titles: {
    server: 'Сервер',
    database: 'База данных',
    migrations: 'Таблицы базы',
    connections: 'Соединения с базой',
    clock: 'Часы',
    zone: 'Часовой пояс',
    store: 'Хранилище файлов',
    disk: 'Место на диске',
    log: 'Журнал базы',
    mail: 'Почта',
    telegram: 'Telegram',
    payments: 'Приём оплаты',
    money: 'Расхождения с банком',
    queue: 'Фоновые задания',
    delivery: 'Уведомления',
    backup: 'Резервная копия',
    secret: 'Секрет школы',
    address: 'Адрес сайта',
    demo: 'Демонстрационные курсы',
  } satisfies Record<CheckName, string>,
  /** Common to all: it hangs, it broke in a way that nobody thought of, its database is away. */
  hangs: (seconds: number) => ({
    detail: `Нет ответа за ${ru(seconds, '# секунду', '# секунды', '# секунд')}.`,
    advice: 'Посмотрите, не перегружена ли машина и доступна ли эта часть по сети.',
  }),
  broke: (reason: string) => ({ detail: reason, advice: 'Посмотрите строки с ошибками в журнале сервера.' }),
  noDatabase: { detail: 'Не проверить, пока не отвечает база данных.' },
  server: {
    runs: (url: string) => ({ detail: `Школа отвечает: ${url}` }),
    opens: (url: string) => ({
      detail: `По адресу ${url} школа запущена, но пока не может работать.`,
      advice: 'Подождите минуту. Если не пройдёт, причина ниже или в журнале сервера.',
    }),
    down: (url: string) => ({
      detail: `По адресу ${url} никто не отвечает.`,
      advice: 'Запустите школу: npm start. Если она запускалась, посмотрите последние строки её журнала.',
    }),
  },
  database: {
    ok: (version: string, bytes: number, ms: number) => ({
      detail: `PostgreSQL ${version}, ${size(bytes)}, отвечает за ${ru(Math.max(1, Math.round(ms)), '# мс', '# мс', '# мс')}.`,
    }),
    slow: (ms: number) => ({
      detail: `Отвечает за ${ru(Math.round(ms), '# мс', '# мс', '# мс')}, это долго.`,
      advice: 'Посмотрите нагрузку на машину базы и сеть до неё.',
    }),
    away: (reason: string) => ({
      detail: `Не отвечает: ${reason}`,
      advice: 'Проверьте, запущен ли PostgreSQL и верен ли DATABASE_URL. Школа вернётся сама, как только база ответит.',
    }),
  },
  migrations: {
    ok: (n: number) => ({ detail: `Все на месте: ${ru(n, '# изменение', '# изменения', '# изменений')}.` }),
    pending: (names: string) => ({
      detail: `Не применены: ${names}.`,
      advice: 'Перезапустите школу, запуск применит их. Или: npm run migrate -- apply',
    }),
    newer: (names: string) => ({
      detail: `База новее этой программы: ${names}.`,
      advice: 'Перезапустите школу в новой версии, либо верните базу из копии старой.',
    }),
    broken: (name: string) => ({
      detail: `Изменение ${name} началось и не закончилось.`,
      advice: `Устраните причину и выполните: npm run migrate -- retry ${name}`,
    }),
  },
  connections: {
    ok: (used: number, most: number) => ({ detail: `Занято ${used} из ${most}.` }),
    few: (used: number, most: number) => ({
      detail: `Занято ${used} из ${most}, это почти все.`,
      advice: 'Увеличьте max_connections в PostgreSQL или уменьшите DATABASE_POOL.',
    }),
  },
  clock: {
    ok: { detail: 'Часы сервера и базы идут одинаково.' },
    differs: (seconds: number) => ({
      detail: `Часы сервера и базы расходятся на ${ru(Math.round(seconds), '# секунду', '# секунды', '# секунд')}.`,
      advice: 'Включите на обеих машинах сверку времени (systemd-timesyncd или chrony): по часам открываются темы и кончаются экзамены.',
    }),
  },
  zone: {
    ok: (zone: string, time: string) => ({ detail: `${zone}, сейчас там ${time}.` }),
    unknown: (zone: string) => ({
      detail: `База данных не знает пояса ${zone}.`,
      advice: 'Исправьте SCHOOL_TIME_ZONE или обновите список поясов PostgreSQL (пакет tzdata).',
    }),
  },
  store: {
    disk: (folder: string) => ({ detail: `Папка ${folder}: запись, чтение и удаление работают.` }),
    bucket: (bucket: string) => ({ detail: `Бакет ${bucket}: запись, чтение и удаление работают.` }),
    failed: (reason: string) => ({
      detail: `Не работает: ${reason}`,
      advice:
        'Проверьте права на папку DATA_DIR/files и место на диске; для бакета – ключи S3_ и доступ к нему по сети. Пока не исправлено, файлы не загружаются и не открываются.',
    }),
    differs: {
      detail: 'Прочитано не то, что записано.',
      advice: 'Хранилище портит файлы. Проверьте диск (dmesg, smartctl) или настройки бакета.',
    },
  },
  disk: {
    ok: (free: number, all: number) => ({ detail: `Свободно ${size(free)} из ${size(all)}.` }),
    low: (free: number, all: number) => ({
      detail: `Свободно ${size(free)} из ${size(all)}.`,
      advice: 'Освободите место или увеличьте диск. Когда место кончится, школа перестанет принимать ответы и файлы.',
    }),
    inodes: (free: number) => ({
      detail: `На диске осталось мест для файлов: ${free}.`,
      advice: 'Удалите лишние мелкие файлы: место есть, но новых файлов диск не примет.',
    }),
  },
  log: {
    ok: (bytes: number) => ({ detail: `Журнал PostgreSQL занимает ${size(bytes)}.` }),
    big: (file: string, bytes: number) => ({
      detail: `Журнал PostgreSQL ${file} занимает ${size(bytes)}.`,
      advice: 'Посмотрите, на что он жалуется, и очистите его: truncate -s 0 и имя файла.',
    }),
    own: { detail: 'Журнал ведёт ваш PostgreSQL.' },
  },
  mail: {
    ok: (host: string) => ({ detail: `Сервер ${host} принял соединение и пароль.` }),
    folder: { detail: 'Почтового сервера нет, письма показываются на этой машине.' },
    none: {
      detail: 'Почтового сервера нет: письма с кодами никому не уходят, войти и зарегистрироваться нельзя.',
      advice: 'Задайте SMTP_URL и MAIL_FROM (docs/admin-guide.md, «Mail») и перезапустите школу.',
    },
    password: (host: string, reason: string) => ({
      detail: `Сервер ${host} не принял имя или пароль: ${reason}`,
      advice: 'Проверьте SMTP_URL. Знаки @ : / в имени и пароле пишутся как %40 %3A %2F.',
    }),
    away: (host: string, reason: string) => ({
      detail: `До сервера ${host} не достучаться: ${reason}`,
      advice: 'Проверьте адрес и порт в SMTP_URL. Многие хостинги закрывают порт 25: возьмите 465 или 587. Письма ждут и уйдут сами.',
    }),
  },
  telegram: {
    off: { detail: 'Не подключён, уведомления уходят письмами.' },
    ok: (bot: string, last: number | null) => ({
      detail:
        last === null
          ? `Бот @${bot} отвечает, писем ему ещё не было.`
          : `Бот @${bot} отвечает, последнее сообщение ему: ${lasted(last)} назад.`,
    }),
    token: { detail: 'Telegram не знает такого токена.', advice: 'Возьмите токен у @BotFather заново и запишите его в TELEGRAM_TOKEN.' },
    away: (reason: string) => ({
      detail: `До Telegram не достучаться: ${reason}`,
      advice:
        'Задайте TELEGRAM_PROXY или TELEGRAM_API_ROOT (docs/admin-guide.md, «Telegram»). Пока связи нет, вместо сообщений уходят письма.',
    }),
    nobody: (last: number | null) => ({
      detail:
        last === null
          ? 'Telegram отвечает, но ни один процесс школы с ним ещё не говорил.'
          : `Telegram отвечает, но процессы школы молчат с ним: ${lasted(last)}.`,
      advice: 'Если школа запущена, посмотрите её журнал: с Telegram говорит один процесс, и он мог остановиться.',
    }),
    conflict: { detail: 'Этим же ботом пользуется другая программа.', advice: 'Остановите её или заведите школе отдельного бота.' },
    refused: (said: string) => ({
      detail: `Telegram отказывает: ${said}`,
      advice: 'Чаще всего это сертификат сайта или брандмауэр перед вебхуком.',
    }),
  },
  payments: {
    off: { detail: 'Оплата на сайте не подключена.' },
    ok: (names: string) => ({ detail: `${names}: ключи подходят.` }),
    test: (names: string) => ({
      detail: `${names}: тестовый режим, курсы открываются за ненастоящие платежи.`,
      advice: 'На школе, которая продаёт, уберите PAYMENTS_TEST и поставьте боевые ключи.',
    }),
    keys: (names: string) => ({
      detail: `${names}: ключи не подходят.`,
      advice: 'Сверьте ключи PAYMENTS_ с личным кабинетом банка. До этого никто не может заплатить.',
    }),
    away: (names: string, reason: string) => ({
      detail: `${names} не отвечает: ${reason}`,
      advice: 'Проверьте доступ в интернет с этой машины. Начатые платежи не потеряются: их спросят ещё раз.',
    }),
    stopped: (names: string) => ({
      detail: `${names}: приём остановлен, новых оплат и списаний нет.`,
      advice: 'Остановил модератор или восстановление из копии. Посмотрите «Платежи», «Сверка», потом «Приём оплаты», «Возобновить приём».',
    }),
  },
  money: {
    none: { detail: 'Всё сходится.' },
    open: (n: number) => ({
      detail: `${ru(n, 'Ждёт решения # расхождение', 'Ждут решения # расхождения', 'Ждут решения # расхождений')}.`,
      advice: 'Кабинет, «Платежи», «Сверка».',
    }),
  },
  queue: {
    ok: (failed: number) => ({ detail: failed === 0 ? 'Выполняются вовремя.' : `Выполняются вовремя. Не вышло за сутки: ${failed}.` }),
    late: (kind: string, ms: number) => ({
      detail: `Задание ${kind} ждёт: ${lasted(ms)}.`,
      advice: 'Если школа запущена, посмотрите в журнале строки «job failed»; если нет, задания начнутся с её запуском.',
    }),
    failed: (n: number, kinds: string) => ({
      detail: `За сутки не вышло и больше не повторяется: ${n} (${kinds}).`,
      advice: 'Найдите в журнале строки «job failed» с этими именами: там причина.',
    }),
  },
  delivery: {
    ok: (waiting: number) => ({
      detail: waiting === 0 ? 'Всё, что пора было отправить, отправлено.' : `Ждут своей очереди: ${waiting}, все недолго.`,
    }),
    late: (channel: 'telegram' | 'email', n: number, ms: number) => ({
      detail: `${channel === 'email' ? 'Письма' : 'Сообщения Telegram'} ждут отправки: ${n}, самое давнее ${lasted(ms)}.`,
      advice: channel === 'email' ? 'Смотрите строку «Почта».' : 'Смотрите строку «Telegram».',
    }),
  },
  backup: {
    ok: (ms: number) => ({ detail: `Последняя целая копия сделана ${lasted(ms)} назад.` }),
    old: (ms: number) => ({
      detail: `Последняя целая копия сделана ${lasted(ms)} назад.`,
      advice: 'Проверьте ночное задание cron или таймер systemd: npm run backup',
    }),
    none: (folder: string) => ({
      detail: `В ${folder} нет ни одной копии.`,
      advice: 'Сделайте копию: npm run backup. И поставьте её в расписание на каждую ночь (docs/backups.md).',
    }),
    practice: (folder: string) => ({ detail: `В ${folder} нет ни одной копии; школа пока только для вас.` }),
  },
  secret: {
    config: { detail: 'Задан настройкой SECRET.' },
    file: (file: string) => ({ detail: `Лежит в ${file}, прочесть его может только школа.` }),
    open: (file: string) => ({
      detail: `Файл ${file} могут прочесть другие пользователи машины.`,
      advice: `Закройте его: chmod 600 ${file}`,
    }),
    later: { detail: 'Появится при первом запуске.' },
    missing: (file: string) => ({
      detail: `Файла ${file} нет.`,
      advice: 'Верните его из резервной копии: без него не расшифровать сохранённые карты и второй шаг входа.',
    }),
  },
  address: {
    ok: (url: string) => ({ detail: `${url}, через прокси с сертификатом.` }),
    local: (url: string) => ({ detail: `${url}: сайт открывается только на этой машине или в вашей сети.` }),
    open: (url: string) => ({
      detail: `${url}: без https пароли и коды видны всем по пути.`,
      advice: 'Поставьте перед школой nginx или Caddy с сертификатом и задайте PUBLIC_URL с https://.',
    }),
    proxy: (url: string) => ({
      detail: `${url}, но TRUST_PROXY не задан: все посетители для школы – один адрес.`,
      advice: 'Задайте TRUST_PROXY=1, если перед школой один прокси: без этого ограничения попыток сработают сразу на всех.',
    }),
  },
  demo: {
    off: { detail: 'Выключены.' },
    ok: { detail: 'Включены: в пустой школе есть что посмотреть.' },
    public: {
      detail: 'Включены в открытой школе: ученики видят чужие курсы.',
      advice: 'Задайте DEMO=off и удалите курсы, которые не нужны.',
    },
  },
};
