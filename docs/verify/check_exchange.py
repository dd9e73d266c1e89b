#!/usr/bin/env python3
"""Checks the container of an exchange, `qyzmet-exchange-container/1`, in Python 3.8 or newer and nothing else.

python3 check_exchange.py exchange.zip [--proof proof.json]      exit 0 it holds, 1 it does not, 2 used wrongly
"""
import hashlib
import json
import sys
import zipfile

FORMAT = "qyzmet-exchange-container/1"
LARGEST = 64 * 1024 * 1024


class Wrong(Exception):
    pass


def must(holds, words):
    if not holds:
        raise Wrong(words)


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def read_all(path):
    with zipfile.ZipFile(path) as container:
        names = [entry.filename for entry in container.infolist()]
        must(len(names) == len(set(names)), "a name stands twice in the container")
        must(sum(entry.file_size for entry in container.infolist()) <= LARGEST, "the container is too large")
        return {name: container.read(name) for name in names}


def check_sums(files):
    must("SHA256SUMS" in files and "manifest.json" in files, "SHA256SUMS or manifest.json is missing")
    listed = {}
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ", 1)
        must(name not in listed, f"{name}: twice in SHA256SUMS")
        listed[name] = digest
    must(set(listed) == set(files) - {"SHA256SUMS"}, "SHA256SUMS does not name just what is in the container")
    for name, digest in listed.items():
        must(sha256(files[name]) == digest, f"{name}: the content is another one")


def check_manifest(files):
    manifest = json.loads(files["manifest.json"])
    must(manifest["format"] == FORMAT, f"the format is {manifest['format']}")
    must(set(manifest["files"]) == set(files) - {"SHA256SUMS", "manifest.json"}, "the manifest does not name just what is in the container")
    for name, said in manifest["files"].items():
        must(sha256(files[name]) == said["sha256"] and len(files[name]) == said["size"], f"{name}: not what the manifest says")
    return manifest


def check_messages(manifest, files):
    lines = []
    for message in manifest["messages"]:
        name, original = message["file"], message["original"]
        if message["removed"]:
            lines.append(f"{name}: without {', '.join(message['removed'])}; the original had {original['size']} bytes, SHA-256 {original['sha256']}")
            continue
        must(sha256(files[name]) == original["sha256"] and len(files[name]) == original["size"], f"{name}: nothing was removed, and yet it is not the original")
        lines.append(f"{name}: the original, byte for byte")
    for message in manifest["messages"]:
        signature = message.get("signature")
        if signature is None:
            continue
        verdict = "was found valid" if signature["valid"] else f"was not accepted ({signature['reason']})"
        lines.append(f"{message['file']}: its signature ({signature['algorithm']}) {verdict} when it came; certificate {signature['certificate']}")
    return lines


def check_events(manifest, path):
    with open(path, encoding="utf-8") as file:
        proof = json.load(file)
    exchange = manifest["exchange"]
    must((proof["home"], proof["case"]) == (exchange["home"], exchange["case"]), "the proof is of another case")
    must(manifest["events"], "no event of the case names this exchange")
    ids = {exchange["messageId"], exchange["answerId"], exchange["key"]} - {None, ""}
    for event in manifest["events"]:
        must(1 <= event["seq"] <= len(proof["events"]), f"event {event['seq']} is not in the proof")
        there = proof["events"][event["seq"] - 1]
        must(there["hash"] == event["hash"], f"event {event['seq']}: another hash than in the proof")
        data = json.loads(there["body"])["data"]
        must(any(data.get(name) in ids for name in ("exchange", "query", "message")), f"event {event['seq']} does not name this exchange")
    return f"{len(manifest['events'])} events of the chain name this exchange; check the proof itself with check_proof.py"


def main(arguments):
    proof = None
    if len(arguments) == 3 and arguments[1] == "--proof":
        proof, arguments = arguments[2], arguments[:1]
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        files = read_all(arguments[0])
        check_sums(files)
        manifest = check_manifest(files)
        lines = check_messages(manifest, files)
        if proof is not None:
            lines.append(check_events(manifest, proof))
    except (Wrong, KeyError, TypeError, ValueError, zipfile.BadZipFile, OSError) as cause:
        print(f"does not hold: {cause}")
        return 1
    exchange = manifest["exchange"]
    print(f"exchange {exchange['id']} of {exchange['service']}, {exchange['direction']}, {exchange['sentAt']}: {exchange['outcome'] or 'no answer known'}")
    for line in lines:
        print(line)
    print("the container holds")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
