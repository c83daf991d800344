# Слова клиента для входа и для частей, которые загружаются после первого экрана.

yes = Да
no = Нет
send = Отправить
product-line = Упражнения-симуляции по противодействию торговле людьми
independent = Kerege – независимая программа. Она не создана, не одобрена и не проверена ОБСЕ.
code-label = Ваш код
code-hint = Шесть букв и цифр: от руководства или с карточки вашей группы.
code-latin = Этих букв в коде нет: { $letters }. Переключите клавиатуру на латинские буквы.
languages-later = Кнопки пока на русском:
code-unknown = Этот код ничего не открывает. Уточните его у руководства.
go-on = Дальше
you-join-as = Вы входите как
accept = Я прочёл(-ла) это и принимаю
join = Войти в упражнение
other-code = Другой код
name-more = Имя или второе устройство (по желанию)
name-label = Как вас показывать
name-hint = Имя видит только руководство; остальные видят вашу роль.
seat-label = Ваше место
seat-hint = Если место уже есть на другом устройстве: его буквы из меню того устройства.
seat-of-mine = Ваше место:
leave-title = Передать телефон
leave-text = При выходе с телефона удаляется всё об этой роли. Вернуться можно по коду.
leave = Освободить место
leave-sure = Да, выйти сейчас
leave-failed = Сервер не отвечает, место не освобождено. Повторите, когда будет связь.
leave-unsent = { $n ->
    [one] { $n } действие есть только на этом телефоне и пропадёт.
    [few] { $n } действия есть только на этом телефоне и пропадут.
   *[other] { $n } действий есть только на этом телефоне и пропадут.
  }
menu-language-fallback = Кнопки ещё не переведены на язык: { $name }. Всё, что сообщает упражнение, – переведено.
same-as = Известно, что это то же самое, что:
only-reference = Пока только упоминание: ничего не известно.
nobody-known = Ничего такого вы пока не знаете.
share-title = Поделиться
share-to = С кем?
share-known-hint = О человеке или предмете, с которым получатель ещё не встречался, он узнает только вид и метку. Кто это, напишите в сообщении.
share-chain = Сказать, от кого мы это знаем
share-chain-hint = Иначе они увидят источником только нас.
share-protected = { $n ->
    [one] { $n } из сведений защищено. Делитесь только с тем, кому это нужно, и с согласия человека.
    [few] { $n } из сведений защищены. Делитесь только с тем, кому это нужно, и с согласия человека.
   *[other] { $n } из сведений защищены. Делитесь только с тем, кому это нужно, и с согласия человека.
  }
share-send = Поделиться
share-label = Сведения ({ $n }): { $names }
takes-play = Занимает { $n } мин игрового времени
which-unit = Кто делает?
choose-first = Выберите: { $what }
do-live = Отметить
do-start = Начать
contacts = Контакты
no-contacts = Отсюда ни с кем нет связи.
write-to = Написать: { $who }
write-also = Копия ещё кому?
write-hint = Без имён и данных настоящих людей.
say-label = Сообщение: { $names }
heard-hint = Вам что-то сказали лицом к лицу? Запишите, кто и что.
heard-from = Услышано: { $who }
heard-who = Кто сказал?
heard-about = О ком или о чём?
heard-of = О ком или о чём: { $what }
heard-what = Что именно?
heard-tap = Одно касание — и записано. Если отметили не то, коснитесь верного: оно заменит прежнее.
heard-save = Записать
heard-label = Услышано ({ $who }): { $what }
forms = Бланки
documents = Известные документы
no-forms = У этой роли нет бланков.
no-documents = Документов пока нет.
draft = черновик, только на этом телефоне
draft-kept = Черновик хранится на телефоне, пока документ не подан.
discard = Удалить черновик
file = Подать
fill-first = Заполните: { $what }
file-label = Подано: { $title }
end-title = Упражнение окончено
end-roles = Выйдите из роли: встаньте, назовите своё имя, пожмите руки. Людей этой истории играли; никто из них не таков, как его персонаж.
end-care = Если что-то не отпускает, поговорите с психологом или зайдите в тихую комнату. Причина не нужна.
end-look-back = Посмотреть, что мы знали

