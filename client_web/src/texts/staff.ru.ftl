# Слова клиента для актёров, наблюдателей, экрана зала и руководства; загружаются только с их экранами.

# ---- актёр
my-card = Моя карточка
no-scene = Сейчас с вами не говорят. До выхода вы свободны.
cues = Выходы
cue-in = через { $span }
cue-now = сейчас
cue-ready = Готов(а)
cue-ready-said = вы сказали: готов(а)
cue-done = Сыграно
i-said = Что я сказал(а)
line-said = сказано
not-advised = По карточке этого пока не говорят
others-heard = Это слышали и другие
tap-lines = Отмечайте реплики, когда произносите
say-it = { $n ->
    [one] Я это сказал(а)
   *[other] Я это сказал(а) ({ $n })
  }
said-label = Сказано: { $who }
how-treated = Как со мной обращались?
scale-0 = плохо
scale-1 = неважно
scale-2 = средне
scale-3 = неплохо
scale-4 = хорошо
noted = записано
treat-send = Записать
treat-again = Исправить
treat-label = Как обращались: { $who }
curtain-out = ЗАНАВЕС: я выхожу
curtain-hint = Сцена кончается сразу, без объяснений. Кто попросил, узнает только ответственный за безопасность.
messages = Сообщения ({ $n })
what-i-know = Что мой персонаж знает о других

# ---- наблюдатель
observer-title = Только чтение.
observer-text = Вы видите то, что открыло руководство: позже, чем это происходит, и без имён. Отсюда ничего не доходит до участников. Вопросы – на стол наблюдателей.
observer-stop = Руководство оповещено. Скажите и вслух.
observer-curtain = Упражнение остановлено ради безопасности. Оно продолжится, когда скажет руководство.
story-line = Ход событий
story-empty = Показывать пока нечего.
team-knows = Что знает группа
records = { $n ->
    [one] { $n } запись
    [few] { $n } записи
   *[other] { $n } записей
  }

# ---- экран зала
room-lost = Связь с сервером потеряна; часы идут сами.

# ---- руководство
control-run = Ход
control-teams = Группы
control-truth = Как на самом деле
control-matrix = Кто что знает
control-people = Написать
startex-text = Упражнение начинается, часы идут. Это видят все.
pausex-text = Часы останавливаются у всех. Ничего не наступает.
resume-text = Часы идут дальше с того же места.
endex-text = Упражнение кончается для всех без возврата. Роли сложены.
speed = Скорость
jump = Вперёд
jump-text = Переводит часы вперёд. Всё, что наступает по пути, происходит по порядку.
jump-minutes = Минут
jump-to = В сюжете будет { $time }.
msel = Сценарный план (MSEL)
msel-empty = Вводных нет.
inject-waiting = ждёт
inject-held = задержана
inject-fired = дана
inject-skipped = пропущена
due-in = через { $span }
due-event = ждёт события
overdue = просрочена на { $span }
to = кому: { $who }
expected = Ожидается:
steer-fire = Дать сейчас
steer-hold = Задержать
steer-release = Отпустить
steer-skip = Пропустить
steer-repeat = Дать ещё раз
happenings = Что произошло
happenings-empty = Пока ничего не произошло.
cause = потому что: { $cause }
lobby-address = Адрес:
lobby-room = страница для экрана зала
lobby-reached = телефоны проходят
lobby-not-reached = ни один телефон ещё не прошёл
lobby-missing = { $n ->
    [0] все группы на месте
    [one] { $n } группа пуста
    [few] { $n } группы пусты
   *[other] { $n } групп пусты
  }
lobby-reviewed = проверили: { $who }
lobby-not-reviewed = не проверено
lobby-failed = Список мест сейчас не читается.
role-player = Группа
role-team = Группа
role-hidden = Скрытая сторона
role-actor = Актёр
role-control = Руководство
role-observer = Наблюдатели
stand-in-none = Без дублёра
profile-careful = бережный
profile-hurried = торопливый
profile-territorial = ревнивый к полномочиям
profile-careless = небрежный
devices = устройств: { $n }
seat-on = на связи
seat-off = нет связи
nobody-here = Пока никого.
revoke = Освободить место: { $who }
revoke-text = Его экраны закроются сразу. Человек может снова войти по коду.
link = Ссылка
see-as = Глазами группы
seen-as = Глазами: { $who }
open-observers = Открыть наблюдателям
code-secret = Только для этой группы: у кого код, тот в ней.
renew = Новый код
renew-text = Старый код перестанет действовать. Кто вошёл, остаётся.
amend = Изменить
amend-to = Как будет с этой минуты
amend-hint = Само по себе это никому не сообщается; видят те, кто наблюдает. Изменение и причина остаются в записи.
matrix-fact = Факт
matrix-truth = На самом деле
matrix-only = только то, что кому-то известно
matrix-right = знает
matrix-other = считает иначе
matrix-disputed = оспаривается
matrix-retracted = отозвано
matrix-empty = Пока никто ничего не знает.
recall = Отозвать
recall-text = Группа увидит запись отозванной, с вашей причиной. Ничего не переписывается молча.
link-once = Открывается один раз, на одном устройстве, как руководство.
link-none = Руководство входит по ссылке, которая открывается один раз.
renew-link = Создать ссылку
renew-link-text = Кто откроет ссылку, станет руководством и увидит всё. Передайте её одному человеку.
