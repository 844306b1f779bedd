//! What a page says of its article: its title, and when it was published.

use super::article::Page;
use super::tree::{Content, Node};
use crate::interview::Metadata;
use crate::transcript::head;

/// What the page says; where it says several things, what is meant for machines goes first.
#[must_use]
pub fn about(page: &Page, article: usize) -> Metadata {
    let mut titles = [const { None::<String> }; 4];
    let mut dates = [const { None::<String> }; 3];
    let set = |place: &mut Option<String>, value: &str| {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if place.is_none() && !value.is_empty() {
            *place = Some(value);
        }
    };
    for (at, node) in page.nodes.iter().enumerate() {
        let content = node.attribute("content");
        match node.name() {
            "script" if node.attribute("type").contains("ld+json") => {
                let (title, date) = linked_data(&text(page.nodes, at));
                set(&mut titles[0], &title);
                set(&mut dates[0], &date);
            }
            "meta" => match key(node).as_str() {
                "og:title" | "twitter:title" => set(&mut titles[1], content),
                "article:published_time"
                | "datepublished"
                | "date"
                | "dc.date"
                | "dcterms.created" => {
                    set(&mut dates[1], content);
                }
                _ => {}
            },
            "h1" if (article..page.nodes[article].end).contains(&at) => {
                set(&mut titles[2], &text(page.nodes, at));
            }
            "title" => set(&mut titles[3], &text(page.nodes, at)),
            _ => {}
        }
        if !node.attribute("datetime").is_empty() && !page.is_skipped(at) {
            set(&mut dates[2], node.attribute("datetime"));
        }
    }
    let mut metadata = Metadata::default();
    if let Some(title) = titles.into_iter().flatten().next() {
        head::keep_field("title", &title, &mut metadata);
    }
    for date in dates.into_iter().flatten() {
        if metadata.date.is_none() {
            head::keep_field("date", &date, &mut metadata);
        }
    }
    metadata
}

/// What a `<meta>` is about, in lower case.
fn key(node: &Node) -> String {
    let keys = ["property", "name", "itemprop"].map(|key| node.attribute(key));
    let key = keys.into_iter().find(|key| !key.is_empty());
    key.unwrap_or_default().to_ascii_lowercase()
}

/// The text in a node.
fn text(nodes: &[Node], at: usize) -> String {
    let inside = nodes.get(at..nodes[at].end).unwrap_or_default();
    let texts = inside.iter().filter_map(|node| match &node.content {
        Content::Text(text, ..) => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// Headline and date of a page's linked data; empty where it has none.
fn linked_data(json: &str) -> (String, String) {
    let value: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    let things = match &value {
        serde_json::Value::Array(things) => things.as_slice(),
        thing => match thing.get("@graph") {
            Some(serde_json::Value::Array(things)) => things.as_slice(),
            _ => std::slice::from_ref(thing),
        },
    };
    let field = |key: &str| {
        let found = things.iter().find_map(|thing| thing.get(key)?.as_str());
        found.unwrap_or_default().to_owned()
    };
    (field("headline"), field("datePublished"))
}
