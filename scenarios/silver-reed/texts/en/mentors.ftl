# What mentors may ask.
guide-before-the-door = Before the door
guide-before-the-door-known = What do you know by now, and how do you know it?
guide-before-the-door-ground = On what ground would you go in, and who decides that?
guide-before-the-door-who-else = Who should be with you, or know of it, before you go in?
guide-person-in-front = The person in front of you
guide-person-in-front-choice = Has anybody asked whom the person wants to talk to?
guide-person-in-front-alone = Who can overhear this talk?
guide-person-in-front-told-once = How often has the person had to tell it already?
guide-person-in-front-language = Who chose the interpreter, and does the person agree?
guide-pieces = The pieces
guide-pieces-pass-on = Who needs which part of this, and by when?
guide-pieces-consent = To what has the person said yes, and to what not?
guide-pieces-lawful = By which road may this piece reach the file?
guide-morning = The morning
guide-morning-elements = Which record stands behind act, means and purpose?
guide-morning-admissible = Which of these pieces will the judge be able to use?
