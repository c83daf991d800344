# The case conference, and what an excluded page takes with it.
told-picture-together = Five services at one table. The car, the crossing, the account, the rooms and the persons can stand on one sheet tonight: put on the table what you hold, and write down who does what by when.
cause-picture-together = Patrol, investigators, social workers, the financial intelligence unit and the border service sat at one table in time: the parts of the picture could meet.
cause-picture-in-part = A conference was held without some of those who hold a part of the picture: their part stayed with them.
cause-one-voice = It was decided at one table who speaks with the women. From then on nobody asked them the same again.
cause-search-contested = What was taken in a contested search is excluded together with the page that rests on it.
inject-everybody-with-one-part = 170 · Every service has one part
inject-text-everybody-with-one-part = Every service works on its own sheet. Who holds the car, who the crossing, who the account, who knows what the women wish? Nobody has heard all of it at one table yet.
measure-e15-whole-table = E15 · Conference with everybody who was needed
plan-conference = Case conference: who is safe, what is still open, who does what
plan-one-speaks = One named social worker speaks with each of the women; the others ask her, not them
plan-post-watches = The exit post stays told, quietly, until the driver has been heard
plan-what-they-wish = What has she agreed to, and whom may we tell?
plan-which-car = What do your registers say about her, and in which car did she come?
plan-ours-only = This stays in our file; write to the head of the service.
plan-nothing-here = We hold nothing about this.
plan-what-account = What does the account of the firm show?
plan-which-plate = What else do you hold about the car: plate, colour, hours?
