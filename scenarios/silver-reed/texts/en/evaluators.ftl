# ---- evaluators
guide-eval-entry = First contact
guide-eval-entry-who-we-are = Says who they are, and why they are here
guide-eval-entry-social-there = Brings in the social worker within minutes of the first contact
guide-eval-person = The presumed victim
guide-eval-person-choice-offered = Offers a choice of whom to talk to, and of an interpreter
guide-eval-person-not-overheard = Makes sure that nobody overhears the talk
guide-eval-person-asked-once = Does not make the person tell it again and again
guide-eval-pieces = Bringing the pieces together
guide-eval-pieces-shared-by-need = Shares with whoever needs it, in time, and with nobody else
guide-eval-pieces-consent-kept = Keeps to what the person has agreed to
