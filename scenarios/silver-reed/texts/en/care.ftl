# Scene and care. A text marks what it states: [words](thing.field). No name of the cast or of a place outside a mark.

## What things are called by those who see them
thing-maks = man with a bucket
thing-lena = woman with the cash box
thing-olga = woman in a white coat
thing-hart = man with a hat
thing-cousin = man with flowers
thing-olga-house = a house by the market
thing-olga-home = home of the witness
thing-landlord-agent = agent of the landlord
thing-kept-papers = papers in a handbag

## Names
name-maks = Maks Tureli
name-lena = Lena Koss
name-olga = Olga Brenn
name-hart = Mr Hart
name-cousin = Joren Pell
name-landlord-agent = the agent of the landlord
narrative-maks = He came as a cleaner. His papers were taken, his wage is written down and never paid, and for an old injury no doctor was called.
narrative-lena = Her own debt was the first. She may put it off for as long as she collects from the others.

## The script
inject-standby = 20 · Standby
inject-text-standby = An entry may be asked of you tonight. Who will tell you on what ground, who may be inside, which languages they speak, and who cares for them? Nothing else belongs in the plan.
expected-standby = Entry plan filed: ground, persons inside, medical and social care, languages.
inject-customer-in-a-hurry = 58 · Somebody is in a hurry
inject-text-customer-in-a-hurry = [The man with the hat](hart) speaks quietly: he has a family, he has seen nothing, he would like to go by the back door. Now, please.
expected-customer-in-a-hurry = Name, contact and a short statement, apart from the others; then he may go.
inject-cleaner-takes-his-coat = 64 · A coat
inject-text-cleaner-takes-his-coat = [The man with the bucket](maks) takes his coat. "I only clean here. May I go?" He holds one arm close to the body.
expected-cleaner-takes-his-coat = He is asked like everybody else, alone, and gets a name to turn to.
inject-who-collects = 68 · Who has the cash box
inject-text-who-collects = [The owner](raisa) sighs: "I? Ask [her](lena). [She](lena.role) has the cash box, she gives the orders."
expected-who-collects = Noted as what it is, a claim; signs that she was made to do it are looked for.
inject-agent-calls = 130 · The landlord
inject-text-agent-calls = The agent of the landlord is on the phone: there is talk of police in the yard. What did the tenants do, and who lived there?
expected-agent-calls = No word about persons; a name and a number are noted for the investigators.
inject-where-for-the-night = 140 · Where for the night
inject-text-where-for-the-night = It is midnight. Who sleeps where tonight, who has agreed to what, who knows the way there, and who must not know it? One of the rooms for men is being painted.
expected-where-for-the-night = Everybody has a bed and a contact known by name; no protected address stands on any paper.
inject-cousin-comes = 180 · A man with flowers
inject-text-cousin-comes = [A man with flowers](cousin.location) stands at the desk of the police. He is a cousin, he says, and takes [the woman with the grey blanket](nilu) home to the family. Where is she?
expected-cousin-comes = Identity noted, relation not taken for granted; she is asked alone, elsewhere; he learns nothing about where she is.
inject-stranger-at-gate = A stranger at the gate
inject-text-stranger-at-gate = Somebody with flowers rings at the gate of [the safe place](safe_house). He reads the address from his phone and asks for a woman by her first name.
expected-stranger-at-gate = Nobody opens, the police are called, the risk is looked at anew, another house is found.
inject-morning-after = The morning after
inject-text-morning-after = [The woman in the green cardigan](aida) has slept for five hours. She asks when she has to tell everything, to whom, and whether somebody comes with her.
expected-morning-after = Explained: rest first, once, with a lawyer and the person she chose; an appointment she agrees to.
inject-when-to-ask = When to ask
inject-text-when-to-ask = The file needs a full interview. When, led by whom, recorded how, and who sits beside?
expected-when-to-ask = An appointment for the second day, agreed with whoever cares for her.

## What is found
told-bag-found = In the owner's handbag, between a mirror and a timetable, lie [two passports and an identity card](kept_papers.location). [None of them](kept_papers.shows) is hers.
told-oldest-page = The first page is torn and glued. [The initials on it](debt_notebook.first_page) are those of the one who collects from the others; her sum is the oldest and the largest.
told-olga-lives = She writes down [where she lives](olga_home.site). "Come in the daytime. Not here."
told-maks-examined = An old injury that nobody has treated. He has [no paper to show to a doctor](maks.papers_with).
told-maks-gone = The man with the bucket is gone. Nobody knows where he sleeps.
told-maks-closes = The third presumed victim was made afraid. He will say little from now on.
told-lena-closes = The fourth presumed victim was made afraid. She will say little from now on.
told-customer-gone = The customer is gone, and nobody knows who he was.
told-photograph-travels = The photograph is on every phone in town. The families have seen it.
told-visitor-was-let-in = The man with flowers was let in. Those who sent him know where she is.

