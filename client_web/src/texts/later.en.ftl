# The client's own words for coming in and for the parts that are fetched after the first screen.

yes = Yes
no = No
send = Send
product-line = Live exercises against trafficking in human beings
independent = Kerege is independent software. It is not made, endorsed or reviewed by the OSCE.
code-label = Your code
code-hint = Six letters and figures, from exercise control or from the card of your team.
code-latin = Not letters of a code: { $letters }. Switch the keyboard to Latin letters.
languages-later = Buttons in Russian for now:
code-unknown = This code opens nothing. Check it with exercise control.
go-on = Go on
you-join-as = You join as
accept = I have read this and accept it
join = Join the exercise
other-code = Another code
name-more = Name, or a second device (optional)
name-label = Name to show
name-hint = Seen by exercise control only; your role is shown to the others.
seat-label = Seat of yours
seat-hint = If you have a seat on another device: its letters, from that device's menu.
seat-of-mine = Your seat:
leave-title = Hand this phone on
leave-text = Leaving removes everything of this role from the phone. You can come back with the code.
leave = Leave the seat
leave-sure = Yes, leave now
leave-failed = The server does not answer, so the seat was not left. Try again when connected.
leave-unsent = { $n ->
    [one] One act is still only on this phone and would be lost.
   *[other] { $n } acts are still only on this phone and would be lost.
  }
menu-language-fallback = The buttons are not translated into { $name } yet; what the exercise tells you is.
same-as = Known to be the same as:
only-reference = Only mentioned so far: nothing is known about it.
nobody-known = You know nothing of this kind yet.
share-title = Share
share-to = To whom?
share-known-hint = Of a person or thing that the reader has not met, they get only its kind and its letters, not how you know it. Say who or what it is in a message.
share-chain = Say who told us
share-chain-hint = Otherwise they see only us as the source.
share-protected = { $n ->
    [one] One of these records is protected. Share it only with those who need it, and with consent.
   *[other] { $n } of these records are protected. Share them only with those who need them, and with consent.
  }
share-send = Share
share-label = { $n ->
    [one] Shared one record with { $names }
   *[other] Shared { $n } records with { $names }
  }
takes-play = Takes { $n } min of play
which-unit = Who does it?
choose-first = Choose: { $what }
do-live = Note it
do-start = Begin
contacts = Contacts
no-contacts = Nobody to reach from here.
write-to = Write to { $who }
write-also = Also to…
write-hint = No names or data of real people.
say-label = Message to { $names }
heard-hint = Somebody told you something face to face? Note who and what.
heard-from = Heard from { $who }
heard-who = Who said it?
heard-about = About whom or what?
heard-of = About { $what }
heard-what = What about it?
heard-tap = One tap notes it. If it was the wrong one, tap the right one: it takes its place.
heard-save = Note it
heard-label = Heard from { $who }: { $what }
forms = Forms
documents = Documents you know
no-forms = No forms for this role.
no-documents = No documents yet.
draft = draft
draft-kept = The draft stays on this phone until it is filed.
discard = Discard
file = File
fill-first = Fill in: { $what }
file-label = Filed: { $title }
end-title = The exercise is over
end-roles = Leave your role now: stand up, say your own name, shake hands. The people of this story were played; nobody is what they played.
end-care = If something stays with you, speak with the psychologist or the quiet room. You need no reason.
end-look-back = Look back at what we knew

# ---- what no button offers
propose-title = Something else
propose = Propose an act of your own
propose-hint = What no button offers. Exercise control rules on it.
propose-full = Three of yours are waiting. Wait for an answer, or take one back.
propose-words = What do you want to do, and with what aim?
propose-minutes = How long should it take?
propose-unsure = not sure
propose-faces = Whom or what is it about?
propose-send = Send to exercise control
propose-label = Proposed: { $text }
proposal-waiting = waits for control
proposal-running = under way
proposal-done = done
proposal-refused = not possible
proposal-withdrawn = taken back
proposal-answer = Control:
proposal-until = another { $span }
proposal-take-back = Take back
