# What mentors may ask.
guide-first-look = Reading a record
guide-first-look-source = How do you know this: seen, told or read, and by whom?
guide-first-look-age = How old is it? May it have changed since?
guide-first-share = Passing on
guide-first-share-who-needs = Who else needs what you have, and what exactly do they need?
