## Bodies that nobody plays; the cards are for control alone

persona-hotline = The hotline
card-hotline = The person on duty at the hotline. Calm, brief, never gives out what a caller has said without the caller's consent or an order of the court. Can say what help there is tonight, and how to reach it. Does not guess.
persona-bank-desk = Duty desk of the bank
card-bank-desk = The bank's duty desk at night. Polite and formal. Says what an order has to hold, how long an answer takes and that it needs a reference. Gives nothing about an account by telephone, and warns no customer.
persona-journalist = A journalist
card-journalist = A journalist who has heard that something happens in the street. Friendly and persistent. Asks for names, an address, a picture; takes a clear no. Publishes only what a team has said. Never frightens anybody.
