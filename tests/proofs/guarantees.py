"""What is promised on one box, each under the number that it has in docs/proofs.md. (G8 and G13 need several machines.)"""

GUARANTEES = {
    "G1": "An acknowledged act is never lost",
    "G2": "An act that is sent again counts once and gets the same answer",
    "G3": "Never half an act, never a gap",
    "G4": "A phone that comes back converges to the same view",
    "G5": "A loss is never silent",
    "G6": "What a viewer receives does not depend on what it may not know",
    "G7": "A seat acts as itself only; a right that was taken away ends at once",
    "G9": "A slow, dead or hostile peer never slows a participant",
    "G10": "Bad input is refused with a clear error; nothing is lost or half-done",
    "G11": "A bad pack is refused before the exercise starts",
    "G12": "A restart or an upgrade does not lose the room; the screen never lies about the link",
    "G14": "Every limit holds, at it and past it",
    "G15": "A wrong clock breaks nothing: nothing early, late or twice",
    "G16": "The record shows any change to it",
    "G17": "A person can be erased and the chain still verifies",
    "G18": "Same inputs, same exercise",
    "G19": "A full or failing disk: acts are not accepted, views go on, nothing accepted is lost",
    "G20": "No silent downgrade: what cannot be promised is said or refused",
}
