"""The token of a receipt: what lets a client prove a loss without learning where in the log its command stands.

A token seals exercise, owner's epoch, entry number and chain hash, and whose command it was. Two clients that compare
their tokens learn nothing from them: all have the same length, and without the key they are random text. On resume the
server opens the token and looks for the entry: another hash at that number, or a log that ends before it, is a loss.

The construction is SIV (a deterministic, misuse-resistant one, RFC 5297) with blake2b in the place of CMAC and AES, for
the standard library has no cipher:

    tag    = blake2b(plain, key=mac key)                     24 bytes, both the check and the nonce
    stream = blake2b(tag | block number, key=stream key)     64 bytes a block
    token  = base64url(tag | plain xor stream)               140 characters

The nonce is the tag, which covers seat and command id: the same answer has the same token for ever, so that a resent
command gets its receipt byte for byte; and if the log went back in time and the command was kept anew at another place,
the two tokens share no key stream (with a nonce of seat and command id alone their xor would tell both places).
"""

from __future__ import annotations

import base64
import binascii
import functools
import hashlib
import hmac
import struct

import msgspec

from kerege.journal.chain import Head
from kerege.journal.entry import HASH_BYTES, Sealed

KEY_BYTES_MIN = 32
TOKEN_LENGTH = 140
MARK_BYTES = 16
SUBKEYS_MAX = 64
"""How many keys made from keys are kept at hand: two for each exercise that this process serves."""

_VERSION = 1
_TAG_BYTES = 24
_BLOCK_BYTES = 64
_PLAIN = struct.Struct(f">B{MARK_BYTES}s{MARK_BYTES}sQQ{HASH_BYTES}s")


class Receipt(msgspec.Struct, frozen=True):
    """What a token says. Compare `exercise` with `mark(id)` and `command` with `mark(seat, command id)`."""

    exercise: bytes
    command: bytes
    epoch: int
    n: int
    hash: bytes

    @property
    def head(self) -> Head:
        """The entry, as an outside anchor for kerege.journal.chain.verify."""
        return Head(self.n, self.hash)


def seal_token(key: bytes, exercise: str, entry: Sealed) -> str:
    """The token for the command that `entry` holds. `key` is secret to the server and stays the same for the exercise."""
    header = entry.header
    command = mark(entry.seat, entry.command_id)
    plain = _PLAIN.pack(_VERSION, mark(exercise), command, header.epoch, header.n, entry.hash)
    tag = _tag(key, plain)
    return base64.urlsafe_b64encode(tag + _xor(plain, _stream(key, tag))).decode()


def open_token(key: bytes, token: str) -> Receipt | None:
    """What the token says; None for every text that this key has not sealed."""
    try:
        sealed = base64.urlsafe_b64decode(token.encode("ascii"))
    except (UnicodeEncodeError, binascii.Error):
        return None
    if len(sealed) != _TAG_BYTES + _PLAIN.size or base64.urlsafe_b64encode(sealed).decode() != token:
        return None  # the decoder is lenient, but only one text is the token
    tag, hidden = sealed[:_TAG_BYTES], sealed[_TAG_BYTES:]
    plain = _xor(hidden, _stream(key, tag))
    if not hmac.compare_digest(tag, _tag(key, plain)):
        return None
    version, exercise, command, epoch, n, chain_hash = _PLAIN.unpack(plain)
    return Receipt(exercise, command, epoch, n, chain_hash) if version == _VERSION else None


def mark(*ids: str) -> bytes:
    """A fingerprint of fixed size, so that no id's length shows in a token's."""
    return hashlib.blake2b(msgspec.msgpack.encode(ids), digest_size=MARK_BYTES).digest()


def _tag(key: bytes, plain: bytes) -> bytes:
    return hashlib.blake2b(plain, key=_subkey(key, b"mac"), digest_size=_TAG_BYTES).digest()


def _stream(key: bytes, tag: bytes) -> bytes:
    stream_key = _subkey(key, b"stream")
    blocks = range(-(-_PLAIN.size // _BLOCK_BYTES))
    return b"".join(hashlib.blake2b(tag + bytes([block]), key=stream_key).digest() for block in blocks)


@functools.lru_cache(maxsize=SUBKEYS_MAX)
def _subkey(key: bytes, use: bytes) -> bytes:
    assert len(key) >= KEY_BYTES_MIN, f"a receipt key has at least {KEY_BYTES_MIN} bytes"
    return hashlib.blake2b(key, person=b"kerege receipt", salt=use, digest_size=64).digest()


def _xor(left: bytes, right: bytes) -> bytes:
    """As many bytes as `left` has; `right` is at least as long."""
    mixed = int.from_bytes(left, "big") ^ int.from_bytes(right[: len(left)], "big")
    return mixed.to_bytes(len(left), "big")
