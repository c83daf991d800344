# What the gateway says to people: the terms of participation, why something was not done.

# ---- terms of participation: shown before joining, accepted once
term-play-title = This is a simulation
term-play-text = Everything here is invented: people, places, firms, cases. Nothing that happens here may be passed on as a real report. Never type the name or data of a real victim, suspect or case.
term-engagement-title = Rules of engagement
term-engagement-text = Play your own powers and your own law. Ask, search, interview and decide as you would at work. No real force: an arrest, a search or a restraint is announced and shown, not done. No touching without the other person's consent. Vehicles stand still, weapons are not carried.
term-stop-title = Red lines and STOP
term-stop-text = For a real danger or injury say STOP aloud and hold the STOP button: everything freezes for everyone. CURTAIN ends one scene at once, for anyone in it, without reasons; only the safety officer learns who asked. Nobody is humiliated, and what actors tell of their own lives is not part of the play.
term-record-title = What is recorded
term-record-text = The server records what your team asked, wrote, shared, filed and learnt, with the time, and which seat did it. It records no sound, picture or place of your phone. A display name is optional, is kept apart from the record and is seen only by exercise control.
term-see-title = Who sees it
term-see-text = During play: your team sees what your team knows; exercise control sees everything; observers see, later and with names removed, only teams that control has opened to them. Afterwards: the participants see it in the debrief, by team and not by person; the evaluators use it for the report.
term-use-title = Not for appraisal, not for proceedings
term-use-text = Nothing recorded here may be used to judge you at work, or in any disciplinary, administrative or criminal proceedings.
term-deletion-title = How long it is kept
term-deletion-text = { $deletion ->
    [unset] Names and texts typed by people are deleted on the date that exercise control announces before play begins. Who sat where is erased by the server itself { $days } days after the last person joined, at the latest.
   *[other] Names and texts typed by people are deleted by the server itself on { $deletion }; who sat where, { $days } days after the last person joined.
  } If you ask for it, control erases your name and all that you typed at once.
term-ask-title = Whom to ask
term-ask-text = { $contact ->
    [unset] Ask exercise control: to see what is kept of you, to have it corrected or erased, or to leave. You may leave at any time, without reasons.
   *[other] Ask { $contact }: to see what is kept of you, to have it corrected or erased, or to leave. You may leave at any time, without reasons.
  }

# ---- answers by HTTP
error-bad_request = This request cannot be read.
error-bad_origin = This request came from another site.
error-not_found = There is nothing here for you.
error-method_not_allowed = This cannot be done here.
error-not_joined = This device holds no seat. Join with a code.
error-no_such_code = This code opens nothing. Check it with exercise control.
error-terms_not_accepted = Please read and accept the terms first.
error-team_full = All seats of this team are taken. Ask exercise control.
error-too_many_devices = This seat already has as many devices as it may.
error-no_more_seats = This exercise has no more seats.
error-too_fast = Too many tries. Wait a little.
error-too_big = This is too long.
error-too_slow = This took too long to arrive.
error-not_json = Please send JSON.
error-internal = Something went wrong on the server.
error-not_erased = The texts could not be erased now: the disk does not serve. Nothing is lost; try again.

# ---- goodbyes and refusals on the link (codes of kerege.wire.closing)
goodbye-too_big = This message is too long.
goodbye-wrong_kind = Text on a binary link, or the reverse.
goodbye-bad_bytes = These bytes are no message.
goodbye-bad_value = This message holds a value that is not allowed.
goodbye-bad_message = There is no such message. Reload the page.
goodbye-hello_first = The first message must be a hello.
goodbye-hello_twice = Hello is said once.
goodbye-hello_late = No hello came in time.
goodbye-ticket_refused = This ticket opens nothing. Ask for a new one.
goodbye-revoked = This device was signed out.
goodbye-replaced = This seat is open on too many screens; the oldest was closed.
goodbye-moved = Your team is another one now. You come back to it by yourself.
goodbye-too_fast = Too many messages. Wait a little.
goodbye-stalled = This device stopped reading.
goodbye-restarting = The server restarts. It will be back in a moment.
goodbye-room_failed = Something went wrong on the server. It will be back in a moment.
refusal-busy = Too much is waiting. It was not taken; try again.
refusal-too_fast = Too many acts in a short time. It was not taken; try again in a moment.
refusal-unsure = Nobody can say yet whether this was kept. It will be sent again.
denied = There is no such view for you.
proof-lost = Part of what this device was told was kept is no longer in the server's record. Tell exercise control.
proof-refused = This receipt proves nothing here.

