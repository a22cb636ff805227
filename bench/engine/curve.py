"""Draws rewards by step, a line for each log, as SVG. python curve.py OUT.svg NAME=LOG.jsonl …"""

import json
import sys
from pathlib import Path

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 320, 48, 40, 16
COLORS = ["#0969da", "#bc4c00", "#1a7f37", "#8250df"]
WINDOW = 5

out, *given = sys.argv[1:]
lines = []
for one in given:
    name, log = one.split("=")
    rows = [json.loads(line) for line in Path(log).read_text(encoding="utf-8").splitlines()]
    points = [(row["step"], row["reward"]) for row in rows if "reward" in row]
    smooth = [(step, sum(value for _, value in points[max(0, at + 1 - WINDOW): at + 1]) / min(WINDOW, at + 1))
              for at, (step, _) in enumerate(points)]
    lines.append((name, smooth))
steps = max(step for _, points in lines for step, _ in points)
most = 7


def x(step):
    return LEFT + (WIDTH - LEFT - 16) * step / steps


def y(value):
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / most)


parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" role="img">',
         "<title>Mean reward of a step's rollouts, the mean of five steps</title>", f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>']
for value in range(most + 1):
    parts.append(f'<path d="M{LEFT} {y(value):.1f}H{WIDTH - 16}" stroke="#d0d7de"/><text x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value}</text>')
for step in range(0, steps + 1, max(1, round(steps / 5))):
    parts.append(f'<text x="{x(step):.1f}" y="{HEIGHT - 20}" text-anchor="middle">{step}</text>')
parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 4}" text-anchor="middle">step</text>')
for at, (name, points) in enumerate(lines):
    path = "M" + "L".join(f"{x(step):.1f} {y(value):.1f}" for step, value in points)
    parts.append(f'<path d="{path}" fill="none" stroke="{COLORS[at]}" stroke-width="2"/>')
    parts.append(f'<text x="{WIDTH - 24}" y="{HEIGHT - BOTTOM - 48 + 16 * at}" text-anchor="end" fill="{COLORS[at]}">{name}</text>')
Path(out).write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")