## Causes
cause-then-loud-entry = Because the entry was loud and masked, those inside are more afraid of the helpers than before.
cause-then-held-down = Because everybody was held down, those who needed help say: they are like the others.
cause-heard-in-private = Alone in a room, without a uniform, somebody had time to listen: the person decided to speak.
cause-lena-held = She was held as the one who decides. Her own debt is the oldest: she was made to collect (non-punishment principle).
cause-cleaner-sent-home = Only the women were looked at. A man who needed help was sent home as staff.
cause-nobody-for-him = By the end of the evening nobody had given him a name to turn to: he walked off with somebody who waited outside.
cause-night-alone = The night came before anybody for her: she waits alone and thinks that nothing will change.
cause-then-gate = The address stood on a sheet, and the sheet was read: a stranger stands at the gate.
cause-then-photograph = The photograph reached the families before a prepared call could.

## Key facts and measures
fact-f2-papers-in-bag = Passports of others in the handbag
fact-f8-fines-no-pay = Fines and no pay, seen by a colleague
fact-f10-man-needs-doctor = A man with an untreated injury and no papers
fact-f11-oldest-page = Whose page is the oldest
fact-s-maks-presumed = Third presumed victim
measure-told-by-maks = How often the third presumed victim had to tell
measure-sent-away-unheard = Persons in need who were told to go before anybody had heard them
measure-witnesses-kept = Witnesses whose name and contact are known

## Lines: the man with the bucket
line-maks-name = "[Maks](maks.name). I clean here."
line-maks-fine = "I am nobody's victim. I clean, and then I go home. Ask the women."
line-maks-others = "Not in front of the others. Please."
line-maks-choice = "With [somebody I have seen before](maks.chose_interviewer=known_face). Not with all of them in the room."
line-maks-papers = "[My identity card](maks.papers_with) is with her, and so is [my phone](maks.phone_with). [I](maks.free_to_leave) may not go further than the yard."
line-maks-doctor = "In the autumn [I hurt myself here](maks.injured). They said: a doctor costs money, we write it down. I have not seen one."
line-maks-consent = "[Help, yes](maks.consent=only_help). But I do not want to stand in any paper."
line-maks-exam = "All right. [The doctor may look](maks.exam_consent=given). And I may say stop."
line-maks-silent = "[I may go when I like](maks.free_to_leave=true). It is all fine."

## Lines: the woman with the cash box
line-lena-name = "[Lena Koss](lena.name)."
line-lena-passes-on = "I only pass on what I am told to pass on."
line-lena-page = "Look at [the notebook](debt_notebook.shows) from the front. [The first page is mine](debt_notebook.first_page). As long as I collect, she waits with my debt."
line-lena-owner = "[She](raisa.role) decides. I have [no papers](lena.papers_with) either. I was the first here, and [I cannot leave](lena.free_to_leave)."
line-lena-consent = "[Yes](lena.consent=to_all). If somebody explains to me what will happen with it."
line-lena-wants-lawyer = "I want a lawyer. I know what it looks like."
line-lena-silent = "[I do this of my own will](lena.free_to_leave=true). Write that down."

## Lines: the witness, the customer, the visitor
line-olga-name = "[Olga Brenn](olga.name). I have a diploma, it hangs there."
line-olga-hours = "I come at ten, I go at six. I only do my hours."
line-olga-fines = "I am paid. [They are not](salon.fines_and_no_pay). A fine for being late, a fine for crying, a fine for asking. [She](raisa.role) writes it all down."
line-hart-name = "[Mr Hart](hart.name), if you must know."
line-hart-leave = "I have seen nothing. May I leave by the back door?"
line-hart-saw = "I came for my back. But one thing is odd: [the man in the black jacket](dastan.role) never looks at the street. He looks at [them](salon.people_held)."
line-cousin-name = "[Joren Pell](cousin.name). Here, my card."
line-cousin-says = "I am [her cousin](cousin.role=relative). The family is worried. I take [her](nilu) home, and you have less trouble."
line-cousin-leaves = "Then I will come again tomorrow."

