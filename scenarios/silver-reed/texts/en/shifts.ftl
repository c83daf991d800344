# The day shift (M30).

team-investigators-day = Investigators, day shift
brief-investigators-day = You are the criminal investigators of the day: a woman and a man. You come at half past eight. You know what the night hands over to you, and what lies on the desk; what is missing, ask for or read.
thing-investigator-3 = investigator of the day, a woman
thing-investigator-4 = investigator of the day, a man
action-read-case-file = Read the case file
hint-read-case-file = An hour at the station. What the night has put into it stands there; what it knew beside that does not.
refusal-case-file = The file is read at the station, by those who took over without being told.
result-read-case-file-read = The file is read.
told-file-waits = Nobody of the night is here to tell you. The file lies in the station: reading it takes an hour. You can also ask those who have gone home.
cause-without-a-word = The night went home without handing over.
cause-hour-with-the-file = Nobody had told the day shift: an hour went into the file.
cause-asked-anew = What he had said in the night was not handed over: he was asked again, and the two statements do not agree.
plan-hand-over-all = Everything we have is yours: who is held, what was found, who has been told what, and who is still to be heard.
plan-hand-over-finds = Here is what the search has found. The rest is in the file.
plan-what-did-he-say = What did the guard say in the night, and were his rights read?
