#!/usr/bin/env python3
"""Draws the 400 messages that labels.jsonl labels, from ../shared/data.

    python3 draw.py SHARED_DATA > sample.jsonl

Needs the zstd and tar commands. The same data and seed give the same sample:
each stratum is put in the order of sha256(SEED, source, id), so it does not
depend on Python's random numbers. A text counts as 15 to 120 words between
blanks; at most so many a group (thread, hotel, company, page) are taken; a text
whose set of words shares 60 % or more with one taken before is passed over.
What is printed holds the texts: it stays outside the project.
"""
import csv, hashlib, json, os, re, subprocess, sys

SEED = "fosse-1"
DATA = sys.argv[1]
BLANK = " \t\r\n"


def zstd(path):
    return subprocess.run(["zstd", "-dcq", path], check=True, capture_output=True).stdout


def lines(name):
    path = os.path.join(DATA, name)
    raw = zstd(path) if name.endswith(".zst") else open(path, "rb").read()
    return [json.loads(l) for l in raw.decode("utf-8").split("\n") if l.strip()]


def paragraphs(text, cut):
    """Yields number and paragraph; empty ones are counted and not given."""
    for k, p in enumerate(text.split(cut)):
        p = p.strip(BLANK)
        if p:
            yield k, p


def conversation(name, side, langs):
    for m in lines(name):
        if m["side"] == side and m["lang"] in langs:
            yield {"source": name, "id": m["id"], "group": m.get("org") or m["thread"], "side": side, "text": m["text"]}


def french(text):
    """Some reviews are in other languages: a French text has these words."""
    words = re.findall(r"\w+", text.lower())
    common = {"le", "la", "les", "de", "des", "du", "et", "est", "un", "une", "nous", "pour", "très", "dans", "avec", "en"}
    return sum(w in common for w in words) * 12 >= len(words)


def reviews(low):
    with open(os.path.join(DATA, "voice/fr_avis_polynesie.csv"), encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            try:
                poor = float(r["Note"]) <= 3.5
            except ValueError:
                continue
            if (poor or not low) and french(r["Commetaire"]):
                yield {"source": "voice/fr_avis_polynesie.csv", "id": r["ID"], "group": r["Hotel"], "side": "community", "text": r["Commetaire"]}


def missions():
    name = "voice/fr_missions_betagouv.jsonl.zst"
    for m in lines(name):
        for k, p in paragraphs(m["text"], "\n\n"):
            if not p.startswith(("#", "<", "|", "```")):
                yield {"source": name, "id": "%s#%d" % (m["id"], k), "group": m["id"], "side": "organisation", "text": p}


def calls():
    name = "voice/en_earnings_calls.tar.zst"
    tar = zstd(os.path.join(DATA, name))
    listed = subprocess.run(["tar", "-t"], input=tar, check=True, capture_output=True).stdout.decode().split()
    for path in sorted(p for p in listed if p.endswith(".txt")):
        call = json.loads(subprocess.run(["tar", "-xO", path], input=tar, check=True, capture_output=True).stdout)
        short = os.path.basename(path)
        for part in ("prepared_remarks", "q_and_a"):
            for i, turn in enumerate(call.get(part) or []):
                if turn["speaker"] == "Operator":
                    continue
                for k, p in paragraphs(turn["speech"], "\n"):
                    yield {"source": name, "id": "%s#%s/%d/%d" % (short, part, i, k), "group": short, "side": "organisation", "text": p}


def letters():
    for short in ("dear-github.md", "dear-github-2.0.md"):
        with open(os.path.join(DATA, "voice", short), encoding="utf-8", newline="") as f:
            for k, p in paragraphs(f.read(), "\n\n"):
                if not p.startswith(("#", "|", "---")):
                    yield {"source": "voice/" + short, "id": "#%d" % k, "group": short, "side": "community", "text": p}


FORUM, TWEETS = "conv/en_forum_openenergymonitor.jsonl.zst", "conv/en_support_tweets.jsonl"
AMBASSADE, PIZZA = "conv/fr_ambassade.jsonl", "conv/en_gift_asks_raop.jsonl"
STRATA = [  # stratum, language, how many, most a group, texts
    ("ambassade-organisation", "fr", 45, 5, lambda: conversation(AMBASSADE, "organisation", {"fr"})),
    ("ambassade-community", "fr", 45, 3, lambda: conversation(AMBASSADE, "community", {"fr"})),
    ("reviews-low", "fr", 25, 3, lambda: reviews(True)),
    ("reviews", "fr", 45, 2, lambda: reviews(False)),
    ("missions", "fr", 40, 1, missions),
    ("forum-organisation", "en", 32, 1, lambda: conversation(FORUM, "organisation", {"en"})),
    ("forum-community", "en", 33, 1, lambda: conversation(FORUM, "community", {"en"})),
    ("tweets-organisation", "en", 22, 2, lambda: conversation(TWEETS, "organisation", {"en"})),
    ("tweets-community", "en", 23, 2, lambda: conversation(TWEETS, "community", {"en"})),
    ("pizza", "en", 27, 1, lambda: conversation(PIZZA, "community", {"en"})),
    ("calls", "en", 55, 1, calls),
    ("letters", "en", 8, 6, letters),
]


def order(m):
    return hashlib.sha256("\0".join((SEED, m["source"], m["id"])).encode()).hexdigest()


def main():
    taken, seen = [], []
    for stratum, lang, want, most, texts in STRATA:
        groups, got = {}, 0
        for m in sorted(texts(), key=order):
            n = len(m["text"].split())
            if not 15 <= n <= 120 or groups.get(m["group"], 0) >= most:
                continue
            words = set(re.findall(r"\w+", m["text"].lower()))
            if any(len(words & w) >= 0.6 * len(words | w) for w in seen):
                continue
            seen.append(words)
            groups[m["group"]] = groups.get(m["group"], 0) + 1
            m.update(stratum=stratum, lang=lang, words=n, sha256=hashlib.sha256(m["text"].encode()).hexdigest())
            taken.append(m)
            got += 1
            if got == want:
                break
        if got < want:
            sys.exit("%s: only %d of %d" % (stratum, got, want))
    for m in taken:
        print(json.dumps(m, ensure_ascii=False))


main()
