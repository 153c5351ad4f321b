"""Every relative link of the pages leads to a file."""
import os
import re
import sys

from run_commands import pages

broken = []
for page in pages():
    with open(page, encoding="utf-8") as file:
        prose = re.sub(r"^```.*?^```", "", file.read(), flags=re.M | re.S)  # C++ has [](...), too
        for target in re.findall(r"\]\(([^)#]+)", prose):
            if "://" not in target and not os.path.exists(os.path.join(os.path.dirname(page), target)):
                broken.append(f"{page}: {target}")
print("\n".join(broken))
sys.exit(1 if broken else 0)
