# Silver Reed, English. A text marks what it states: [words](thing.field). No name of the cast or of a place outside a mark.

pack-title = Silver Reed
pack-summary = A call about shouting, and twenty seconds from inside the same house. Five services, one evening from 21:40 to 23:40: first contact, entry, separation, care, search, money and border. Each service holds a piece; none can see the whole alone.
storyline-silver-reed = Silver Reed

## Teams
team-patrol = Police patrol
team-investigators = Investigators
team-social = Social service
team-fiu = Financial intelligence unit
team-border = Border guard
team-suspects = The other side
agency-suspects = The other side
team-observer-patrol = Observers, with the patrol
team-observer-social = Observers, with the social service
brief-patrol = You are the night patrol of Merona: two crews. You come first to a door that somebody opens. Play yourselves at work, with the law of Marevia. What you notice, others need: tell the social service, the investigators and the border guard.
brief-investigators = You are the criminal investigators on night duty: a man and a woman. You ask for warrants, search, record, detain, and hear suspects with their rights. You need facts from the others, and they need names and numbers from you.
brief-social = You are the social service on night duty: a social worker and a psychologist, a woman and a man. The hotline reports to you. You are there for the persons: safety, needs, choice, consent. You pass on what they agree to, and nothing more.
brief-fiu = You are the analyst on duty in the financial intelligence unit. You search registers and ask banks, once you hold an exact name. What you find is intelligence, not evidence. Money can be held without anybody noticing.
brief-border = You are the border guard on duty with the register and a line to the exit posts. You search by name. What you know of a road into the country, nobody else can see.
brief-suspects = What the owner's people could notice tonight.
brief-observer-patrol = You follow the patrol with a delay. Names are replaced; personal stories stay with the persons.
brief-observer-social = You follow the social service with a delay. Names are replaced; personal stories stay with the persons.

## What things are called by those who see them
thing-salon = the salon
thing-poplar-house = a house in another street
thing-police-house = the police station
thing-services-house = the house of services
thing-salon-reception = front room of the salon
thing-salon-cabins = corridor with the cabins
thing-salon-kitchen = kitchen of the salon
thing-salon-office = closed office
thing-car-park = yard with parked cars
thing-poplar-flat = flat on the second floor
thing-police-hall = waiting area of the police
thing-police-interview = quiet room of the police
thing-social-office = rooms of the social service
thing-fiu-office = desk of the analyst
thing-border-office = desk of the border guard
thing-safe-house = a safe place
thing-on-the-road = somewhere on the road
thing-far-away = out of reach
thing-raisa = woman who opened the door
thing-dastan = man in a black jacket
thing-viktor = man with the grey car
thing-viktor--register = man in the register
thing-aida = woman in a green cardigan
thing-nilu = woman with a grey blanket
thing-neighbour = neighbour who called
thing-hotline = hotline
thing-duty-judge = duty judge
thing-bank-desk = duty desk of the bank
thing-journalist = journalist at the corner
thing-kept-phones = three phones
thing-debt-notebook = notebook with initials
thing-firm-folder = folder with papers
thing-flat-key = key on a wire ring
thing-owner-phone = phone on the counter
thing-reed-firm = firm behind the salon
thing-orion-firm = firm that is paid for advice
thing-reed-account = account of the firm
thing-grey-car = grey car
thing-nilu-crossing = entry in the border register
thing-patrol-1 = first patrol
thing-patrol-2 = second patrol
thing-investigator-1 = investigator, a man
thing-investigator-2 = investigator, a woman
thing-social-1 = social worker, a woman
thing-social-2 = psychologist, a man
thing-analyst-1 = analyst
thing-border-1 = border officer

