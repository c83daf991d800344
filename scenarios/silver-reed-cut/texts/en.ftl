# Silver Reed, the 25-minute cut. A text marks what it states: [words](thing.field). Names and places only in marks.

pack-title = Silver Reed: 25 minutes
pack-summary = One call about shouting, and twenty seconds from the same house. Six services, 25 minutes, one young woman who has not decided yet whether to speak. Each service holds one piece.
storyline-silver-reed-cut = Silver Reed: 25 minutes

## Teams
team-patrol = Police patrol
team-investigators = Investigators
team-social = Social service
team-ngo = NGO hotline
team-fiu = Financial intelligence unit
team-border = Border guard
team-suspects = The other side
agency-suspects = The other side
brief-patrol = You are the night patrol. You are first at the door, and somebody will open it. What you see there, others need within minutes: the investigators, the social worker, the border guard, the financial analyst.
brief-investigators = You are the investigator on duty, a man. You ask the judge, you search, you hold. You need facts from the others before you may do any of it. At the end you write down what all six have agreed.
brief-social = You are the social worker on duty, a woman. You come when you are called. You are there for the person: safety, water, a choice, a yes or a no. You pass on what the person agreed to.
brief-ngo = You answer the hotline, you keep an archive, you have a safe place. The number of a caller stays with you. You take somebody in when you know that the person said yes.
brief-fiu = You are the analyst on duty. You find nothing without an exact name. Ask who has read one. Money can be held so that nobody notices.
brief-border = You are the border guard on duty. You have the vehicle register, the crossings and the exit posts. Ask which car it is. A quiet notice reaches the posts alone.
brief-suspects = What the owner's people could notice tonight.

## What it looks like to those who see it
thing-salon = the salon
thing-police-house = police station
thing-services-house = house of the services
thing-salon-reception = reception of the salon
thing-side-room = quiet side room
thing-salon-office = locked office
thing-salon-yard = yard of the salon
thing-police-hall = hall of the police
thing-social-office = room of the social service
thing-hotline-room = room of the hotline
thing-fiu-desk = the analyst's desk
thing-border-desk = the border guard's desk
thing-safe-house = safe place
thing-on-the-road = somewhere on the road
thing-far-away = out of reach
thing-raisa = woman with the tea tray
thing-aida = young woman in the green cardigan
thing-viktor = man with the grey car
thing-viktor--register = man from the register
thing-neighbour = neighbour who called
thing-hotline = hotline
thing-reed-firm = firm of the salon
thing-reed-account = account of the firm
thing-grey-car = grey car
thing-job-advert = advertisement
thing-car-crossing = entry in the border register
thing-kept-papers = identity papers of others
thing-debt-notebook = notebook with initials
thing-patrol-1 = patrol crew
thing-investigator-1 = investigator, a man
thing-social-1 = social worker, a woman
thing-ngo-1 = adviser of the NGO, a woman
thing-analyst-1 = analyst, a woman
thing-border-1 = officer of the border guard

## Names and numbers
name-raisa = Raisa Melnor
name-aida = Aida Semra
name-viktor = Viktor Sand
name-neighbour = neighbour
name-hotline = hotline
name-reed-firm = SIM-Reed Wellness
number-reed-account = SIM-MRC-4417-0093
number-shared = SIM-555-0142
plate-grey-car = SIM-482-KR
narrative-aida = A desk was promised. Then came a debt that grows, and her papers were taken.

## Own words of this story
field-organisation-name = name of the firm
kind-advert = advertisement
field-offers = what it offers
field-contact = number to call
choice-desk-and-housing = reception desk, housing free
action-search-crossings = Search the crossings of a vehicle
action-search-archive = Search our archive for an address
action-joint-decision = Wrote down the joint decision
hint-joint-decision = Only what all six have agreed aloud.
hint-move = Two minutes across town.
hint-ask-open-question = Open questions, no interview.
param-first = what comes first
option-person-first = the person: rest and care now, statement later
option-statement-first = the statement: full and tonight
refusal-crossings-need-plate = Marevian border law: crossings are searched by the plate. Find it in the vehicle register first.

