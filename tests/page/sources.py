"""What holds of the page's text without a browser: it is one file, loads nothing, and no script of it can make HTML of a text.

sources.py PRINT
"""
import glob
import os
import re
import subprocess
import sys

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "core", "tools", "page")


def ours():
    for path in sorted(glob.glob(os.path.join(FOLDER, "*.js"))):
        with open(path, encoding="utf-8") as file:
            yield os.path.basename(path), file.read()


page = subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True).stdout
wrong, scripts = [], dict(ours())
wrong += [f"{name}: not in the page" for name, text in scripts.items() if text not in page]
wrong += [f"{name}: {len(text.splitlines())} lines" for name, text in scripts.items() if len(text.splitlines()) > 200]
for name, text in scripts.items():
    wrong += [f"{name}: {way}" for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval(", "new Function")
              if way in text]
wrong += [f"loads {target}" for target in re.findall(r"<(?:script|img|iframe|link)[^>]*(?:src|href)=[\"']?(?!data:)([^\"' >]+)", page)]
wrong += [f"loads {target}" for target in re.findall(r"url\((?!data:)[^)]*\)|@import[^;]*", page)]
if "@nonce@" in page or not re.search(r"script-src 'nonce-[0-9a-f]{64}'", page):
    wrong.append("no nonce for the page's own scripts alone")
if "Permission is hereby granted" not in page:
    wrong.append("dygraphs is there without its licence")
print("\n".join(wrong) or f"{len(scripts)} scripts, {len(page) // 1024} KiB in all, nothing loaded from elsewhere")
sys.exit(1 if wrong or len(scripts) < 5 else 0)
