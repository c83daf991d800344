# What mentors may ask.
guide-before-the-door = Перед дверью
guide-before-the-door-known = Что вы уже знаете и откуда?
guide-before-the-door-ground = На каком основании вы войдёте и кто это решает?
guide-before-the-door-who-else = Кто должен быть рядом или знать об этом, прежде чем вы войдёте?
guide-person-in-front = Человек перед вами
guide-person-in-front-choice = Спросили ли человека, с кем он хочет говорить?
guide-person-in-front-alone = Кто может услышать этот разговор?
guide-person-in-front-told-once = Сколько раз человеку уже пришлось это рассказывать?
guide-person-in-front-language = Кто выбрал переводчика и согласен ли человек?
guide-pieces = Части целого
guide-pieces-pass-on = Кому нужна какая часть этого и к какому времени?
guide-pieces-consent = На что человек согласился, а на что нет?
guide-pieces-lawful = Каким путём эти сведения могут попасть в дело?
guide-morning = Утро
guide-morning-elements = Какая запись стоит за деянием, средством и целью?
guide-morning-admissible = Какие из этих сведений сможет использовать судья?
