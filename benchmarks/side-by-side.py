#!/usr/bin/env python3
"""Runs the peers and Gradus in turn on this machine and prints a table of ratios, in Markdown.

    side-by-side.py --python PEERS-ENV/bin/python --peers PATH/peers.py [--threads 1 2] [WORK ...]

PEERS_PYTHON and PEERS stand for the first two. The peers' script prints a line of JSON for each workload; what it is and how
to set up its environment is told beside it. A ratio is Gradus's median over the best median of the peers, over all numbers
of threads; below 1 Gradus is faster.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys

TARGETS = {  # the most that the ratio should be
    "quiz": 0.01, "moons": 0.5, "mlp": 0.7, "elementwise": 0.5,
    "lenet": 0.6, "lstm": 0.65, "transformer": 0.75, "chain": 0.15,
}
GRADUS = pathlib.Path(__file__).resolve().parent.parent / ("gradus.cmd" if os.name == "nt" else "gradus")


def lines(command):
    """The lines of JSON that a command prints; what else it says is let through to the terminal."""
    print("running", *command[1:], file=sys.stderr, flush=True)
    run = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True)
    if run.returncode != 0:
        print(f"{command[1]} ended with {run.returncode}: what it printed before counts", file=sys.stderr)
    return [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]


def cpu():
    try:
        names = [line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
        return names[0] if names else platform.machine()
    except OSError:
        return platform.processor() or platform.machine()


def versions(python):
    names = ["torch", "jax", "casadi"]
    code = f"from importlib.metadata import version; print(', '.join(n + ' ' + version(n) for n in {names}))"
    peers = subprocess.run([python, "-c", code], capture_output=True, text=True).stdout.strip()
    commit = subprocess.run(
        ["git", "-C", str(GRADUS.parent), "describe", "--always", "--dirty"], capture_output=True, text=True)
    return f"{peers}; Gradus {commit.stdout.strip()}"


def best(found, work):
    return min((line for line in found if line["work"] == work), key=lambda line: line["median_us"], default=None)


def micros(value):
    return f"{value:,.3g}" if value < 100 else f"{value:,.0f}"


def table(works, peers, ours):
    yield "| work | best peer | its median, µs | Gradus, µs | ratio | ratio after 1.5 s | target | first, ms |"
    yield "|---|---|---|---|---|---|---|---|"
    for work in works:
        peer, own = best(peers, work), best(ours, work)
        if own is None:
            yield f"| {work} | | | no figure | | | ≤ {TARGETS[work]} | |"
            continue
        first = min(line["first_ms"] for line in ours if line["work"] == work)
        if peer is None:
            yield f"| {work} | no figure | | {micros(own['median_us'])} | | | ≤ {TARGETS[work]} | {first:,.0f} |"
            continue
        ratio = own["median_us"] / peer["median_us"]
        soon = min(line["soon_us"] for line in ours if line["work"] == work) / peer["median_us"]
        name = f"{peer['peer']}, {peer['threads']} thread{'s' * (peer['threads'] > 1)}"
        yield (f"| {work} | {name} | {micros(peer['median_us'])} | {micros(own['median_us'])} | {ratio:.2g} | {soon:.2g} "
               f"| ≤ {TARGETS[work]} | {first:,.0f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=os.environ.get("PEERS_PYTHON"), help="the Python that has the peers")
    parser.add_argument("--peers", default=os.environ.get("PEERS"), help="the script that times them")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2], help="numbers of threads to try, for all")
    parser.add_argument("--peer", nargs="+", default=["torch", "jax", "compile", "casadi"], help="which peers to run")
    parser.add_argument("--lines", help="a file to keep all lines of JSON in")
    parser.add_argument("works", metavar="WORK", nargs="*", default=[], help="the rows of the table; all unless given")
    options = parser.parse_args()
    for name in ("python", "peers"):
        if not getattr(options, name):
            parser.error(f"--{name} is missing; give it, or set PEERS{'_PYTHON' * (name == 'python')}")
    works = options.works or list(TARGETS)
    for work in works:
        if work not in TARGETS:
            parser.error(f"there must be a workload of this name, but got {work}; choose from {', '.join(TARGETS)}")

    peers, ours = [], []
    most = max(options.threads)
    for peer in options.peer:
        for threads in options.threads if peer in ("torch", "jax") else [most]:
            peers += lines([options.python, options.peers, peer, threads])
    for threads in options.threads:
        ours += lines([GRADUS, "bench", "--json", "--threads", threads, *works])
    if options.lines:
        pathlib.Path(options.lines).write_text("".join(json.dumps(line) + "\n" for line in peers + ours))

    print(f"{datetime.date.today()}, {cpu()}, {os.cpu_count()} cores, {platform.system()}; {versions(options.python)}\n")
    for row in table(works, peers, ours):
        print(row)


if __name__ == "__main__":
    main()