## Cues
cue-maks-coat = Take your coat. Ask whether you may go. Hold one arm close to you; no other sign.
cue-maks-sent-home = You have been told to go. Leave the rooms; your scene is over. Thank you.
cue-maks-closes = You have been made afraid. From now on you say that all is fine, and that you only clean.
cue-lena-keys = Put the cash box on your knees and both hands on it. You do not know where else to put them.
cue-lena-held = You are being held. Ask for a lawyer; do not accuse anybody.
cue-lena-closes = You have been made afraid. From now on you say that you do it of your own will.
cue-hart-leave = Ask quietly whether you may leave by the back door. If somebody asks you kindly and apart, give your name.
cue-cousin-comes = Go to the desk of the police with your flowers. Be friendly; ask where she is, three times, in different words. Leave when you are sent away.
cue-aida-morning = You have slept. Ask when you have to tell everything, to whom, and who comes with you.

## Cards
card-maks =
    Who I am today: [Maks Tureli](maks.name), 22, entered in the books as the cleaner. [My papers](maks.papers_with) are with the owner. I have [an old injury](maks.injured); nobody asks about it, and I do not speak of it before others.

    What helps me: a room of my own, a chair by the door, somebody without a uniform who gives a name. I choose [somebody I have seen before](maks.wishes_interviewer).
    Asked kindly, and alone: first my papers, then that I never saw a doctor. Agreed to: [help](maks.wishes_consent), no papers.
    Asked in front of others, or only in passing: "I am nobody's victim." I take my coat.
    With the wrong interpreter: I need none.

    What I never say: how it happened. Nobody may ask that here; I shake my head, and that is enough.
    My limits: nobody touches me without asking, not the doctor either. CURTAIN ends my scene at any time, without a reason.
    My cue: minute 47, in the corridor; minute 64, the coat.

    Afterwards: I put the bucket away, say my own name, stretch both arms, and say: "He is seen to. I am going."
card-lena =
    Who I am today: [Lena Koss](lena.name), 36. [I collect from the others](lena.role), and I look as if I decided. [The first page of the notebook](debt_notebook.first_page) is mine.

    What helps me: that nobody decides at once who I am; that somebody explains what will happen with my words; a lawyer.
    Asked kindly: first that I pass on what I am told, then my page, then [who decides](raisa.role).
    Asked roughly, or held: I ask for a lawyer and say nothing more.
    With the wrong interpreter: I need none.

    What I never say: anything about what the others had to do.
    My limits: no tears on demand, no touching without asking. CURTAIN ends my scene at any time, without a reason.
    My cue: minute 47, in the corridor; minute 68, the cash box.

    Afterwards: I put the box down, say my own name, and say: "She carries it no longer. Neither do I."
card-olga =
    Who I am today: [Olga Brenn](olga.name), 40, with a diploma and a wage. I am not afraid for myself. I have seen [fines and unpaid wages](salon.fines_and_no_pay).

    Asked at work: I only do my hours. I look at the door.
    Asked for my name and where I live: I write it down.
    Asked at home: I tell of the fines, of the wages, of who writes it down.
    With the wrong interpreter: I need none.

    What I never say: anything I have only heard.
    My limits: no touching without asking.
    My cue: minute 47, in the corridor.

    Afterwards: I take the coat off, say my own name, and say: "She has told what she saw."
card-hart =
    Who I am today: [Mr Hart](hart.name), 52, a customer with a bad back. I want to leave quietly. I have seen that [the guard](dastan.role) looks inwards.

    Asked kindly, and apart: I give my name and say what I have seen.
    Asked loudly, in front of everybody: I have seen nothing.
    Told to go: I go, and nobody hears from me again.

    What I never say: anything about the women.
    My limits: no argument, no touching.
    My cue: minute 47, in the corridor; minute 58, the back door.

    Afterwards: I hang the hat up, say my own name, and go and drink something.
card-cousin =
    Who I am today: [Joren Pell](cousin.name), 37. [I say that I am a cousin](cousin.role=relative). Somebody has sent me; who, I do not say. I have flowers and much patience.

    Asked kindly: I show my card and ask where she is.
    Asked for a proof: a photograph on the phone, the family far away, tomorrow perhaps.
    Sent away: I leave, friendly.

    What I never say: who has sent me.
    My limits: no threats, no shouting, no following anybody.
    My cue: minute 180, at the desk of the police.

    Afterwards: I put the flowers into water, say my own name, and say: "He has found nobody."
fact-s-danger = Somebody cannot leave the salon
fact-s-lena-presumed = Lena is presumed to be a victim
fact-s-made-to = A sign that Lena was made to do it
fact-s-visitor = A man asks for Nilu at the police station
fact-s-risk-high = A person in care is at high risk
fact-s-new-person = The oldest page is Lena's own
