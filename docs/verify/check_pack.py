#!/usr/bin/env python3
"""Checks an inspector's pack without a line of our program: Python 3.8 or newer, its neighbours check_proof.py and check_report.py, and the command openssl.

python3 check_pack.py pack.asice --trust certificates.pem [--seal HASH]      exit 0 it holds, 1 it does not, 2 used wrongly

`certificates.pem`: whose signature you accept on the pack, given to you apart from it (`qyzmet keys list --certificates`, or by hand).
"""
import base64
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from check_proof import Wrong, check as check_proof, check_chain, must
from check_report import check_report

MIMETYPE = b"application/vnd.etsi.asic-e+zip"
MANIFEST = "META-INF/ASiCManifest001.xml"
SIGNATURE = "META-INF/signature001.p7s"
ASIC = "{http://uri.etsi.org/02918/v1.2.1#}"
DSIG = "{http://www.w3.org/2000/09/xmldsig#}"


def canonical(value):
    """RFC 8785, as far as our values go: no number that is not whole."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(one)}" for name, one in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    must(not isinstance(value, float), f"{value}: only whole numbers are expected among values")
    return json.dumps(value, ensure_ascii=False)


def unpack(path):
    with zipfile.ZipFile(path) as pack:
        names = pack.namelist()
        must(len(set(names)) == len(names), "two files have one name")
        must(names and names[0] == "mimetype" and pack.read("mimetype") == MIMETYPE, "this is no ASiC-E container")
        return {name: pack.read(name) for name in names}


def check_manifest(files):
    root = ElementTree.fromstring(files[MANIFEST])
    must(root.find(ASIC + "SigReference").get("URI") == SIGNATURE, "the manifest belongs to another signature")
    listed = {}
    for line in root.findall(ASIC + "DataObjectReference"):
        must(line.find(DSIG + "DigestMethod").get("Algorithm").endswith("#sha256"), "a digest that is no SHA-256")
        must(line.get("URI") not in listed, f"{line.get('URI')} is named twice")
        listed[line.get("URI")] = base64.b64decode(line.find(DSIG + "DigestValue").text)
    own = set(files) - {"mimetype", MANIFEST, SIGNATURE}
    must(own == set(listed), f"not under the signature, or missing: {sorted(own ^ set(listed))}")
    for name, digest in listed.items():
        must(hashlib.sha256(files[name]).digest() == digest, f"{name} was changed")


def check_signature(files, trust):
    with tempfile.TemporaryDirectory() as folder:
        manifest, signature = Path(folder, "manifest.xml"), Path(folder, "signature.p7s")
        manifest.write_bytes(files[MANIFEST])
        signature.write_bytes(files[SIGNATURE])
        command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", signature, "-content", manifest]
        command += ["-CAfile", trust, "-partial_chain", "-no_check_time", "-purpose", "any", "-out", Path(folder, "out")]
        ran = subprocess.run([str(part) for part in command], capture_output=True, text=True)
        must(ran.returncode == 0, f"the signature does not hold: {ran.stderr.strip()}")


def check_case(number, files, kept):
    read = lambda name: json.loads(files[f"{number}/{name}"])
    proof = read("proof.json")
    must(proof["case"] == number, f"{number}: the proof of another case")
    check_proof(proof, kept) if proof["sealed"] is not None else check_chain(proof)
    bodies = []
    for event in proof["events"]:  # what an event does not say of actor, time and law is as in the one before it
        bodies.append({**({name: bodies[-1][name] for name in ("actor", "at", "law")} if bodies else {}), **json.loads(event["body"])})
    check_values(number, bodies, read("values.json"))
    for path, sha in bodies[0]["data"]["files"].items():
        must(hashlib.sha256(files[f"{number}/law/{path}"]).hexdigest() == sha, f"{number}: {path} is not the text that the case is bound to")
    check_timeline(number, bodies, read("timeline.json"), read("custody.json"))
    check_papers(number, files, read("papers.json"))
    told = [check_signed(number, body, files, read) for body in bodies if body["type"] in ("AnswerSigned", "RequestSealed") and body["data"].get("file")]
    told = [word for word in told if word is not None]
    words = ", ".join(f"{told.count(word)} {word}" for word in sorted(set(told)))
    return f"{number}: {len(bodies)} events, {'sealed' if proof['sealed'] else 'NOT SEALED YET'}, {len(told)} signatures{': ' + words if words else ''}"


def check_signed(number, body, files, read):
    name = body["data"]["file"]
    if f"{number}/signatures/{name}.json" not in files and read("case.json")["destroyed"] is not None:
        return None  # destroyed by an order
    must(hashlib.sha256(files[f"{number}/signatures/{name}.json"]).hexdigest() == name, f"{number}: another signature than was kept")
    signed = files[f"{number}/signatures/{name}.signed.json"]
    must(hashlib.sha256(signed).hexdigest() == body["data"]["digest"], f"{number}: what was signed is not what the event says")
    return check_report(number, body, read(f"signatures/{name}.json"), signed, read(f"signatures/{name}.report.json"))


def plain(data):
    return {name: value for name, value in data.items() if name != "personal"}


def check_timeline(number, bodies, timeline, custody):
    must(len(timeline) == len(bodies), f"{number}: the timeline has other events than the chain")
    for line, body in zip(timeline, bodies):
        who = {name: value for name, value in line["actor"].items() if name != "name"}
        same = all(line[name] == body[name] for name in ("seq", "at", "type", "clause")) and plain(line["data"]) == plain(body["data"])
        must(same and who == {name: value for name, value in body["actor"].items() if name != "name"}, f"{number}: the timeline says otherwise of event {body['seq']}")
    moved = [body for body in bodies if body["type"] in ("CustodyOffered", "CustodyTaken")]
    own = [{"seq": body["seq"], "at": body["at"], "type": body["type"], "by": body["actor"], **plain(body["data"])} for body in moved]
    must(custody == own, f"{number}: the custody chain is not that of the events")


def check_papers(number, files, papers):
    listed = {f"{number}/papers/{paper['id']}.pdf": paper["sha256"] for paper in papers}
    for path in files:
        if path.startswith(f"{number}/papers/"):
            must(hashlib.sha256(files[path]).hexdigest() == listed.get(path), f"{path}: not the one of papers.json")
        if path.startswith(f"{number}/scans/"):
            must(hashlib.sha256(files[path]).hexdigest() == Path(path).stem, f"{path}: a scan that is not what its name says")
    must(all(sha is None or path in files for path, sha in listed.items()), f"{number}: a paper of papers.json is missing")


def check_values(number, bodies, values):
    given = {(value["seq"], value["name"]): value for value in values}
    for body in bodies:
        for name, digest in body["data"].get("personal", {}).items():
            value = given.pop((body["seq"], name), None)
            if value is None:  # destroyed by an order: the chain says so itself
                must(any(other["type"] == "RecordsDestroyed" for other in bodies), f"{number}: event {body['seq']} lacks {name}")
                continue
            own = hashlib.sha256(bytes.fromhex(value["salt"]) + canonical(value["value"]).encode()).hexdigest()
            must(own == digest, f"{number}: {name} of event {body['seq']} is not what the chain covers")
    must(not given, f"{number}: values that no event names: {sorted(given)}")


def check(path, trust, kept):
    files = unpack(path)
    check_manifest(files)
    check_signature(files, trust)
    index = json.loads(files["index.json"])
    must(index["format"] == "qyzmet-pack/1", "a pack of another format")
    return [f"pack of {index['madeAt']}: {len(files) - 3} files under one signature"] + [check_case(one, files, kept) for one in index["cases"]]


def main(args):
    given = dict(zip(args[1::2], args[2::2]))
    if len(args) not in (3, 5) or not set(given) <= {"--trust", "--seal"} or "--trust" not in given:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        lines = check(args[0], given["--trust"], given.get("--seal"))
    except Wrong as wrong:
        print(f"wrong: {wrong}", file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, ElementTree.ParseError) as cause:
        print(f"wrong: {cause!r} (the pack cannot be read)", file=sys.stderr)
        return 1
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
