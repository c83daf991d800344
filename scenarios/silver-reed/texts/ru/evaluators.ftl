# ---- evaluators
guide-eval-entry = Первый контакт
guide-eval-entry-who-we-are = Говорит, кто пришёл и зачем
guide-eval-entry-social-there = Привлекает социального работника в первые минуты после контакта
guide-eval-person = Предполагаемая жертва
guide-eval-person-choice-offered = Предлагает выбрать, с кем говорить, и переводчика
guide-eval-person-not-overheard = Следит, чтобы разговор никто не слышал
guide-eval-person-asked-once = Не заставляет рассказывать снова и снова
guide-eval-pieces = Собираем части вместе
guide-eval-pieces-shared-by-need = Вовремя делится с теми, кому нужно, и больше ни с кем
guide-eval-pieces-consent-kept = Придерживается того, на что человек согласился