## Names and numbers
name-raisa = Raisa Melnor
name-dastan = Dastan Orvek
name-viktor = Viktor Sand
name-aida = Aida Semra
name-nilu = Nilu Farzan
name-neighbour = the neighbour
name-hotline = the hotline
name-duty-judge = the duty judge
name-bank-desk = the duty desk of the bank
name-journalist = the journalist
name-reed-firm = SIM-Reed Wellness
name-orion-firm = SIM-Orion Pay Agents
number-reed-account = SIM-MRC-4417-0093
number-driver = SIM-555-0177
number-sponsor = SIM-555-0142
plate-grey-car = SIM-482-KR
narrative-aida = A job at a reception desk was promised. Then came a course, a debt that grows, and a door that others lock.
narrative-nilu = The passport was taken "for registration". Since then she has not been out alone, and she has had no pay.

## The script
inject-neighbour-call = 0 · Neighbour calls about shouting
inject-text-neighbour-call = "There is shouting again in [the salon across the yard](salon.call). One goes in through [the front room](salon_reception.site). Each evening [a grey car](grey_car.comes) stops there. In two months I have not seen [the women](salon.people_held) go out alone once."
expected-neighbour-call = Patrol notes the call, tells the investigators and the social service, and drives there.
inject-hotline-call = 0 · Twenty seconds on the hotline
inject-text-hotline-call = A woman's voice, very low: "The salon… please… the door…" Then the line was cut. She spoke of [the salon](salon.call) and [its front room](salon_reception.site). The number of the caller stays with the hotline unless she agrees or a court orders it.
expected-hotline-call = Social service passes the address on at once, without the caller's line.
inject-door-opens = Door opens
inject-text-door-opens = [A woman](raisa.location) opens at once, smiling, with a tray of tea. Behind her are closed doors; it is very quiet.
expected-door-opens = Badge, names, the reason for coming; no tea, no talk with others in her hearing.
inject-warrant-decision = 25 · Warrant or urgency
inject-text-warrant-decision = The clerk of the duty judge is on the line: is a request coming tonight? Name the address and the facts you hold. If you cannot wait, write down which danger, known from where, before you go in.
expected-warrant-decision = Investigators ask for the warrant with facts, or urgency is written down before entry.
inject-entry-time = 45 · Before the entry
inject-text-entry-time = Before you go in: is the ground written? Are the social worker and a sworn interpreter near? Are separate rooms and vehicles ready? Who speaks first to the persons inside, and in which language?
expected-entry-time = Ground checked, social worker near, rooms and vehicles apart.
inject-owner-wants-to-sit = 55 · A polite request
inject-text-owner-wants-to-sit = [The woman who opened the door](raisa) asks to sit with the women. "They are frightened of the uniforms. I am like a mother to them."
expected-owner-wants-to-sit = Refused kindly; she waits in another room with an officer.
inject-papers-please = 72 · Papers
inject-text-papers-please = [The woman with the blanket](nilu) holds out her open hands and says one word again and again. The interpreter on the phone says: "Papers. She asks for her papers."
expected-papers-please = Explained in her language: where the papers are, and that she gets them back.
inject-bank-asks = Bank asks
inject-text-bank-asks = The duty desk of the bank asks about [the account](reed_account): block card and account at once, or hold the payments without telling the holder?
expected-bank-asks = A quiet hold; investigators are told.
inject-press-at-corner = 90 · Journalist at the corner
inject-text-press-at-corner = A journalist stands at the corner with a phone in the hand and asks who was found, and where from.
expected-press-at-corner = No details of persons, no photographs; the agreed line or no comment.
inject-joint-picture = 100 · Joint picture
inject-text-joint-picture = In twenty minutes all services give one joint picture. What do you hold that somebody else needs, and have they got it?
inject-driver-calls = 110 · The phone rings
inject-text-driver-calls = [The phone from the counter](owner_phone.rings) lights up and rings in its bag. The screen shows a number and no name.
expected-driver-calls = Number noted, not answered; the number goes to the border guard and the financial intelligence unit.
inject-driver-comes = 112 · A car in the yard
inject-text-driver-comes = [A grey car](grey_car.location) turns into the yard and stops without lights. [A man](viktor.location) stays at the wheel.
expected-driver-comes = Badge, calm voice, rights; no chase.

