//! Notes as JSON-LD: an AnnotationCollection of the W3C model, or one annotation a line.

use serde_json::{Value, json};

use crate::lang::Lang;
use crate::notes::w3c;
use crate::notes::{Book, Store};
use crate::text::visible::picture;

/// The notes of `book` as one AnnotationCollection with one page (Web Annotation Data Model, 5). The same notes give the
/// same document, byte for byte: the collection is named by the hash of what is in it.
#[must_use]
pub fn collection(book: &Book, lang: Lang) -> String {
    let items: Vec<Value> = book
        .notes()
        .map(|placed| {
            let mut item = w3c::value(placed.note);
            if let Some(fields) = item.as_object_mut()
                && fields
                    .get("@context")
                    .is_some_and(|context| context == w3c::CONTEXT)
            {
                // The collection's own holds for its items.
                fields.shift_remove("@context");
            }
            item
        })
        .collect();
    let total = items.len();
    let name = |value: &Value| w3c::hash_iri(&w3c::sha256(value.to_string().as_bytes()));
    let items = Value::from(items);
    let page = json!({
        "id": name(&items),
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    });
    let collection = json!({
        "@context": w3c::CONTEXT,
        "id": name(&page),
        "type": "AnnotationCollection",
        "label": lang.tr("Notes", "Notizen"),
        "total": total,
        "first": page,
    });
    // Values can't fail to be JSON.
    let text = serde_json::to_string_pretty(&collection).unwrap_or_default();
    escaped(&text) + "\n"
}

/// The notes of `book`, one annotation a line, with `"orphan": true` on those that have lost their passage.
#[must_use]
pub fn lines(book: &Book) -> String {
    book.notes()
        .map(|placed| {
            let mut line = w3c::value(placed.note);
            if let (Some(fields), Some(_)) = (line.as_object_mut(), placed.orphan()) {
                fields.insert("orphan".into(), true.into());
            }
            escaped(&line.to_string()) + "\n"
        })
        .collect()
}

/// The deleted notes of `store` as they were last, one annotation a line, with the time at which each was `deleted`, or
/// `true` where that isn't known.
#[must_use]
pub fn deleted(store: &Store) -> String {
    let lines = store.deleted().into_iter().map(|(note, when)| {
        let mut line = w3c::value(note);
        if let Some(fields) = line.as_object_mut() {
            let when = when.map_or(Value::from(true), |when| when.to_string().into());
            fields.insert("deleted".into(), when);
        }
        escaped(&line.to_string()) + "\n"
    });
    lines.collect()
}

/// `json` with every character that a terminal would obey written as JSON can: no quote is altered by being shown.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        // Outside strings JSON has no such character but the newline; all of them lie in the first plane.
        match picture(c).filter(|_| c != '\n') {
            Some(_) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            None => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::made_up;
    use super::*;
    use crate::notes::Motivation;
    use crate::notes::tests::note;
    use crate::text::visible;

    #[test]
    fn a_collection_has_what_the_model_demands() {
        let (_, book) = made_up();
        let text = collection(&book, Lang::English);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["@context"], w3c::CONTEXT);
        assert_eq!(value["type"], "AnnotationCollection");
        assert_eq!(
            (&value["total"], &value["first"]["startIndex"]),
            (&json!(7), &json!(0))
        );
        let items = value["first"]["items"].as_array().unwrap();
        let mut ids: Vec<&str> = items
            .iter()
            .map(|item| item["id"].as_str().unwrap())
            .collect();
        ids.extend([&value["id"], &value["first"]["id"]].map(|id| id.as_str().unwrap()));
        assert!(ids.iter().all(|id| id.contains(':')));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 9);
        assert!(
            items
                .iter()
                .all(|item| item["type"] == "Annotation" && item.get("@context").is_none())
        );
        assert_eq!(collection(&book, Lang::English), text);
    }

    #[test]
    fn lines_are_a_store_again_and_tell_orphans() {
        let (_, book) = made_up();
        let text = lines(&book);
        let orphans = text
            .lines()
            .filter(|line| line.ends_with(",\"orphan\":true}"));
        assert_eq!(orphans.count(), 1);
        let (store, problems) = Store::load(text.as_bytes());
        assert!(problems.is_empty());
        assert_eq!(store.notes().len(), 7);
    }

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_not_lost() {
        let (both, mut book) = made_up();
        let said = "vor\u{202e}und\u{9b}zurück";
        let quote = "Wem vertrauen Sie?";
        book.put(
            note(9, Motivation::Commenting, said, &both[1], quote),
            &both,
        );
        for text in [lines(&book), collection(&book, Lang::English)] {
            assert_eq!(visible(&text), text);
            assert!(text.contains("vor\\u202eund\\u009bzurück"));
        }
        let (store, _) = Store::load(lines(&book).as_bytes());
        assert!(store.notes().iter().any(|note| note.text() == said));
    }
}
