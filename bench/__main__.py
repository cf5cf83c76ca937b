"""Run a module of this folder in a process of its own, with Django ready: `python -m bench NAME ARGUMENTS...`"""

import runpy
import sys

import django

django.setup()
runpy.run_module(f"bench.{sys.argv.pop(1)}", run_name="__main__")
