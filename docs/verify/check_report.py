"""A person's signature of a pack, and the report that lies beside it, judged by openssl: used by check_pack.py, its neighbour.

openssl knows no GOST of this country: of such signatures it is checked that the report is of this signature, agrees with itself and with the certificate's time; the rest is told by the
evidence that lies in the signature, for whoever has a program that knows it (`qyzmet seal check` is one).
"""
import base64
import hashlib
import json
import subprocess
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from check_proof import must

GOST = bytes.fromhex("2a830e030a0101")  # 1.2.398.3.10.1.1


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def openssl(*command, **more):
    return subprocess.run(["openssl", *map(str, command)], capture_output=True, **more)


def arithmetic(kept, signed):
    """True, False, or None: openssl does not know the algorithm."""
    value = base64.b64decode(kept["value"])
    if kept["algorithm"] == "cms" and GOST in value:
        return None
    with tempfile.TemporaryDirectory() as folder:
        content, signature, key = (Path(folder, name) for name in ("content", "signature", "key.pem"))
        content.write_bytes(signed)
        signature.write_bytes(value)
        if kept["algorithm"] == "cms":
            command = ["cms", "-verify", "-binary", "-inform", "DER", "-in", signature, "-content", content, "-noverify", "-out", Path(folder, "out")]
            return openssl(*command).returncode == 0
        if kept["algorithm"] != "ecdsa-p256-sha256/1":
            return None
        # The demonstration's own: over the digest and the signer's word of the time.
        attributes = {"digest": kept["digest"], "signedAt": kept["signedAt"]}
        content.write_text(json.dumps(attributes, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        key.write_bytes(openssl("x509", "-pubkey", "-noout", input=kept["certificate"].encode()).stdout)
        return openssl("dgst", "-sha256", "-verify", key, "-signature", signature, content).returncode == 0


def certificates_in(kept):
    """SHA-256 of every certificate that was kept with the signature."""
    blocks = kept["certificate"].split("-----BEGIN CERTIFICATE-----")[1:]
    ders = [base64.b64decode(block.split("-----END")[0]) for block in blocks]
    if "evidence" in kept:
        evidence = json.loads(base64.b64decode(kept["evidence"]))
        ders += [base64.b64decode(one) for one in evidence["certificates"]]
    return {hashlib.sha256(der).hexdigest() for der in ders}


def dated(certificate, at):
    return moment(certificate["notBefore"]) <= at < moment(certificate["notAfter"]) + timedelta(seconds=1)


def check_report(where, body, container, signed, report):
    """Raises Wrong where the report is of another signature, or says what cannot be. Returns a word for the line of its case."""
    kept = container["signature"]
    data = body["data"]
    same = report["digest"] == data["digest"] and report["receivedAt"] == body["at"] and report["seq"] == body["seq"] and report["file"] == data["file"]
    must(same and report["format"] == "qyzmet.report/1", f"{where}: the report is of another signature")
    must(hashlib.sha256(base64.b64decode(container["content"])).hexdigest() == data["digest"], f"{where}: another signature than was kept")
    must(report["sameDigest"] == (kept["digest"] == data["digest"]), f"{where}: the report says otherwise of the digest")
    signatures = report["signatures"]
    must(len(signatures) > 0, f"{where}: the report judges no signature")
    for one in signatures:
        check_one(where, one, body, certificates_in(kept))
    good = report["sameDigest"] and all(one["answer"] == "true" for one in signatures)
    must(report["valid"] == good, f"{where}: the report is not what its own findings amount to")
    own = arithmetic(kept, signed)
    found = any(reason in ("badSignature", "otherContent", "damaged", "wrongAlgorithm") for one in signatures for reason in one["reasons"])
    must(own is None or own != found, f"{where}: the report says otherwise than openssl: {'holds' if own else 'does not hold'}")
    return "not judged by openssl" if own is None else "holds" if own else "does not hold"


def check_one(where, one, body, known):
    at, clock = moment(one["moment"]["at"]), one["moment"]["clock"]
    must((one["answer"] == "true") == (one["reasons"] == []), f"{where}: the report gives an answer without a reason, or against one")
    must(clock in ("receipt", "timestamp"), f"{where}: the report judges at nobody's time")
    must(clock != "receipt" or at == moment(body["at"]), f"{where}: the report judges at another moment than that of receipt")
    must(clock != "timestamp" or at <= moment(body["at"]) + timedelta(minutes=5), f"{where}: the report knows a time-stamp of after the receipt")
    must(at.tzinfo is not None and at.astimezone(timezone.utc).year > 2000, f"{where}: the report judges at no moment")
    must(one["answer"] != "true" or len(one["path"]) > 0, f"{where}: the report finds somebody true whose certificate it does not know")
    for certificate in one["path"]:
        must(certificate["sha256"] in known or certificate["root"], f"{where}: the report names a certificate that was not kept")
    late = {"expired", "notYetValid"} & set(one["reasons"])
    must(late or all(dated(certificate, at) for certificate in one["path"]), f"{where}: the report passes over a certificate that did not hold then")
    revoked = any(told["status"] == "revoked" for told in one["revocation"])
    must(not revoked or "revoked" in one["reasons"], f"{where}: the report passes over a revocation")
    lacking = len(one["revocation"]) < len(one["path"]) - 1 and one["form"] != "simulator"
    must(one["answer"] != "true" or not lacking, f"{where}: the report does not say of everybody on the path whether they were revoked")
