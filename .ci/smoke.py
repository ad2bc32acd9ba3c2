"""Smoke run of an installed wheel: `python .ci/smoke.py FOLDER`, with the interpreter that TAQA is installed for.

Works in FOLDER, which holds a `corpus`, away from the source: answers a question with citations, refuses one with exit
code 1, and serves the packaged page.
"""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

TAQA = str(Path(sys.executable).parent / "taqa")


def ask(question: str, folder: Path) -> tuple[int, dict]:
    done = subprocess.run([TAQA, "ask", question, "--json"], cwd=folder, capture_output=True, text=True, timeout=600)
    if not done.stdout:
        raise SystemExit(f"taqa ask gave no answer, exit code {done.returncode}: {done.stderr}")
    return done.returncode, json.loads(done.stdout)


def main(folder: Path) -> None:
    code, answer = ask("What does paragraph 29 of UNEP(DTIE)/Hg/INC.1/9 say?", folder)
    if code != 0 or answer["status"] != "answered" or not answer["citations"]:
        raise SystemExit(f"expected a cited answer with exit code 0, got {code} and {answer['status']}")
    citation = answer["citations"][0]
    text = (folder / "corpus" / citation["file"]).read_bytes().decode("utf-8")
    if not text[citation["start"] : citation["end"]].strip():
        raise SystemExit("the citation leads to nothing in its file")
    print(f"answered from {citation['label']}")

    code, answer = ask("What is the boiling point of tungsten?", folder)
    if code != 1 or answer["status"] != "not_found":
        raise SystemExit(f"expected not_found with exit code 1, got {code} and {answer['status']}")
    print("refused what the documents do not say")

    serving = subprocess.Popen([TAQA, "serve", "--port", "0"], cwd=folder, stdout=subprocess.PIPE, text=True)
    try:
        line = serving.stdout.readline()
        url = next((word for word in line.split() if word.startswith("http://127.0.0.1:")), None)
        if url is None:
            raise SystemExit(f"taqa serve did not print its address but: {line!r}")
        for path in ("/", "/api/health"):
            with urllib.request.urlopen(url + path, timeout=60) as response:
                print(f"{path}: {response.status}, {len(response.read())} bytes")
    finally:
        serving.terminate()
        serving.wait(30)


main(Path(sys.argv[1]).resolve())
