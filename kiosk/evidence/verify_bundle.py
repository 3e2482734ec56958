"""Check a bundle of evidence, with Python 3.6 or newer: `python3 verify_bundle.py [BUNDLE] [--code CODE] [HEAD ...]`.

BUNDLE is the ZIP file or the folder that was made of it, by default the folder of this file. CODE is the code that was
handed over beside it. HEAD is what was kept elsewhere: 403:05133f95..., 403:7K3M-Q2WX-9HTB or a file of a signed head.
Status 0: all fits; 1: something does not, a line each; 2: it cannot be read, or none of the heads compared.
"""

import argparse
import base64
import csv
import hashlib
import io
import json
import os
import re
import struct
import sys
import zlib
from contextlib import contextmanager
from pathlib import Path

LEAF, NODE = b"\x00", b"\x01"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
ADDED = re.compile(r"(^|/)(__pycache__/|\.DS_Store$|\._|Thumbs\.db$|desktop\.ini$)")  # what a computer adds to a folder
MANIFEST, EVENTS, PROOFS, KEYS, HEAD_FILE = "manifest.json", "events.jsonl", "proofs.json", "keys.txt", "head.txt"
FORM_FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    csv.Error,
)
RECORD, DIRECTORY, DIRECTORY_ENDS = b"PK\3\4", b"PK\1\2\x14\3", b"PK\5\6\0\0\0\0"
HEADER = struct.Struct(
    "<5H3L2H"
)  # version, flags, method, time, day; checksum, packed, size; length of name and of more
RECORD_BEGINS = struct.pack("<5H", 20, 0, 8, 0, 33)  # deflated, made on the first day that a ZIP file knows
RECORD_ENDS = struct.pack("<H", 0)
ROW_ENDS = struct.pack("<3HL", 0, 0, 0, 0o600 << 16)
OTHER_ZIP = "it is no ZIP file as it was made, and programs may show other files of it: unpack it, and check the folder"
CITING_COLUMNS = ("event", "events", "retracts")
HEAD_FORMS = "403:05133f95... (64 digits) or 403:7K3M-Q2WX-9HTB"


class Unreadable(Exception):
    """There is no bundle, or what was typed beside it has another form."""


class OtherForm(Exception):
    """A file of the bundle has another form than the program that made it gives it."""


@contextmanager
def reading(name):
    """What a file of the bundle is read in. Raises: OtherForm."""
    try:
        yield
    except FORM_FAULTS as fault:
        raise OtherForm(f"{name} has another form than that of a bundle") from fault


def read_files(path):
    """Every file of a bundle by its name."""
    try:
        if path.is_dir():
            found = {file.relative_to(path).as_posix(): file for file in sorted(path.rglob("*")) if file.is_file()}
            return {name: read_file(name, file.read_bytes) for name, file in found.items() if not ADDED.search(name)}
        return read_archive(path, path.read_bytes())
    except OSError as refused:
        raise Unreadable(f"{path}: {refused.strerror}") from refused


def read_file(source, read):
    """What a file holds. Raises: Unreadable, which names it."""
    try:
        return read()
    except OSError as refused:
        raise Unreadable(f"{source}: {refused.strerror}") from refused


def read_archive(path, written):
    """Every file of a ZIP file by its name: record behind record, and behind them the directory that they lead to.

    Some programs read the records, others the directory; where a byte is another one, they may show other files.
    Raises: Unreadable.
    """
    if not written.startswith(RECORD):
        raise Unreadable(f"{path}: it is no ZIP file, or damaged")
    files, directory, at = {}, b"", 0
    while written.startswith(RECORD, at):
        name, header, content, end = read_record(path, written, at)
        if name in files or not (header.startswith(RECORD_BEGINS) and header.endswith(RECORD_ENDS)):
            raise Unreadable(f"{path}: {OTHER_ZIP}")
        directory += DIRECTORY + header + ROW_ENDS + struct.pack("<L", at) + name.encode()
        files[name], at = content, end
    last = struct.pack("<2H2LH", len(files), len(files), len(directory), at, 0)
    if written[at:] != directory + DIRECTORY_ENDS + last:
        raise Unreadable(f"{path}: {OTHER_ZIP}")
    return files