# ---- what this configuration cannot keep, or is to be known of it (kerege.doctor)
promise-journal = This machine does not keep what a journal promises: { $why }
promise-network-disk = The data folder is on a network file system ({ $kind }): its locks and syncs are not to be trusted. Choose a disk of this machine.
promise-memory-disk = The data folder is in memory ({ $kind }): a power cut or a restart of the machine loses everything.
promise-wal-reset = SQLite { $version } has the WAL-reset fault. It needs two connections to one file; the server holds one alone, so it cannot happen here. Open no exercise file with another program.
promise-in-use = The exercise { $exercise } is open in another process. Two servers on one record cannot be.
promise-disk-low = Only { $free } MiB are free on the disk of the data folder. When it is full, acts are not accepted.
promise-open-to-others = Others on this machine can read the data folder ({ $files }): names, keys and the truth of the story. Close it: chmod -R go= DATA.
promise-clock = The clock of this machine says { $now } (UTC), which cannot be right. Play time does not mind; dates in the record and the promised deletion do.
promise-open-files = This process may hold only { $most } files and connections open; an exercise needs about 1,000. Raise it: ulimit -n 4096.
promise-port = Port { $port } cannot be listened on: { $why }.
promise-public-plain = The address is public and the road is plain http: whoever carries the bytes can read and change them, join codes too. Use a certificate (KEREGE_TLS_CERTIFICATE, KEREGE_TLS_KEY) or a proxy that has one.
promise-plain-http = Plain http on a local network: whoever is on the same Wi-Fi can read what phones receive and take over their seats. Browsers then keep no app offline and no Secure cookie. Use a Wi-Fi of your own with a password.
promise-no-proxy = The public address is https, but no proxy is named (KEREGE_TRUSTED_PROXY): the server takes all phones for one address and knows no https; cookies are not marked Secure.
promise-deterministic = Keys, tokens and codes follow from a seed: whoever knows it can be anybody. For proofs only.
promise-no-deletion-date = No deletion date is set (KEREGE_DELETION_DATE): typed texts stay until somebody erases them. Who sat where is erased after { $days } days.
promise-deletion-date-past = The deletion date { $date } has come: names and texts are erased again and again while people play.
promise-no-contact = Nobody is named whom participants can ask about their data (KEREGE_CONTACT).
promise-languages = No words of the product’s own in: { $without }. Those who choose these read Russian.
promise-pack-languages = The story’s texts are not complete in: { $languages }. What is missing is read in another language.
promise-no-font = No font with the letters Ң, Ө, Ү is found on this machine: prints made here may show boxes.
promise-no-limit-time = A pack is compiled here without a limit of processor time: serve only packs whose authors you trust.
promise-no-limit-memory = A pack is compiled here without a limit of memory: serve only packs whose authors you trust.
promise-no-limit-files = A pack is compiled here by a process that could write files: serve only packs whose authors you trust.
promise-no-limit-network = A pack is compiled here by a process that is not cut off from the network: serve only packs whose authors you trust.

# ---- control's console: the store
trouble-full = The server cannot write: its disk is full. Nothing that was accepted is lost. New acts wait on the phones and go by themselves once there is room: free space on the server’s disk.
trouble-failed = The server cannot write: its disk has failed. Nothing that was accepted is lost. New acts wait on the phones; the server keeps trying. Have the disk looked at.
trouble-closed = The server is ending.
