# What mentors may ask.
guide-first-look = Читаем запись
guide-first-look-source = Откуда вы это знаете: увидели, услышали, прочли – и от кого?
guide-first-look-age = Насколько это давно? Могло ли с тех пор измениться?
guide-first-share = Делимся сведениями
guide-first-share-who-needs = Кому ещё нужно то, что у вас есть, и что именно им нужно?
