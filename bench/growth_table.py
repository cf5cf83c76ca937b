"""The Markdown of what growth.py found."""

import itertools


def table(found: dict[int, dict]) -> str:
    sizes = list(found)
    lines = ["| | " + " | ".join(f"{n:,} sessions" for n in sizes) + " | growth |", "|---|" + "--:|" * (len(sizes) + 1)]
    for name in found[sizes[0]]:
        values = [found[n][name] for n in sizes]
        shown = [f"{v:,.0f}" if name.endswith("MB") else f"{v * 1000:,.1f} ms" for v in values]
        times = [f"×{b / a:.1f}" for a, b in itertools.pairwise(values) if a]
        lines.append(f"| {name} | " + " | ".join(shown) + f" | {', '.join(times)} |")
    return "\n".join(lines) + "\n"
