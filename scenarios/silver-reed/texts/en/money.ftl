# Money and roads, English.

## Labels
thing-platform-desk = desk of the platform
thing-border-post = border post
thing-exit-post = the exit post
thing-owner-sister = somebody whose name is on the cards
thing-owner-line = a number that is often called
thing-driver-line = number on the screen of the phone
thing-sponsor-line = number on the entry form
thing-inside-line = number of the caller
thing-ad-page = open page with an advert
thing-job-ad = older job advert
thing-ad-card = prepaid card
thing-card-sleeves = sleeves of prepaid cards
thing-orion-account = account abroad
thing-hotline-record = record of the hotline

## Names and numbers
name-platform-desk = the desk of the platform
name-owner-sister = Irma Salvek
number-owner = SIM-555-0101
number-inside = SIM-555-0119
number-ad-card = SIM-CARD-6021-0077
number-orion-account = SIM-OZF-2208-0031
address-ad-page = SIM-reed.example
address-job-ad = SIM-reed.example/jobs-061
account-of-hotline-call = Twenty seconds, a woman, very low: the salon, please, the door, he has the key. Then somebody came in.

## The script
inject-line-is-cut = 0 · The line is cut
inject-text-line-is-cut = A call on your line, twenty seconds, then nothing: [the salon](salon.call), [the front room](salon_reception.site), a door. [The record](hotline_record.keeper) with the number lies with you. The social service has been told that somebody called, and no more.
expected-line-is-cut = Passes on that there is a record, and gives it out with the caller's consent or by order of a court only.
inject-bank-reports = 35 · A bank reports something unusual
inject-text-bank-reports = A bank reports: [prepaid cards](ad_card), topped up with cash late in the evening, pay for nothing but [one advert page](ad_page.address). Who holds the cards is not written on them; with a number the bank can say more.
expected-bank-reports = The page goes to the investigators, so that somebody asks the platform to keep it. The numbers must come from a search.
inject-fine-is-asked-for = 135 · A form is asked for
inject-text-fine-is-asked-for = The desk of the police station asks for two forms about [a woman from Teskal](nilu): a fine for unlicensed services, and the sheet for the removal file. "It is quicker tonight than tomorrow."
expected-fine-is-asked-for = No form; asks who has spoken with her and which signs were noted, and suspends the return.
inject-car-at-the-post = A car at the exit post
inject-text-car-at-the-post = [The grey car](grey_car.location) stands in the lane of the exit post. [The man at the wheel](viktor.location) holds his papers out of the window. A check may take half an hour.
expected-car-at-the-post = Badge, rights in his language, detention recorded; the investigators are told.
inject-note-is-due = 650 · The note of the night
inject-text-note-is-due = Half past eight. Investigators and prosecutor need a note before the court sits at twenty to ten: what is assumed, how sure it is, and where the evidence can be asked for.
expected-note-is-due = A note marked as intelligence, with a proposal for the court; no copy of what the bank said in confidence.
inject-bank-opens = 660 · The bank opens
inject-text-bank-opens = The duty desk of the bank: we open in a quarter of an hour, and a transfer abroad lies ready on [the account](reed_account). Block card and account so that everybody sees it, hold the payments without telling the holder, or let it go?
expected-bank-opens = A quiet hold at once; the court's order follows.
inject-return-desk-asks = 665 · The list of the day
inject-text-return-desk-asks = The desk for returns closes its list at twenty past nine. Is anybody on it about whom another service has noted a sign?
expected-return-desk-asks = Asks the social service and the police before the list is closed.
inject-ground-is-asked = 705 · On what did the search rest?
inject-text-ground-is-asked = The defence asks for the request behind the search warrant: one neighbour, one evening? The court will want to see what else was there to be put before it: the record of the hotline, the advert.
expected-ground-is-asked = The record of the hotline by consent or by order, and the advert that was kept, go to the court.

## What is found
told-sleeves-found = Under the papers in the safe lie [sleeves of prepaid cards](card_sleeves.shows), kept together [in the office](card_sleeves.kept_in). On one stands a number: [SIM-CARD-6021-0077](ad_card.number).
told-sheet-drawn = One sheet. Cash comes in [late each evening](reed_account.pattern); over [the account](reed_account) decides [one person](reed_account.decides). [Another one](ad_card.topped_up_by) tops up the card that pays for [the adverts](ad_card.pays_for). Each month a fee goes abroad. These are assumptions with sources; none of it is evidence yet.
told-colleague-waits = The licence is genuine. The colleague who knows the house does not want to say anything about it today: he will be heard as a witness, and asks for advice first.
told-mla-answered = The central authority of the other State sends certified records of [the account](orion_account.certified). They may be used in court for this case.
told-money-left = Nobody held the payments: the balance left with the first order of the morning.
told-papers-stay = The papers of the presumed victims are still in the bags of the evidence room.
told-witness-sent-away = The presumed victim with the removal file left with the morning bus. She will not be heard.

## Causes
cause-request-one-report = The request for the search named the neighbour's report alone: the record of the hotline and the advert were not put before the court.
cause-record-passed-on = A confidential record was passed on without consent and without order of a court: whoever called learns that a hotline talks.
cause-page-taken-off = Whoever was warned has taken the advert off; another one can come next week.
cause-colleague-waits = The inspection was asked after the entry: who knows something about the licence is a witness now, and waits.
cause-post-was-told = The posts had a quiet notice before he was warned: the car is stopped in the lane.
cause-driver-through = Nobody held the driver at the post within the time that a check may take.

## Facts and measures
fact-f5-job-ad = Job advert, housing free, two months ago
fact-f6-calls-before-shifts = Calls before each evening shift
fact-f7-cards-and-adverts = Cards that pay for the adverts
fact-f9-who-filled-in-the-form = Who filled in the form at the border
fact-f12-licence-note = Note in the licence file
fact-s-card-number = Number of the card
fact-s-status-to-migration = Status for the migration service
fact-s-pay-to-prosecutor = Pay that was not paid
measure-card-number-at-fiu-s = The card's number reached the financial intelligence unit after (seconds)
measure-notes-put-into-file = Notes of the intelligence unit put into the file as evidence
measure-requests-to-court-for-data = Requests to the court for data and records
measure-pages-kept-in-time = Pages that a platform kept on request
measure-return-suspended-s = The migration service knew of the status after (seconds)
fact-s-account-number = The number of the firm's account
fact-s-line-number = The telephone of the sponsor on the entry form
fact-s-drivers-name = Who drives the grey car