def read_record(path, written, at):
    """Name, header, content and end of the record at a place. Raises: Unreadable."""
    begin, name = at + len(RECORD) + HEADER.size, "a file"
    try:
        header = written[at + len(RECORD) : begin]
        *_, checksum, packed, size, length, extra = HEADER.unpack(header)
        name, start = written[begin : begin + length].decode("ascii"), begin + length + extra
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        content = unpacking.decompress(written[start : start + packed], size + 1)
    except (ValueError, struct.error, zlib.error) as damaged:
        raise Unreadable(f"{name} in {path}: it is damaged") from damaged
    if (zlib.crc32(content), len(content), unpacking.eof, unpacking.unused_data) != (checksum, size, True, b""):
        raise Unreadable(f"{name} in {path}: it is damaged")
    return name, header, content, start + packed


def compute_code(digest):
    """The short code of a digest: of a bundle that of its manifest, which has the digest of every other file."""
    number = int.from_bytes(digest, "big")
    code = "".join(ALPHABET[number // len(ALPHABET) ** at % len(ALPHABET)] for at in range(12))
    return "-".join((code[:4], code[4:8], code[8:]))


def clean_code(typed):
    """The characters of a code, however it was typed."""
    return re.sub(r"[\W_]", "", typed).upper()


def check_files(files):
    """What differs from the manifest, a line each. Raises: OtherForm."""
    with reading(MANIFEST):
        listed = dict(json.loads(files[MANIFEST].decode())["files"].items())
        refuse_other_form(files[MANIFEST], {"files": listed}, indent=1)
    for name in sorted({*listed, *files} - {MANIFEST}):
        if name not in files:
            yield f"{name} is missing, or {MANIFEST} was changed"
        elif name not in listed:
            yield f"{name} is no file of the bundle, or {MANIFEST} was changed"
        elif sha256(files[name]).hex() != listed[name]:
            yield f"{name} was changed, or its digest in {MANIFEST}"


def sha256(*parts):
    """SHA-256 over parts, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


def refuse_other_form(written, values, **form):
    """Raises: ValueError, where JSON is not what the program writes of these values, and so may show people others.

    A key may stand in it twice, of which the last one counts here, or one that nothing is checked of.
    """
    if written != (json.dumps(values, ensure_ascii=False, **form) + "\n").encode():
        raise ValueError(written)


def read_event(row):
    """Number and leaf of an event, and the event in the form of a bundle: with what its leaf is the hash of alone."""
    state = row["state"].encode() if "state" in row else base64.b64decode(row["state_base64"], validate=True)
    position, stream, version, topic = int(row["position"]), row["stream"], int(row["version"]), row["topic"]
    parts = (struct.pack(">q", position), stream.encode(), struct.pack(">q", version), topic.encode(), state)
    event = {"position": position, "stream": stream, "version": version, "topic": topic}
    try:
        event["state"] = state.decode()
    except UnicodeDecodeError:
        event["state_base64"] = base64.b64encode(state).decode()
    return position, sha256(LEAF, *(struct.pack(">I", len(part)) + part for part in parts)), event


def read_line(line):
    """Number and leaf of the event on a line."""
    position, leaf, event = read_event(json.loads(line.decode()))
    refuse_other_form(line, event, separators=(",", ":"))
    return position, leaf


def read_proofs(written):
    """Checkpoint, number and peaks of what stands before the events, its chain, and earlier events with their proofs.

    The checkpoint is as `parse_checkpoint`, each event its number, its leaf and the proof.
    """
    rows = json.loads(written.decode())
    checkpoint, before = rows["checkpoint"], int(rows["before"])
    chain, peaks = bytes.fromhex(rows["chain_before"]), [bytes.fromhex(root) for root in rows["roots_before"]]
    earlier = [(*read_event(row), [bytes.fromhex(root) for root in row["proof"]]) for row in rows["earlier"]]
    values = {
        "checkpoint": checkpoint.rstrip("\n") + "\n",
        "before": before,
        "chain_before": chain.hex(),
        "roots_before": [root.hex() for root in peaks],
        "earlier": [{**event, "proof": [root.hex() for root in proof]} for _, _, event, proof in earlier],
    }
    refuse_other_form(written, values, indent=1)
    proved = [(position, leaf, proof) for position, leaf, _, proof in earlier]
    return parse_checkpoint(checkpoint), before, peaks, chain, proved


def read_cited(written):
    """The numbers of the events that a table names."""
    usual = csv.field_size_limit(2**31 - 1)
    try:
        rows = [*csv.DictReader(io.StringIO(written.decode().replace("\0", " "), newline=""))]
    finally:
        csv.field_size_limit(usual)
    cells = [row[column] for row in rows for column in CITING_COLUMNS if row.get(column)]
    return {int(number) for cell in cells for number in cell.split("; ")}


def add_leaf(peaks, size, leaf):
    """One leaf more: `peaks` holds a root for each power of two in `size`."""
    while size & 1:
        leaf, size = sha256(NODE, peaks.pop(), leaf), size >> 1
    peaks.append(leaf)


def compute_root(peaks):
    """The root over the peaks."""
    root = peaks[-1] if peaks else sha256()
    for peak in reversed(peaks[:-1]):
        root = sha256(NODE, peak, root)
    return root


def is_included(number, leaf, size, root, proof):
    """RFC 9162, 2.1.3.2."""
    last = size - 1
    for part in proof:
        if last == 0:
            return False
        if number & 1 or number == last:
            leaf = sha256(NODE, part, leaf)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            leaf = sha256(NODE, leaf, part)
        number, last = number >> 1, last >> 1
    return last == 0 and leaf == root


def parse_checkpoint(text):
    """Name, size, root and chain of a checkpoint. Raises: ValueError, also where it is written in another form."""
    lines = text.rstrip("\n").split("\n")
    name, size, root, chain = lines
    size, root, chain = int(size), base64.b64decode(root), base64.b64decode(chain.partition("chain ")[2])
    if lines != [name, str(size), base64.b64encode(root).decode(), "chain " + base64.b64encode(chain).decode()]:
        raise ValueError(text)
    return name, size, root, chain


class Events:
    """The events of a bundle, walked along chain and tree."""

    def __init__(self, files):
        with reading(PROOFS):
            checkpoint, self.before, self.peaks, chain, self.earlier = read_proofs(files[PROOFS])
            self.name, self.size, self.root, self.chain = checkpoint
            if self.before < 0 or len(self.peaks) != bin(self.before).count("1"):
                raise ValueError(self.before)
            self.chains = {self.before: chain}
            self.roots = {self.before: compute_root(self.peaks)}
        with reading(EVENTS):
            self.events = [read_line(line) for line in files[EVENTS].splitlines(keepends=True)]

    def check(self):
        """What does not fit, a line each."""
        position = self.before
        for number, leaf in self.events:
            if number != position + 1:
                yield f"{EVENTS}: behind event {position} follows event {number}"
                return
            add_leaf(self.peaks, position, leaf)
            self.chains[position + 1] = sha256(self.chains[position], leaf)
            position += 1
            self.roots[position] = compute_root(self.peaks)
        if (position, self.roots.get(position, self.root), self.chains[position]) != (self.size, self.root, self.chain):
            yield f"{EVENTS}: the events do not add up to the head at {self.size}"
        for number, leaf, proof in self.earlier:
            if not is_included(number - 1, leaf, self.size, self.root, proof):
                yield f"{PROOFS}: event {number} is not proved"

    def check_table(self, name, written):
        """Which events a table names that the bundle does not prove, a line each."""
        with reading(name):
            cited = read_cited(written)
        for number in sorted(cited - {event[0] for event in (*self.events, *self.earlier)}):
            yield f"{name}: event {number} is neither in {EVENTS} nor in {PROOFS}"

    def check_head(self, head, source):
        """Whether the log extends a head that was kept elsewhere; a log that was restored has had another name."""
        name, position, root, kept = head
        chain, other = self.chains.get(position), name not in ("", self.name)
        if chain is None:
            yield f"{source}: it stands at {position}, and the bundle speaks of {self.before} to {self.size}"
        elif kept not in (chain, clean_code(compute_code(chain))) or (root and self.roots.get(position) != root):
            yield f"{source}: " + ("the log of this bundle does not extend it", "it is a head of another log")[other]


# --- Signatures: Ed25519 as RFC 8032 defines it ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)


def decode_point(encoded):
    """A point from its 32 bytes, in extended coordinates; None where it is none."""
    sign, y = divmod(int.from_bytes(encoded, "little"), 1 << 255)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_MINUS_1 % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def add_points(one, other):
    """The sum of two points."""
    x, y, z, t = (one[1] - one[0]) * (other[1] - other[0]) % P, (one[1] + one[0]) * (other[1] + other[0]) % P, 0, 0
    t, z = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    return (y - x) * (z - t) % P, (z + t) * (y + x) % P, (z - t) * (z + t) % P, (y - x) * (y + x) % P


def multiply(factor, point):
    """A point, so many times."""
    product = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            product = add_points(product, point)
        point, factor = add_points(point, point), factor >> 1
    return product


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public, message, signature):
    """Whether an Ed25519 signature is right."""
    point, first = (decode_point(part) for part in (public, signature[:32]))
    factor = int.from_bytes(signature[32:], "little")
    if point is None or first is None or factor >= ORDER or len(signature) != 64:
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = multiply(factor, BASE), add_points(first, multiply(hashed, point))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


def split_note(written):
    """The text of a signed head, and its lines, without the proof before it."""
    note = written.partition("\n\n")[2] if written.startswith("old ") else written
    text, _, lines = note.partition("\n\n")
    return f"{text}\n", lines.splitlines()


def read_keys(written):
    """Name, id and public key of each line; empty ones, and remarks behind a #, are none."""
    for line in written.splitlines():
        if line.strip() and not line.startswith("#"):
            name, key_id, encoded = line.strip().split("+", 2)
            encoded = base64.b64decode(encoded, validate=True)
            if len(encoded) != 33 or sha256(f"{name}\n".encode(), encoded)[:4].hex() != key_id:
                raise ValueError(line)
            yield name, key_id, encoded


def check_signature(head, keys):
    """What is wrong with the signature of a head, a line each."""
    text, lines = split_note(head)
    for name, key_id, encoded in keys:
        for line in lines:
            signed = base64.b64decode(line.rpartition(" ")[2])
            is_of_key = line.startswith(f"\u2014 {name} ") and signed[:4].hex() == key_id and encoded[:1] == b"\x01"
            if is_of_key and text.startswith(f"{name}\n") and is_signed(encoded[1:], text.encode(), signed[4:]):
                return
    yield f"{HEAD_FILE}: no key of {KEYS} signed it"


def check_events(files, heads, skipped):
    """What does not fit chain, tree and heads, a line each. Raises: OtherForm."""
    events = Events(files)
    yield from events.check()
    for kept, source in heads:
        if kept[1] in events.chains:
            yield from events.check_head(kept, source)
        else:
            skipped += events.check_head(kept, source)
    if HEAD_FILE in files:
        with reading(HEAD_FILE):
            head = files[HEAD_FILE].decode()
            if not re.fullmatch(r"kiosk/(?:[^\n]+\n){4}\n(?:\u2014 \S+ [0-9A-Za-z+/]+=*\n)+", head):
                raise ValueError(head)
            yield from events.check_head(parse_checkpoint(split_note(head)[0]), HEAD_FILE)
        with reading(KEYS):
            keys = list(read_keys(files.get(KEYS, b"").decode("utf-8-sig")))
        with reading(HEAD_FILE):
            yield from check_signature(head, keys)
    for name in sorted(files):
        if name.endswith(".csv"):
            yield from events.check_table(name, files[name])


def check(files, heads, skipped):
    """What does not fit, a line each; which heads cannot be compared is added to `skipped`. Raises: Unreadable."""
    for name in (MANIFEST, EVENTS, PROOFS):
        if name not in files:
            raise Unreadable(f"{name} is missing: this is no bundle, or not the whole of it")
    for faults in (check_files(files), check_events(files, heads, skipped)):
        try:
            yield from faults
        except OtherForm as fault:
            yield str(fault)


def read_head(word):
    """A head as it was typed, or the one in a file: as `parse_checkpoint`, or with the code of its chain."""
    try:
        text = word if re.match(r"#?\d+:", word) else Path(word).read_text("utf-8-sig")
        typed = re.fullmatch(r"#?(\d{1,19}):([0-9a-fA-F]{64}|\w{4}[ -]?\w{4}[ -]?\w{4})", text.strip())
        if not typed:
            return parse_checkpoint(split_note(text)[0])
        position, kept = typed.groups()
        return "", int(position), None, bytes.fromhex(kept) if len(kept) == 64 else clean_code(kept)
    except (OSError, ValueError) as other:
        raise Unreadable(f"{word}: this is no head of a log, and no file of one: a head is {HEAD_FORMS}") from other


def read_code(typed):
    """A code as it was typed. Raises: Unreadable."""
    if len(clean_code(typed)) != 12:
        raise Unreadable(f"--code {typed}: a code has 12 characters, like 7K3M-Q2WX-9HTB")
    return clean_code(typed)


def parse_arguments(arguments):
    """The bundle, the heads and the code, or None, in whatever order they were typed."""
    usage = "%(prog)s [-h] [BUNDLE] [--code CODE] [HEAD ...]"
    parser = argparse.ArgumentParser(prog="verify_bundle.py", usage=usage, description="Check a bundle of evidence.")
    parser.add_argument("words", nargs="*", metavar="BUNDLE, HEAD", help="the bundle; heads, as " + HEAD_FORMS)
    parser.add_argument("--code", help="the code that was handed over beside the bundle")
    asked, behind_code = parser.parse_known_args(arguments)
    unknown = [word for word in behind_code if word.startswith("-")]
    if unknown:
        parser.error("unrecognized arguments: " + " ".join(unknown))
    bundle, *heads = [*asked.words, *behind_code] or [Path(__file__).resolve().parent]
    return Path(bundle), heads, asked.code


def main(arguments):
    """Check what the arguments name; the exit status."""
    (bundle, heads, typed), skipped = parse_arguments(arguments), []
    try:
        files = read_files(bundle)
        faults = list(check(files, [(read_head(word), word) for word in heads], skipped))
        code = compute_code(sha256(files[MANIFEST]))
        if typed is not None and read_code(typed) != clean_code(code):
            faults.append(f"{MANIFEST}: the code is {code}, not {typed}")
    except Unreadable as refused:
        print(f"cannot be read: {refused}", file=sys.stderr)
        return 2
    lines = [f"WRONG  {fault}" for fault in faults] + [f"NOT COMPARED  {head}" for head in skipped]
    status = 1 if faults else 2 if 0 < len(skipped) == len(heads) else 0
    answer = ("fits", "does not fit", "fits in itself, compared with no head")[status]
    print(*lines, f"{answer}  code {code}, {len(files)} files", sep="\n", flush=True)
    return status


if __name__ == "__main__":
    if sys.stdout:  # else it was closed, and the status is the answer
        sys.stdout = io.TextIOWrapper(sys.stdout.buffer, sys.stdout.encoding, "backslashreplace")
    try:
        sys.exit(main(sys.argv[1:]))
    except OSError as refused:
        print(f"the answer cannot be written: {refused}", file=sys.stderr)
        os._exit(2)  # Python would try once more at its end
