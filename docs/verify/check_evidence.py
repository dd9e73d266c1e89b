#!/usr/bin/env python3
"""Checks an evidence record (RFC 4998) over a file without a line of our program: Python 3.8 or newer and the command openssl.

python3 check_evidence.py <file> <record.ers> --trust roots.pem [--tokens FOLDER] [--at 2031-01-01T00:00:00Z]
exit 0 it holds, 1 it does not, 2 used wrongly

The way from the file's hash to the root of each tree is reckoned here; each time-stamp is verified by `openssl ts -verify` at the moment when the next one was made, the last one
at --at (default: now). `roots.pem`: the roots of the time-stamping authorities, given to you apart from the record. --tokens keeps the time-stamps as files, with the command for each.
Trees of SHA-2 only: openssl has neither the digests nor the keys of GOST.
"""
import hashlib
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

DIGESTS = {
    "608648016503040201": "sha256",
    "608648016503040202": "sha384",
    "608648016503040203": "sha512",
}
TST_INFO = bytes.fromhex("060b2a864886f70d0109100104")


class Wrong(Exception):
    pass


def must(holds, otherwise):
    if not holds:
        raise Wrong(otherwise)


def read(data, at=0):
    """One value of DER: (tag, content, whole, where the next begins)."""
    must(at + 2 <= len(data), "DER ends early")
    tag, length, start = data[at], data[at + 1], at + 2
    if length >= 0x80:
        count = length & 0x7F
        must(1 <= count <= 4 and start + count <= len(data), "a length that is none of DER")
        length = int.from_bytes(data[start : start + count], "big")
        start += count
    must(start + length <= len(data), "DER ends early")
    return tag, data[start : start + length], data[at : start + length], start + length


def members(content):
    found, at = [], 0
    while at < len(content):
        tag, inner, whole, at = read(content, at)
        found.append((tag, inner, whole))
    return found


def digest_of(identifier):
    name = DIGESTS.get(members(identifier)[0][1].hex())
    must(name, "a digest that this script does not know")
    return name


def imprint(token):
    """Of a time-stamp: its digest's name, the hash that it is over, and its moment (RFC 3161, 2.4.2)."""
    place = token.find(TST_INFO)
    must(place >= 0, "a time-stamp that is none")
    info = read(read(read(token, place + len(TST_INFO))[1])[1])[1]
    fields = members(info)
    algorithm, hashed = members(fields[2][1])
    moment = fields[4][1].decode("ascii").rstrip("Z")
    whole, _, part = moment.partition(".")
    at = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    return digest_of(algorithm[1]), hashed[1], at


def climb(name, leaf, lists):
    """RFC 4998, 4.3."""
    together = lambda hashes: hashlib.new(name, b"".join(sorted(hashes))).digest()
    if not lists:
        return leaf
    must(leaf in lists[0], "the hash does not stand in the record's first list")
    found = together(lists[0])
    for one in lists[1:]:
        found = together(one + [found])
    return found


def chains_of(record):
    tag, content, _, end = read(record)
    must(tag == 0x30 and end == len(record), "this is no evidence record")
    sequence = [one for one in members(content) if one[0] == 0x30][-1]
    chains = []
    for _, chain, whole in members(sequence[1]):
        stamps = []
        for _, stamp, _ in members(chain):
            fields = members(stamp)
            token = fields[-1][2]
            named = [inner for mark, inner, _ in fields if mark == 0xA0]
            trees = [inner for mark, inner, _ in fields if mark == 0xA2]
            lists = [[one[1] for one in members(inner)] for _, inner, _ in members(trees[0])] if trees else []
            stamps.append((digest_of(named[0]) if named else imprint(token)[0], lists, token))
        chains.append((stamps, whole))
    return chains


def sequence_of(wholes):
    body = b"".join(wholes)
    size = len(body)
    head = bytes([size]) if size < 0x80 else bytes([0x80 | ((size.bit_length() + 7) // 8)]) + size.to_bytes((size.bit_length() + 7) // 8, "big")
    return b"\x30" + head + body


def check(data, record, trust, now, folder):
    chains = chains_of(record)
    tokens, before = [], []
    for stamps, whole in chains:
        name = stamps[0][0]
        leaf = hashlib.new(name, data).digest()
        if before:
            leaf = hashlib.new(name, leaf + hashlib.new(name, sequence_of(before)).digest()).digest()
        for digest, lists, token in stamps:
            must(digest == name, "a chain of two digests")
            stamped, hashed, at = imprint(token)
            must(stamped == name and climb(name, leaf, lists) == hashed, "the time-stamp is over something else")
            tokens.append((token, hashed, at))
            leaf = hashlib.new(name, token).digest()
        before.append(whole)
    for number, (token, hashed, at) in enumerate(tokens):
        until = tokens[number + 1][2] if number + 1 < len(tokens) else now
        must(at <= until, "a time-stamp that is younger than what covers it")
        verify(token, hashed, until, trust, folder / f"stamp{number + 1}.tst")
    return tokens


def verify(token, hashed, until, trust, file):
    file.write_bytes(token)
    command = ["openssl", "ts", "-verify", "-in", str(file), "-token_in", "-digest", hashed.hex(), "-CAfile", str(trust)]
    command += ["-attime", str(int(until.timestamp()))]
    done = subprocess.run(command, capture_output=True, text=True)
    must(done.returncode == 0, f"{' '.join(command)}\n{(done.stderr or done.stdout).strip()}")
    print(" ".join(command))


def main(arguments):
    given, named = [], {}
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word.startswith("--") and rest:
            named[word[2:]] = rest.pop(0)
        else:
            given.append(word)
    if len(given) != 2 or "trust" not in named or set(named) - {"trust", "tokens", "at"}:
        print(__doc__, file=sys.stderr)
        return 2
    now = datetime.fromisoformat(named["at"].replace("Z", "+00:00")) if "at" in named else datetime.now(timezone.utc)
    try:
        with tempfile.TemporaryDirectory() as away:
            folder = Path(named.get("tokens", away))
            folder.mkdir(parents=True, exist_ok=True)
            tokens = check(Path(given[0]).read_bytes(), Path(given[1]).read_bytes(), Path(named["trust"]), now, folder)
    except (Wrong, ValueError, IndexError) as wrong:
        print(f"does not hold: {wrong}", file=sys.stderr)
        return 1
    print(f"holds: these bytes were there on {tokens[0][2].isoformat()}; time-stamps: {len(tokens)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