## What is found
told-office-found = In the safe of the office lie [three phones](kept_phones.kept_in) that are [not the owner's](kept_phones.shows). [A notebook with initials](debt_notebook.shows), in which the sums only grow, lay [beside them](debt_notebook.kept_in). [A folder](firm_folder.shows) bears the name [SIM-Reed Wellness](reed_firm.name).
told-flat-found = [The lock](poplar_flat.door) has a handle on the stairs' side only. Inside are four beds, four bags, and no second key; [the key on the wire ring](flat_key.holder) fits.
told-fees-found = Late each evening cash comes in. On the first of the month a sum for "consulting" goes to [SIM-Orion Pay Agents](orion_firm.name).
told-aida-closes = The first presumed victim was made afraid. She will say little from now on.
told-nilu-closes = The second presumed victim was made afraid. She will say little from now on.
told-driver-left = The driver has been warned and has left.

## Causes
cause-trusted-enough = Care, information, a choice and a known contact came first: the person decided to speak.
cause-rights-open-talk = Rights were understood and a lawyer offered: the man decided to speak.
cause-then-closes = A presumed victim was made afraid and says little from now on.
cause-then-press = Because details were given away, the women trust nobody here for now.
cause-driver-warned = The owner's side learnt that somebody is looking: by a visible block, an open channel or list, or a strange voice on the phone.

## Key facts
fact-f1-phones-in-safe = Phones of others in the office safe
fact-f3-debt-notebook = Notebook of a debt that grows
fact-f4-door-from-outside = The flat locks from the outside
fact-f7-money-pattern = Evening cash in, monthly "consulting" out
fact-f9-crossing = One of the women came in the grey car
fact-s-call = The calls
fact-s-aida-presumed = First presumed victim
fact-s-nilu-presumed = Second presumed victim
fact-s-firm-name = Name of the firm
fact-s-nilu-name = Name for the border register
fact-s-driver = The grey car of each evening

## Endings
ending-full-justice = Safe, heard, and provable
ending-text-full-justice = Two persons are in a safe place, by their own decision. The owner is held and knows her rights. What was found stands, and the pieces of five services lie in one hand. Nobody warned the driver.
ending-harm = Afraid again
ending-text-harm = The driver is gone, with what he knew. A woman who might have spoken has been made afraid again. Protection begins anew, and from further away.

## Measures
measure-social-called-s = E5 · Social service knew the address after
measure-firm-name-at-fiu-s = The firm's name reached the financial intelligence unit after (seconds)
measure-told-by-aida = How often the first presumed victim had to tell
measure-told-by-nilu = How often the second presumed victim had to tell

## Lines: the owner
line-raisa-name = "[Raisa Melnor](raisa.name). It is my house, and you are my guests."
line-raisa-birthday = "Good evening! It is only a birthday. [Nobody is kept here](salon.people_held=false). Come in, the tea is hot."
line-raisa-sit = "They are frightened of the uniforms. Let me sit with them. I am like a mother to them."
line-raisa-translate = "[She](nilu) speaks only [Teskali](nilu.language). I will translate, then it goes faster."
line-raisa-papers = "Papers? [She](aida.papers_with=aida) has hers, and [she](nilu.papers_with=nilu) has hers. Somewhere in their bags."
line-raisa-licence = "The licence hangs on the wall. The tax is paid. Ask whom you like."
line-raisa-lawyer = "You have explained it very well. Then I would like my lawyer first."

## Lines: the guard
line-dastan-name = "[Dastan Orvek](dastan.name)."
line-dastan-door = "I stand at the door. I do what I am told."
line-dastan-wants-lawyer = "What will happen to me? I want a lawyer. I have a small child at home."
line-dastan-key = "[The key on the wire ring](flat_key.holder) is for [a flat in Poplar Street](poplar_flat.site). [It locks from the outside](poplar_flat.door). [They](poplar_house.people_held) sleep there."
line-dastan-owner = "[Raisa](raisa.name) [decides everything](raisa.role): who works, who goes out, who gets what."
line-dastan-driver = "[Viktor](viktor.name) [drives](viktor.role). [The grey car](grey_car.owner) is his. He comes for the money and for the women."

## Lines: the driver
line-viktor-name = "[Viktor Sand](viktor.name). Have I parked badly?"
line-viktor-towels = "[I bring the towels](viktor.role=worker), that is all. Twice a week."
line-viktor-car = "[The car](grey_car.owner) is mine. The papers are in order."
line-viktor-lawyer = "Then I will wait for a lawyer."
line-viktor-phone-call = "[Raisa](raisa.name), it is me. Is it quiet? Shall I come in?"

## Lines: the woman in the green cardigan
line-aida-name = "[Aida](aida.name)."
line-aida-fine = "Everything is fine. I am only tired."
line-aida-choice = "If I may choose: with [a woman](aida.chose_interviewer=woman). And please not in this house."
line-aida-needs = "I would like [to call my mother](aida.urgent_need). She is ill and she waits."
line-aida-debt = "They said: a reception desk, and housing is free. Then came a course, and a debt. [There is a notebook with our initials](debt_notebook.shows), and [she](debt_notebook.holder) writes in it. The sum only grows."
line-aida-papers = "[My identity card](aida.papers_with) and [my phone](aida.phone_with) are with her. [The phones](kept_phones.kept_in) lie in the safe of the office."
line-aida-flat = "At night we are driven to [a flat in Poplar Street](poplar_flat.site). [The door](poplar_flat.door) is locked from the stairs. [I](aida.free_to_leave) cannot go out, and [nobody](poplar_house.people_held) there can."
line-aida-consent = "[Yes](aida.consent=to_all). Tell those who must know. But nobody in my village."
line-aida-silent = "[I agreed to everything myself](aida.free_to_leave=true). Please. I do not want to say more."

## Lines: the woman with the grey blanket
line-nilu-name = "[Nilu](nilu.name). Thank you for asking."
line-nilu-fine = "Good. All good. No problem."
line-nilu-choice = "With [the one who gave me water](nilu.chose_interviewer=known_face). Woman or man, that is the same to me. And the interpreter not from my town."
line-nilu-needs = "[My papers](nilu.urgent_need). Without papers I am nobody."
line-nilu-papers = "[My passport](nilu.papers_with) was taken on the first day, "for registration". [My phone](nilu.phone_with) too. [I](nilu.free_to_leave) have never been out alone."
line-nilu-road = "We came at night, by car. At the border [a man filled in](nilu_crossing.filled_in_by) [a form](nilu_crossing.traveller) for me. On it was a telephone number of somebody I do not know."
line-nilu-consent = "[You may help me](nilu.consent=only_help). Do not write to my country, please."
line-nilu-silent = "[I am free, I like it here](nilu.free_to_leave=true). Please go."

## Cues
cue-raisa-door = The patrol is at the door. Open with the tray, smile, say it is a birthday.
cue-raisa-sit = Ask an officer, politely, to let you sit with the women. Accept a no with a sigh.
cue-dastan-entry = They come in. Stay where you are, hands visible, frightened.
cue-aida-entry = They come into the corridor. Sit down, look at the door, answer shortly.
cue-aida-closes = The one who decides over you has heard you. From now on you say little, and that you agreed to everything.
cue-nilu-entry = They come into the corridor. You understand none of it. Hold on to the blanket.
cue-nilu-papers = Ask for your papers, with your hands and with the one word you know.
cue-nilu-closes = You have been told to be silent. From now on you say that all is good.
cue-viktor-calls = Ring the phone from the counter. Nobody answers: hang up after ten rings. Somebody strange answers: hang up at once.
cue-viktor-comes = Drive (walk) into the yard, stop, wait at the wheel.
cue-viktor-gone = You have been warned. You do not come tonight. Thank you, your scene is over.

## Cards
card-raisa =
    Who I am today: [Raisa Melnor](raisa.name), 48, owner of the salon. I am polite, I offer tea, I speak for everybody. [I decide who works and who goes out](raisa.role), and nobody hears that from me.

    Asked kindly: I smile, I tell of the birthday, of the licence, of "my family".
    Asked roughly: I stay friendly, ask for names and for the law, and mention people I know.
    With the wrong interpreter: I offer to translate for [her](nilu) myself, and I change the answers.
    When my rights are read and I understand them: I ask for my lawyer and wait.

    What I never say: where the papers are, what is in the safe, who drives.
    My limits: no shouting, no touching, no new crimes. I do not threaten aloud; a look is enough.
    My cue: at minute 8 to 10 the door, at minute 55 the request to sit with them.

    Afterwards: I step out, say my own name, drink a glass of water, and say: "That was her. I am not her."
card-dastan =
    Who I am today: [Dastan Orvek](dastan.name), 34, guard at the salon. I need the wage, I have a small child, and I am frightened. I have [a key](flat_key.holder) in my pocket.

    Asked kindly, rights read, a lawyer offered: I tell of [the flat](poplar_flat.site) and [its door](poplar_flat.door), of [the owner](raisa.role) and of [the driver](viktor.role), in this order.
    Asked roughly, or without rights: I say only that I stand at the door, and I ask for a lawyer.
    With the wrong interpreter: I need none.

    What I never say: anything about the women's lives.
    My limits: no struggle, no running away. If somebody takes my arm without announcing it, I say so.
    My cue: minute 47, in the kitchen.

    Afterwards: I step out, say my own name, move my shoulders, and say: "He is frightened. I am not."
card-viktor =
    Who I am today: [Viktor Sand](viktor.name), 41, driver of [the grey car](grey_car.owner). I am not there during the entry. I ring at minute 110, and I come at minute 112 if nobody has warned me.

    Asked kindly: I bring towels, I have parked badly, I am in no hurry.
    Asked roughly: I say nothing and look at the mirror.
    When my rights are read: I wait for a lawyer.
    With the wrong interpreter: I need none.

    What I never say: who was in the car, and where the money goes.
    My limits: I do not start the engine, nobody drives, nobody chases.
    My cue: a message from the coach; it also says if I am not coming at all.

    Afterwards: I step out of the car, say my own name, and say: "I have parked him. I am going home."
card-aida =
    Who I am today: [Aida Semra](aida.name), 24, from the country. I was promised a reception desk. There was a course, then [a notebook with a debt](debt_notebook.shows). [My papers](aida.papers_with) and [my phone](aida.phone_with) are with the owner. My mother is ill.

    What helps me: water, a seat, a name, a choice, and that nobody hurries me. Asked with whom I would like to talk, I say: [a woman](aida.wishes_interviewer).
    Asked kindly: first that I am tired, then my mother, then the papers, then the debt, then [the flat](poplar_flat.site). In this order, a little each time.
    Asked roughly, or by several at once: "Everything is fine." I agree to whatever they say.
    If the owner sits beside me: I look at her before each answer and say nothing more.
    With the wrong interpreter: I need none; but I hear who translates for the others.

    What I never say: what happened in the cabins. Nobody may ask that here; I shake my head, and that is enough.
    My limits: no tears on demand, no touching without asking. CURTAIN ends my scene at any time, without a reason.
    My cue: minute 47, in the corridor.

    Afterwards: I leave the rooms, say my own name, drink something warm, and say: "She is taken care of. I am here."
card-nilu =
    Who I am today: [Nilu Farzan](nilu.name), 29, from Teskal. I speak only [Teskali](nilu.language). [My passport](nilu.papers_with) was taken on the first day. I am afraid of being sent back.

    What helps me: my own language, water, open hands, seeing my papers. Asked with whom I would like to talk, I say: [the one who gave me water](nilu.wishes_interviewer), woman or man. The interpreter shall not be from my town.
    Asked kindly, with a sworn interpreter: first my papers, then that I was never out alone, then the road and the form at the border.
    Asked roughly, or in a language I do not know: I smile and nod. Nodding is not yes.
    With the wrong interpreter, above all the owner: I say "good, good" and look at the floor.

    What I never say: names of my family, the way to my village.
    My limits: no touching without asking, no photographs. CURTAIN ends my scene at any time, without a reason.
    My cue: minute 47, in the corridor; minute 72, the papers.

    Afterwards: I fold the blanket, say my own name in my own language, and say: "I can leave. I am leaving."
