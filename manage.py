#!/usr/bin/env python
"""Django's own entry; the same commands are reachable as `vicinia <command>`."""

from vicinia.config.command import main

if __name__ == "__main__":
    main()
