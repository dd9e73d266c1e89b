#!/usr/bin/env python3
"""The same check as check-proof.mjs, in Python 3.8 or newer and nothing else: two languages agree on one format.

python3 check_proof.py proof.json [--seal HASH]      exit 0 it holds, 1 it does not, 2 used wrongly
"""
import hashlib
import json
import sys


class Wrong(Exception):
    pass


def must(holds, words):
    if not holds:
        raise Wrong(words)


def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def unhex(text, what):
    must(isinstance(text, str) and len(text) == 64 and all(sign in "0123456789abcdef" for sign in text), f"{what}: not a SHA-256 in hex")
    return bytes.fromhex(text)


def check_chain(proof):
    must(isinstance(proof["events"], list) and proof["events"], "there are no events")
    before = b""
    for seq, event in enumerate(proof["events"], 1):
        own = unhex(event["hash"], f"event {seq}")
        must(sha256(before, event["body"].encode()) == own, f"event {seq}: the hash is not that of the event before and this body")
        said = json.loads(event["body"])
        must((said["home"], said["case"], said["seq"]) == (proof["home"], proof["case"], seq), f"event {seq}: the body is of another event")
        before = own


def leaf_of(proof):
    version = proof["sealed"]["version"]
    must(1 <= version <= len(proof["events"]), f"the seal covers {version} events, the proof has {len(proof['events'])}")
    head = {"case": proof["case"], "head": proof["events"][version - 1]["hash"], "home": proof["home"], "version": version}
    return sha256(b"\0", json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode())


def root_from(leaf, position, path, size):
    must(0 <= position < size, f"leaf {position} is in no tree of {size} leaves")
    at, last, root = position, size - 1, leaf
    for step in path:
        other = unhex(step, "the path")
        must(last > 0, "the path is longer than the tree is high")
        if at % 2 == 1 or at == last:
            root = sha256(b"\1", other, root)
            while at % 2 == 0 and at > 0:
                at, last = at // 2, last // 2
        else:
            root = sha256(b"\1", root, other)
        at, last = at // 2, last // 2
    must(last == 0, "the path is shorter than the tree is high")
    return root


def check_seals(texts):
    must(isinstance(texts, list) and texts, "there is no seal")
    seals = [dict(json.loads(text), hash=sha256(text.encode()).hex()) for text in texts]
    for before, seal in zip(seals, seals[1:]):
        must(seal["number"] == before["number"] + 1, f"after seal {before['number']} comes seal {seal['number']}")
        must(seal["previous"] == before["hash"], f"seal {seal['number']} does not name seal {before['number']} as the one before it")
        must(seal["size"] > before["size"], f"seal {seal['number']} covers no more than seal {before['number']}")
    must(all(seal["format"] == "qyzmet-seal-1" for seal in seals), "a seal is of another format")
    return seals


def check(proof, kept):
    must(proof.get("format") == "qyzmet-proof-1", "this is not a proof of the format qyzmet-proof-1")
    check_chain(proof)
    sealed = proof["sealed"]
    must(sealed is not None, "the case is not sealed yet: its chain holds, and nobody else can know it")
    seals = check_seals(sealed["seals"])
    root = root_from(leaf_of(proof), sealed["position"], sealed["path"], seals[0]["size"])
    must(root.hex() == seals[0]["root"], f"the path does not lead to the root of seal {seals[0]['number']}")
    must(kept is None or any(seal["hash"] == kept for seal in seals), f"the kept seal {kept} is none of the seals of the proof")
    return seals


def main(args):
    if len(args) not in (1, 3) or (len(args) == 3 and args[1] != "--seal"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with open(args[0], encoding="utf-8") as file:
            proof = json.load(file)
        seals = check(proof, args[2] if len(args) == 3 else None)
    except Wrong as wrong:
        print(f"wrong: {wrong}", file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as cause:
        print(f"wrong: {cause!r} (the proof cannot be read)", file=sys.stderr)
        return 1
    print(f"case {proof['case']}: the first {proof['sealed']['version']} of {len(proof['events'])} events lie under seal {seals[0]['number']}")
    print(f"seal {seals[-1]['number']} of {seals[-1]['at']}, {seals[-1]['cases']} cases: {seals[-1]['hash']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
