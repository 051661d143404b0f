//! The sheet under the text area: a margin with numbers and marks, and the same text in ink. Only
//! the lines in sight are made, so that a script of any length scrolls and types alike.

use crate::clock::Time;
use crate::scenario::script::Role;
use crate::session::editor::{Mark, Piece, Sign, pieces};
use crate::ui::components::{Icon, icon};
use crate::ui::hooks::use_size;
use crate::view::geometry::Size;
use gloo_events::EventListener;
use std::ops::Range;
use std::rc::Rc;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Of a line, and above the first one, in pixels; script.css has the same.
pub const LINE: i32 = 22;
pub const TOP: i32 = 12;
/// Lines are made in steps of so many, and so many more than are in sight.
const STEP: usize = 16;

#[derive(Clone, PartialEq, Properties)]
pub struct SheetProps {
    pub text: Rc<str>,
    /// In the order of the lines.
    pub marks: Rc<Vec<Mark>>,
    /// What problems are about: lines and bytes of them.
    pub wrong: Rc<Vec<(usize, Range<usize>)>>,
    /// The line of what is selected.
    pub marked: Option<usize>,
    pub area: NodeRef,
    pub onseek: Callback<Time>,
    /// The text area.
    pub children: Html,
    /// What lies over the text, and under which line.
    pub card: Option<(usize, Html)>,
}

/// The layers that move when the text area scrolls.
#[derive(Clone, Default, PartialEq)]
struct Layers {
    rows: NodeRef,
    ink: NodeRef,
    card: NodeRef,
}

#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let SheetProps { text, area, .. } = props;
    let layers = use_memo((), |()| Layers::default());
    let first = use_state_eq(|| 0_usize);
    let size = use_size(area);
    let card = props.card.as_ref().map(|(line, _)| *line);
    use_effect_with((area.clone(), *first, card), {
        let (layers, first) = (layers.clone(), first.setter());
        move |(area, shown, card): &(NodeRef, usize, Option<usize>)| {
            let (shown, card) = (*shown, *card);
            let listener = area.cast::<HtmlTextAreaElement>().map(|area| {
                let scrolled = area.clone();
                EventListener::new(&area, "scroll", move |_| {
                    layers.lay(&scrolled, shown, card);
                    first.set(first_in_sight(&scrolled));
                })
            });
            move || drop(listener)
        }
    });
    use_effect({
        let (area, layers, shown) = (area.clone(), layers.clone(), *first);
        move || {
            if let Some(area) = area.cast() {
                layers.lay(&area, shown, card);
            }
        }
    });
    let lines = lines(size, *first);
    let row = |(line, _): (usize, &str)| row(props, line);
    let ink = |(line, text): (usize, &str)| inked(line, text, &props.wrong);
    let numbered = || text.split('\n').enumerate().map(|(index, text)| (index + 1, text));
    let seen = || numbered().skip(lines.start).take(lines.len());
    html! {
        <div class="script-field">
            <div class="script-rows" ref={&layers.rows} aria-hidden="true">{ for seen().map(row) }</div>
            <div class="script-window" aria-hidden="true">
                <div class="script-ink" ref={&layers.ink}>{ for seen().map(ink) }</div>
            </div>
            { props.children.clone() }
            if let Some((_, card)) = &props.card {
                <div class="script-card" ref={&layers.card}>{ card.clone() }</div>
            }
        </div>
    }
}

/// The lines that are made, from 0.
fn lines(size: Option<Size>, first: usize) -> Range<usize> {
    let height = size.map_or(0.0, |size| size.height);
    let in_sight = (height / f64::from(LINE)) as usize;
    first..first + in_sight + 3 * STEP
}

/// One step above what is in sight.
fn first_in_sight(area: &HtmlTextAreaElement) -> usize {
    let top = usize::try_from((area.scroll_top() - TOP) / LINE).unwrap_or(0);
    (top / STEP).saturating_sub(1) * STEP
}

impl Layers {
    /// Puts the layers where the text area has scrolled to. Through the style object: the page's
    /// policy forbids style attributes.
    fn lay(&self, area: &HtmlTextAreaElement, first: usize, card: Option<usize>) {
        let (top, left) = (area.scroll_top(), area.scroll_left());
        let y = TOP + LINE * first as i32 - top;
        move_to(&self.rows, 0, y);
        move_to(&self.ink, -left, y);
        if let (Some(line), Some(over)) = (card, self.card.cast::<HtmlElement>()) {
            let (below, height) = (TOP + LINE * line as i32 - top, over.offset_height());
            let above = below - LINE - height;
            let is_tight = below + height > area.client_height() && above >= 0;
            move_to(&self.card, 0, if is_tight { above } else { below });
        }
    }
}

fn move_to(layer: &NodeRef, x: i32, y: i32) {
    if let Some(layer) = layer.cast::<HtmlElement>() {
        // A property that every browser has.
        let _ = layer.style().set_property("transform", &format!("translate({x}px, {y}px)"));
    }
}

/// The margin of a line, and what lies behind the whole of it.
fn row(props: &SheetProps, line: usize) -> Html {
    let found = props.marks.binary_search_by_key(&line, |mark| mark.line);
    let mark = found.ok().map(|place| &props.marks[place]);
    let class = classes!(
        "script-row",
        mark.map(|mark| class(mark.sign)),
        (props.marked == Some(line)).then_some("marked"),
    );
    let number = html! { <span class="script-number">{ line }</span> };
    let sign = mark.map(|mark| sign(mark.sign));
    html! {
        <div key={line} {class}>
            if let Some((mark, at)) = mark.and_then(|mark| Some((mark, mark.at?))) {
                <button class="script-margin" tabindex="-1" title={mark.words.clone()}
                    onclick={props.onseek.reform(move |_: MouseEvent| at)}>
                    { number }<span class="script-sign">{ sign }</span>
                </button>
            } else {
                <span class="script-margin" title={mark.map(|mark| mark.words.clone())}>
                    { number }<span class="script-sign">{ sign }</span>
                </span>
            }
        </div>
    }
}

const fn class(sign: Sign) -> &'static str {
    match sign {
        Sign::Ahead => "ahead",
        Sign::Happened => "happened",
        Sign::Holds => "holds",
        Sign::Hint => "hint",
        Sign::Fails => "fails",
        Sign::Problem => "problem",
    }
}

fn sign(sign: Sign) -> Html {
    match sign {
        Sign::Ahead | Sign::Happened => html! { <i class="script-dot" /> },
        Sign::Holds => icon(Icon::Tick),
        Sign::Hint => icon(Icon::Hint),
        Sign::Fails | Sign::Problem => icon(Icon::Cross),
    }
}

fn inked(line: usize, text: &str, wrong: &[(usize, Range<usize>)]) -> Html {
    let here = wrong.iter().filter(|(of, _)| *of == line).map(|(_, range)| range.clone());
    let here: Vec<Range<usize>> = here.collect();
    let piece = |Piece { text, role, is_wrong }: Piece| {
        let class = match role {
            Some(Role::Keyword) => Some("keyword"),
            Some(Role::Text) => Some("text"),
            Some(Role::Comment) => Some("comment"),
            None => None,
        };
        if class.is_none() && !is_wrong {
            return html! { { text.to_owned() } };
        }
        let class = classes!(class, is_wrong.then_some("wrong"));
        html! { <span {class}>{ text.to_owned() }</span> }
    };
    html! { <div key={line} class="script-line">{ for pieces(text, &here).into_iter().map(piece) }</div> }
}
