"""The browser of the tests: where it is, and how it is started: quick, alone, and on this machine."""

import os

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# An address bar that nobody sees would load two pages of its own in each new window: most of what opening one costs.
# What comes after them is what Playwright leaves out itself: of two such arguments only the last one counts.
CHROMIUM_LEAVES_OUT = [
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    *(
        "AvoidUnnecessaryBeforeUnloadCheckSync",
        "DestroyProfileOnBrowserClose",
        "HttpsUpgrades",
        "LensOverlay",
        "MediaRouter",
    ),
    *(
        "HttpsFirstBalancedModeAutoEnable",
        "PaintHolding",
        "ThirdPartyStoragePartitioning",
        "OptimizationHints",
        "AimEnabled",
    ),
    *(
        "AvoidCorsURLLoaderRestartOnRedirect",
        "TcpPortRandomizationWin",
        "NetworkTimeServiceQuerying",
        "PreconnectToSearch",
    ),
]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    f"--disable-features={','.join(CHROMIUM_LEAVES_OUT)}",
]
