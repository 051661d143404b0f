#!/usr/bin/python3
# A window with WebKit for WebKitWebDriver, which writes the page's console to a file. WebKit's own MiniBrowser
# keeps nothing between pages when it is driven, and prints no console.
import ctypes
import os
import signal
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2

libc = ctypes.CDLL(None)
PR_SET_PDEATHSIG, _IOLBF = 1, 1
# It ends with its driver.
libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
# The driver drops what this prints, so it goes to a file, line by line.
os.dup2(os.open(os.path.join(os.environ["HOME"], "console"), os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
libc.setvbuf(ctypes.c_void_p.in_dll(libc, "stdout"), None, _IOLBF, 0)

size = next(arg.removeprefix("--size=") for arg in sys.argv if arg.startswith("--size="))
width, height = (int(number) for number in size.split("x"))


def make_view(session):
    settings = WebKit2.Settings()
    settings.set_property("enable-write-console-messages-to-stdout", True)
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True, settings=settings)
    window = Gtk.Window()
    window.set_default_size(width, height)
    window.add(view)
    window.show_all()
    view.grab_focus()
    return view


def started(context, session):
    info = WebKit2.ApplicationInfo()
    info.set_name("Hustings")
    session.set_application_info(info)
    session.connect("create-web-view", make_view)


context = WebKit2.WebContext.get_default()
context.set_automation_allowed(True)
context.connect("automation-started", started)
Gtk.main()