## What is called, seen and asked
inject-neighbour-call = 0 · A neighbour calls
inject-text-neighbour-call = "They are shouting again in [the salon across the yard](salon.call), door to [the reception](salon_reception.site). [A grey car](grey_car.comes) comes each evening. I have never seen [those women](salon.people_held) go out alone."
expected-neighbour-call = The patrol tells the investigators of the call and the border guard of the car, and drives.
inject-hotline-call = 0 · Twenty seconds
inject-text-hotline-call = A woman's voice, very low: "[The salon](salon.call)… please… the door…" Then nothing. The address is known: [the reception](salon_reception.site). The number of the caller stays here until she agrees or a court decides.
expected-hotline-call = The NGO passes on the address, not the number, and searches its archive.
inject-door-opens = The door opens
inject-text-door-opens = [A woman with a tray](raisa.location) opens at once and smiles. Behind her [a young woman in a green cardigan](aida.location) looks at the floor. A licence hangs on the wall: [SIM-Reed Wellness](reed_firm.name).
expected-door-opens = Badge, name, why you are here. The social worker is called. The name on the wall goes to the analyst.
inject-owner-wants-to-sit = 7 · A polite request
inject-text-owner-wants-to-sit = [The woman with the tray](raisa) asks: "[She](aida) is frightened of the uniform. Let me sit with her, I am like a mother to her."
expected-owner-wants-to-sit = A kind no. The young woman goes to the side room; nobody answers for her.
inject-joint-picture = 20 · One picture
inject-text-joint-picture = Five minutes are left. Come together. Who holds which piece? Who still needs it? Then decide aloud, all six: what comes first tonight? The investigators write it down.
expected-joint-picture = Person first: rest and care now, the statement later, with a lawyer.
inject-driver-comes = 21 · A car in the yard
inject-text-driver-comes = The neighbour again: "[The grey car](grey_car.location) is in the yard now. [A man](viktor.location) sits at the wheel and waits, as always."
inject-driver-turns-round = 21 · A car turns round
inject-text-driver-turns-round = The neighbour again: "[The grey car](grey_car) stopped at the corner, and [the man](viktor) looked at his phone. Then he turned round and drove off. He has never done that."

