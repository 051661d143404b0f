//! The accessible list of the stage: one button for each target of the pointer, with its state in words,
//! built from the same model as the drawing.

use crate::session::{Action, Command, subject};
use crate::types::Rank;
use crate::ui::dispatcher::{Dispatcher, use_dispatcher};
use crate::view::accessibility::{AccessibleItem, entries};
use crate::view::geometry::Point;
use crate::view::model::StageModel;
use crate::view::ring::RingLayout;
use crate::view::stage::StageFrame;
use crate::view::{HitArea, Target};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct AccessibleListProps {
    pub picture: Rc<StageModel>,
    pub frame: StageFrame,
    pub gestures: bool,
    pub onfocus: Callback<Option<Target>>,
    /// Called to open the menu of a target at a point.
    pub onmenu: Callback<(Option<Target>, Point)>,
}

/// The target that is selected only because it has the focus.
type PassingSelection = Rc<RefCell<Option<Target>>>;

#[component]
pub fn AccessibleList(props: &AccessibleListProps) -> Html {
    let dispatcher = use_dispatcher();
    let node = use_node_ref();
    let AccessibleListProps { picture, frame, .. } = props;
    let ranks: Vec<Rank> = picture.processes.iter().map(|process| process.rank).collect();
    let zones = picture.zones().to_vec();
    let ring = use_memo((ranks, zones, frame.size, frame.inset, frame.radius.to_bits()), {
        let radius = frame.radius;
        move |(ranks, zones, size, inset, _)| {
            RingLayout::in_zones(ranks, zones, *size, *inset, radius)
        }
    });
    // The focus selects each process that it passes. The listed links and messages change only with a
    // deliberate selection; otherwise they could not be reached from their process.
    let passed = use_mut_ref(|| None::<Target>);
    let before = use_mut_ref(|| None::<Rank>);
    if *passed.borrow() != frame.selected {
        let subject = subject(*before.borrow(), frame.selected);
        *before.borrow_mut() = subject;
        *passed.borrow_mut() = None;
    }
    let subject = *before.borrow();
    let list = entries(picture, frame, &ring, subject, frame.focused);
    let areas: Vec<Option<HitArea>> = list.iter().map(|entry| entry.area).collect();
    use_effect_with((areas, node.clone()), |(areas, node)| {
        if let Some(list) = node.cast::<Element>() {
            lay_out(&list, areas);
        }
    });
    use_effect_with((frame.selected, node.clone()), {
        let focused = frame.focused;
        move |(selected, node)| follow(node, focused, *selected)
    });
    html! {
        <ul class="accessible-list" ref={node} aria-label="On the stage">
            { for list.into_iter().map(|entry| button(entry, &passed, props, &dispatcher)) }
        </ul>
    }
}

fn button(
    AccessibleItem { target, words, area }: AccessibleItem,
    passed: &PassingSelection,
    props: &AccessibleListProps,
    dispatcher: &Dispatcher,
) -> Html {
    let focus = &props.onfocus;
    let select = move || Action::Select(Some(target));
    let pressed = props.frame.selected == Some(target);
    let rank = if let Target::Process(rank) = target { Some(rank.to_string()) } else { None };
    let onfocus = {
        let (focus, dispatcher, passed) = (focus.clone(), dispatcher.clone(), passed.clone());
        Callback::from(move |_: FocusEvent| {
            focus.emit(Some(target));
            // Selects the focused target, since letter keys act on the selection.
            if !pressed {
                *passed.borrow_mut() = Some(target);
                dispatcher.dispatch(select());
            }
        })
    };
    let onclick = {
        let (dispatcher, passed) = (dispatcher.clone(), passed.clone());
        Callback::from(move |_: MouseEvent| {
            *passed.borrow_mut() = None;
            dispatcher.dispatch(select());
        })
    };
    let at = area.map(HitArea::centre).unwrap_or_default();
    let menu = props.gestures.then(|| props.onmenu.reform(move |()| (Some(target), at)));
    let onkeydown = menu.map(|menu| {
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "ContextMenu" || event.key() == "F10" && event.shift_key() {
                event.prevent_default();
                event.stop_propagation();
                menu.emit(());
            }
        })
    });
    let ondblclick = props.gestures.then(|| {
        let dispatcher = dispatcher.clone();
        Callback::from(move |_: MouseEvent| {
            dispatcher.execute_on(Some(target), Command::DoubleClick)
        })
    });
    html! {
        <li key={target.to_string()}>
            <button class="accessible-item" aria-pressed={pressed.to_string()} data-rank={rank}
                data-target={target.to_string()} aria-label={words}
                {onclick} {ondblclick} {onkeydown}
                {onfocus} onblur={focus.reform(|_: FocusEvent| None)} />
        </li>
    }
}

/// Keeps the focus on a partition end that has changed places with the other one, by moving past the lowest
/// rank.
fn follow(list: &NodeRef, focused: Option<Target>, selected: Option<Target>) {
    let (Some(Target::Handle(from)), Some(Target::Handle(to))) = (focused, selected) else {
        return;
    };
    let button = || {
        let list = list.cast::<Element>()?;
        // The name has no quotes, so the selector is valid.
        let name = Target::Handle(to);
        list.query_selector(&format!("[data-target=\"{name}\"]")).ok().flatten()
    };
    if from != to
        && let Some(button) = button().and_then(|button| button.dyn_into::<HtmlElement>().ok())
    {
        // A button can always be focused.
        let _ = button.focus();
    }
}

/// Places the buttons. It uses the style object, since the page's policy forbids style attributes.
fn lay_out(list: &Element, areas: &[Option<HitArea>]) {
    let items = list.children();
    for (place, area) in areas.iter().enumerate() {
        let item = items.item(place as u32).and_then(|item| item.dyn_into::<HtmlElement>().ok());
        let (Some(item), Some(area)) = (item, area) else { continue };
        let reach = match area {
            HitArea::Disc { drawn, .. } => drawn.max(12.0),
            HitArea::Band { .. } => 12.0,
        };
        let centre = area.centre();
        let pixels = |length: f64| format!("{length:.0}px");
        let style = item.style();
        for (name, value) in [
            ("left", centre.x - reach),
            ("top", centre.y - reach),
            ("width", 2.0 * reach),
            ("height", 2.0 * reach),
        ] {
            // The names are valid, so no browser refuses.
            let _ = style.set_property(name, &pixels(value));
        }
    }
}