# ---- what no button offers
propose-title = Другое
propose = Предложить своё действие
propose-hint = То, чего нет среди кнопок. Решает руководство упражнением.
propose-full = Три ваших предложения ждут ответа. Дождитесь его или отзовите одно.
propose-words = Что вы хотите сделать и с какой целью?
propose-minutes = Сколько времени это займёт?
propose-unsure = не знаем
propose-faces = Кого или чего это касается?
propose-send = Отправить руководству
propose-label = Предложено: { $text }
proposal-waiting = ждёт решения
proposal-running = выполняется
proposal-done = выполнено
proposal-refused = невозможно
proposal-withdrawn = отозвано
proposal-answer = Руководство:
proposal-until = ещё { $span }
proposal-take-back = Отозвать
past-due = просрочено с { $time }
due-by = до { $time }
in-minutes = через { $n } мин
no-deadline = без срока
owed = Документы к сроку
still-missing = Не заполнено: { $what }
file-incomplete = Подать неполным
share-document = Передать документ целиком
share-whole = Документ целиком: { $title }
new-version = Подать новую редакцию
requests = Запросы
asked-by = Запрос: { $who }
asked-of = Вы запросили: { $who }
request-title = Запросить сведения: { $who }
request-words = Что нужно узнать и зачем?
request-form = Документ, который они составляют
request-no-form = без документа
request-about = О ком или о чём
request-field = Что именно
request-all = всё
request-by = Ответ нужен
request-hint = Они увидят только ваш вопрос. Есть ли у них эти сведения, вы узнаете лишь из ответа.
request-send = Запросить
request-label = Запрос: { $who }
request-answered = ответ получен
request-declined = отказано
request-handed-on = передан
answer-share = { $n ->
  [0] У вас об этом ничего нет
 *[other] Передать, что есть ({ $n })
}
answer-file = Составить: { $title }
answer-hint = Пока вы не ответите, никто не увидит, что у вас есть.
answer-label = Ответ: { $who }
decline = Отказать
decline-reason = Причина: её прочтут
decline-label = Отказ: { $who }
hand-on = Передать запрос другой группе
hand-on-label = Запрос передан: { $who }
handed-on-by = Передано от: { $who }
consultations = Совещания
consultation-closed = закрыто
convene = Созвать совещание
convene-title = О чём?
convene-teams = Кого приглашаете?
convene-place = Где (можно не заполнять)
convene-anywhere = каждый со своего места
convene-hint = Кто пришёл, узнаёт то, что доложено после его прихода.
convene-send = Пригласить
convene-label = Совещание: { $title }
seat-invited = приглашены
seat-here = здесь
seat-declined = не придут
seat-left = ушли
attend = Прийти
attend-label = На совещании: { $title }
not-attend = Не приходить
not-attend-label = Не на совещании: { $title }
leave-table = Уйти
on-the-table = Доложено
table-start = Доложить сведения
table-send = Доложить
table-hint = Это узнают все, кто здесь; источником будете указаны вы.
table-label = Доложено: { $title }
decisions = Решения
decide-start = Записать решение
decide-words = Что сделать?
decide-owner = Кто отвечает
decide-by = Срок
decide-send = Решили
decide-label = Решение: { $text }
decision-done = выполнено
fulfil = Выполнено
fulfil-label = Выполнено: { $text }
minutes = Протокол
adjourn = Закрыть и оформить протокол
adjourn-label = Закрыто: { $title }
find = Найти
optional = можно не заполнять
reason = Причина
write = Написать
end-last-page = Открыть последнюю страницу
contacts-heard = записать, что сказали
contacts-ask = запросить сведения
choose-team = Выберите группу

# ---- before words with real data are sent
personal-title = Это вымышленное?
personal-text = Похоже на настоящие данные: { $kinds }. Настоящему здесь не место: это сохранится и его увидят другие. Исправьте, например, так, чтобы начиналось с SIM-. Если это вымышлено, отправьте как есть.
personal-words = Ваш текст
personal-drop = Не отправлять
personal-send = Отправить
personal-person = личный номер (ИИН, ПИН, ПИНФЛ, ИНН)
personal-phone = номер телефона
personal-document = номер документа
personal-account = номер счёта или карты
personal-mail = адрес эл. почты
personal-plate = номер автомобиля

# ---- смены
shift = Смена
shift-before = Ваша смена ещё не началась.
shift-before-text = Дело сейчас у группы «{ $team }». Вы узнаете то, что она вам передаст, и знаете то, что ваша служба знает всегда.
shift-on = Дело у вас.
shift-since = с { $time } ({ $ago })
shift-over = Вы сменились.
shift-over-text = Дело теперь у группы «{ $team }». Вы можете читать и отвечать ей.
shift-taken = Принято от группы «{ $team }»: { $n ->
    [one] { $n } запись
    [few] { $n } записи
   *[other] { $n } записей
}. В каждой указано, когда и от кого это стало известно.
shift-nothing = Группа «{ $team }» ушла, ничего не передав. Спросите у неё то, что вам нужно.
shift-waits = Группа «{ $team }» ещё на месте и дело пока не передала.
shift-next = Следующая смена: «{ $team }». Передать дело можно, когда она будет на месте.
hand-over-to = Передать дело: { $team }
hand-over-hint = Того, что вы не передадите, у следующей смены не будет. Копии сохраняют источник и время.
hand-over-everything = Всё, что мы знаем
hand-over-what = Что передаём
hand-over-count = ({ $n })
hand-over-none = Пока ничего не установлено.
hand-over-words = Что следующей смене нужно знать и сделать в первую очередь
hand-over-left = { $n ->
    [one] Останется непереданным: { $n }.
    [few] Останется непереданным: { $n }.
   *[other] Останется непереданным: { $n }.
}
hand-over-too-many = Это больше { $n } за один раз: передайте всё или выберите меньше.
hand-over-then = После этого вы сменяетесь: то, что делают ваши сотрудники, сначала нужно закончить.
hand-over-send = Передать дело и смениться
hand-over-label = Передано: { $team }
