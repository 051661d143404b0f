project = "A manual"
extensions = ["myst_parser"]
html_theme = "furo"
html_favicon = "favicon.svg"
html_js_files = ["https://your.site/hustings/v1/embed.js"]
html_css_files = ["https://your.site/hustings/v1/embed.css"]
suppress_warnings = ["misc.highlighting_failure"]