## What is found
told-about-salon = The call is about [the salon](salon).
told-about-reception = It is about [the salon](salon); its door is [the reception](salon_reception).
told-about-car = It is about [a grey car](grey_car).
told-about-firm = It is about [the firm of the salon](reed_firm).
told-about-aida = It is about [the young woman in the green cardigan](aida).
told-office-found = In the safe of the office lie [identity papers](kept_papers.kept_in) that are [not the owner's](kept_papers.shows), and [a notebook](debt_notebook.kept_in) with initials in which [the sums only grow](debt_notebook.shows).
told-archive = [An advertisement](job_advert) of two months ago, from [this house](salon): "[Reception desk, housing free](job_advert.offers)." The number to call: [SIM-555-0142](job_advert.contact).
told-archive-empty = Nothing about this address.
told-place-ready = A bed and a person to talk to are ready for [her](person.in_care). Our driver, a woman, comes for her. The address stays with us.
told-looks-aside = Before each answer [the young woman](aida) now looks at [the one who sits beside her](aida.beside).
told-aida-closes = The young woman was made afraid. She will say little from now on.
told-driver-warned = The driver has been warned. He will not come tonight.
told-decision-person = Agreed by all six: the person first. Rest and care now, the statement later, with a lawyer.
told-decision-statement = Agreed by all six: the full statement tonight.

## Causes
cause-trusted-enough = Care, a choice and a quiet room came first: she decided to speak.
cause-then-closes = Whoever decides over her has heard her, or she was held: she says little from now on.
cause-driver-warned = The owner's side learnt that somebody is looking: by an open channel, an open list or a visible block.

## Key facts
fact-f-call = The two calls
fact-f-car = The grey car
fact-f-firm = Name of the firm
fact-f-advert = Number in the advertisement
fact-f-crossing = Number at the border
fact-f-papers = Who has her papers
fact-f-money = Evening cash, monthly fees
fact-f-consent = Her yes or no

## Endings
ending-heard-and-safe = Heard and safe
ending-text-heard-and-safe = She chose with whom to talk, she said yes, and she sleeps in a safe place tonight. The same number stands in an advertisement and at the border, the papers lay in the safe, the money is known. Each was one service's piece; now one hand holds them all, and nobody warned the driver.
ending-harm = Afraid again
ending-text-harm = The one who decides over her heard her, or she was held, or the driver was warned. One seat given away, one word on an open channel, one visible block: small, well meant, and enough. Protection begins anew, and from further away.
ending-still-open = Still open
ending-text-still-open = Nobody was harmed tonight, and nobody was warned. But a piece, a yes or a decision is missing: what one service knew did not reach the one that needed it.

## What it meant for her
consequence-aida-heard = She chose with whom to talk, she agreed to the help, and she sleeps in a safe place.
consequence-aida-afraid = Somebody who decides over her sat beside her or heard her, or she was held. She is afraid now and says little.
consequence-aida-held = She was held for what she was made to do.
consequence-aida-told-again = She had to tell more than once.
consequence-aida-driver-knows = The driver knows that somebody is looking: an open channel, an open list or a visible block told him. Her way home is less safe.
consequence-aida-still-there = Tonight no safe place was arranged for her.

## Measures
measure-social-called-s = Social service knew the address after (seconds)
measure-choices-offered = Choices of interviewer offered
measure-told-by-aida = How often the young woman had to tell

## Lines: the woman with the tray
line-raisa-birthday = "Good evening! It is only a birthday. [Nobody is kept here](salon.people_held=false). Come in, the tea is hot."
line-raisa-name = "[Raisa Melnor](raisa.name). It is my house, and you are my guests."
line-raisa-sit = "[She](aida) is frightened of the uniform. Let me sit with her. I am like a mother to her."
line-raisa-papers = "Papers? [She](aida.papers_with=aida) has hers. Somewhere in her bag."
line-raisa-lawyer = "You have explained it very well. Then I would like my lawyer first."

## Lines: the young woman
line-aida-fine = "Everything is fine. I am only tired."
line-aida-name = "[Aida](aida.name)."
line-aida-choice = "If I may choose: with [a woman](aida.chose_interviewer=woman). And please not in this room."
line-aida-mother = "I would like [to call my mother](aida.urgent_need). She is ill and she waits."
line-aida-debt = "They said: a desk, and housing is free. Then there was a debt. [She](debt_notebook.holder) writes it in [a notebook](debt_notebook.shows). The sum only grows."
line-aida-papers = "[My papers](aida.papers_with) are with her, [in the office](kept_papers.kept_in). [Without them I cannot go](aida.free_to_leave)."
line-aida-consent = "[Yes](aida.consent=to_all). Help me, and tell those who must know. But nobody in my village."
line-aida-silent = "[I agreed to everything myself](aida.free_to_leave=true). Please. I do not want to say more."

## Cues
cue-raisa-door = The patrol is at the door. Open with the tray, smile, say it is a birthday.
cue-raisa-sit = Ask an officer, politely, to let you sit with her. Accept a no with a sigh.
cue-aida-door = The door opens. Stand behind her, look at the floor, say nothing yet.
cue-aida-closes = The one who decides over you has heard you. From now on you say little, and that you agreed to everything.

## Cards
card-raisa =
    Who I am today: [Raisa Melnor](raisa.name), 48, owner of the salon. I am polite, I offer tea, I speak for everybody. [I decide](raisa.role), and nobody hears that from me.

    Asked kindly or roughly: I stay friendly, tell of the birthday, ask for names.
    When my rights are read and I understand them: I ask for my lawyer and wait.
    My one wish: to sit beside [her](aida). I ask once, politely.

    What I never say: where the papers are, who drives.
    My limits: no shouting, no touching, no threats. A look is enough.
    My cues: minute 3, the door; minute 7, the request.

    Afterwards: I step out, say my own name, and say: "That was her. I am not her."
card-aida =
    Who I am today: [Aida Semra](aida.name), 24, from the country. I was promised a reception desk. Then there was [a debt](debt_notebook.shows), and [my papers](aida.papers_with) were taken. My mother is ill.

    What helps me: water, a seat, a name, a quiet room, a choice. Asked with whom I would like to talk, I say: [a woman](aida.wishes_interviewer).
    Asked kindly: first that I am tired, then my mother, then the debt, then the papers. A little each time.
    Asked roughly, or by several at once: "Everything is fine."
    If the owner sits beside me or stands near: I look at her before each answer and say nothing more.

    What I never say: what happened in the rooms. Nobody may ask that here; I shake my head, and that is enough.
    My limits: no tears on demand, no touching without asking. CURTAIN ends my scene at any time, without a reason.
    My cue: minute 3, the door.

    Afterwards: I leave the room, say my own name, drink something warm, and say: "She is taken care of. I am here."

# ---- mentors
guide-before-the-door = Before the door
guide-before-the-door-known = What do you know by now, and how do you know it?
guide-before-the-door-who-else = Who should be with you before you go in?
guide-person-in-front = The person in front of you
guide-person-in-front-choice = Has anybody asked whom the person wants to talk to?
guide-person-in-front-alone = Who can overhear this talk?
guide-person-in-front-told-once = How often has the person had to tell it already?
guide-after-the-talk = After the talk
guide-after-the-talk-pass-on = Who needs which part of this, and by when?
guide-after-the-talk-consent = To what has the person said yes, and to what not?
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
