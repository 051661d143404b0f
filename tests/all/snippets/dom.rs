//! HTML as a browser reads it: elements, their attributes and their text.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

#[derive(Debug, Default)]
pub(crate) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Self>,
    /// Its own, and that of all below it.
    pub text: String,
}

/// What stands in a page that is nothing but this.
pub(crate) fn body(html: &str) -> Element {
    let document = format!("<!doctype html><html><head></head><body>{html}</body></html>");
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(document);
    let page = element(&dom.document);
    let html = page.children.into_iter().next().expect("it is a page");
    html.children.into_iter().find(|child| child.name == "body").expect("it has a body")
}

fn element(node: &Handle) -> Element {
    let mut found = Element::default();
    if let NodeData::Element { name, attrs, .. } = &node.data {
        found.name = name.local.to_string();
        let pair =
            |attr: &html5ever::Attribute| (attr.name.local.to_string(), attr.value.to_string());
        found.attributes = attrs.borrow().iter().map(pair).collect();
    }
    for child in node.children.borrow().iter() {
        match &child.data {
            NodeData::Text { contents } => found.text += &contents.borrow(),
            NodeData::Element { .. } => {
                let child = element(child);
                found.text += &child.text;
                found.children.push(child);
            }
            _ => {}
        }
    }
    found
}
