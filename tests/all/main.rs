//! The one test program: one link natively, and one page load in the browser.

#[cfg(not(target_arch = "wasm32"))]
mod agreement;
#[cfg(not(target_arch = "wasm32"))]
mod annotations;
#[cfg(not(target_arch = "wasm32"))]
mod book;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod budgets;
#[cfg(not(target_arch = "wasm32"))]
mod chain;
#[cfg(not(target_arch = "wasm32"))]
mod chart;
#[cfg(not(target_arch = "wasm32"))]
mod cli;
#[cfg(not(target_arch = "wasm32"))]
mod compare;
#[cfg(not(target_arch = "wasm32"))]
mod diagram;
mod digests;
#[cfg(not(target_arch = "wasm32"))]
mod divergence;
#[cfg(not(target_arch = "wasm32"))]
mod editor;
#[cfg(not(target_arch = "wasm32"))]
mod exports;
#[cfg(not(target_arch = "wasm32"))]
mod figure_options;
#[cfg(not(target_arch = "wasm32"))]
mod formulas;
#[cfg(not(target_arch = "wasm32"))]
mod gestures;
#[cfg(not(target_arch = "wasm32"))]
mod golden;
#[cfg(not(target_arch = "wasm32"))]
mod groups;
#[cfg(not(target_arch = "wasm32"))]
mod inputs;
#[cfg(not(target_arch = "wasm32"))]
mod inspect;
#[cfg(not(target_arch = "wasm32"))]
mod lessons;
#[cfg(not(target_arch = "wasm32"))]
mod load;
#[cfg(not(target_arch = "wasm32"))]
mod measures;
#[cfg(not(target_arch = "wasm32"))]
mod narration;
#[cfg(not(target_arch = "wasm32"))]
mod npm;
mod numbers;
#[cfg(not(target_arch = "wasm32"))]
mod oracle;
#[cfg(not(target_arch = "wasm32"))]
mod oracle_tests;
#[cfg(not(target_arch = "wasm32"))]
mod play;
#[cfg(not(target_arch = "wasm32"))]
mod player;
#[cfg(not(target_arch = "wasm32"))]
mod presets;
#[cfg(not(target_arch = "wasm32"))]
mod properties;
#[cfg(not(target_arch = "wasm32"))]
mod readme;
#[cfg(not(target_arch = "wasm32"))]
mod rules;
mod scenarios;
#[cfg(not(target_arch = "wasm32"))]
mod scenes;
#[cfg(not(target_arch = "wasm32"))]
mod script;
#[cfg(not(target_arch = "wasm32"))]
mod search;
#[cfg(not(target_arch = "wasm32"))]
mod search_panel;
mod searches;
#[cfg(not(target_arch = "wasm32"))]
mod session;
#[cfg(not(target_arch = "wasm32"))]
mod setup;
#[cfg(not(target_arch = "wasm32"))]
mod sharing;
#[cfg(not(target_arch = "wasm32"))]
mod snippets;
#[cfg(not(target_arch = "wasm32"))]
mod spellings;
#[cfg(not(target_arch = "wasm32"))]
mod start;
#[cfg(not(target_arch = "wasm32"))]
mod story;
#[cfg(not(target_arch = "wasm32"))]
mod style;
#[cfg(not(target_arch = "wasm32"))]
mod sweep;
mod sweeps;
#[cfg(not(target_arch = "wasm32"))]
mod tidy;
#[cfg(not(target_arch = "wasm32"))]
mod timing;
#[cfg(not(target_arch = "wasm32"))]
mod tools;
#[cfg(not(target_arch = "wasm32"))]
mod transcripts;
mod vectors;
#[cfg(not(target_arch = "wasm32"))]
mod what_if_panel;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
