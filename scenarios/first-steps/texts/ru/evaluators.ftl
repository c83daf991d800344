# What evaluators look for.
guide-eval-first = Запись и передача сведений
guide-eval-first-source-named = Прежде чем передать, говорит, откуда и от кого это известно
guide-eval-first-stop-known = Знает, где кнопка СТОП и что крикнуть
