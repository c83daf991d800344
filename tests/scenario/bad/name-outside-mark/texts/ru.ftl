pack-title = Чайхана
pack-summary = Очень короткая история.
name-house = Дом Чинар
name-aman = Аман Толек
thing-house = чайхана
thing-aman = человек в фартуке
thing-aman--register = имя в реестре
thing-patrol-1 = первый наряд
team-patrol = Патруль
team-desk = Дежурная часть
team-observer-patrol = Наблюдатели при патруле
agency-patrol = Патруль
agency-office = Контора
brief-patrol = Следите за [Домом Чинар](house.name).
brief-desk = Ждите Амана Толека.
card-aman =
    [Аман](aman.name) готовит.
    [Вы повар](aman.role) в [чайхане](house).
line-aman-cooks = [Я здесь готовлю](aman.role=cook).
cause-word = Пошёл слух.
she-is-tired = { $person }: [не спит](person.tired).
kind-note = Записка
field-about = О ком
field-serious = Серьёзно
form-note = Записка
inject-call = Звонок
fact-cook-known = Кто готовит
ending-tired = Устали
ending-text-tired = Аман устал.
ending-quiet = Тихо
ending-text-quiet = Ничего.
measure-trust = Доверие
treatment-kindly = С вами обошлись по-доброму?
