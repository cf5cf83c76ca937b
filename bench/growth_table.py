"""The Markdown of what growth.py and growth_pages.py found."""

import itertools


def table(found: dict[int, dict], pages: dict[str, dict]) -> str:
    """`found`: by size and name; `pages`: by name, with a growth that was measured in turns."""
    sizes = list(found)
    lines = ["| | " + " | ".join(f"{n:,} sessions" for n in sizes) + " | growth |", "|---|" + "--:|" * (len(sizes) + 1)]
    for name in found[sizes[0]]:
        values = [found[n][name] for n in sizes]
        lines.append(row(name, values, [b / a for a, b in itertools.pairwise(values) if a]))
    lines += [row(name, told["seconds"].values(), told["growth"]) for name, told in pages.items()]
    return "\n".join(lines) + "\n"


def row(name, values, growth) -> str:
    shown = [f"{v:,.0f}" if name.endswith("MB") else f"{v * 1000:,.1f} ms" for v in values]
    return f"| {name} | " + " | ".join(shown) + f" | {', '.join(f'×{times:.2f}' for times in growth)} |"
