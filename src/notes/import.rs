//! Notes of other programs: W3C annotations, alone, in collections and pages or a line each; and Hypothesis' own JSON.

use serde_json::{Map, Value, json};

use super::store::Problem;
use super::w3c::{self, Line};
use super::{Note, Source, Store, Target};
use crate::interview::Interview;

/// What a second reading of the same notes has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Notes that were not there.
    pub new: usize,
    /// Notes that had changed where they came from.
    pub changed: usize,
    /// Notes that were there already, later here, or deleted here.
    pub known: usize,
}

/// The notes in `bytes`, and what of it can't be read. The same bytes give the same notes by the same ids.
#[must_use]
pub fn read(bytes: &[u8]) -> (Vec<Note>, Vec<Problem>) {
    let mut lines = Vec::new();
    match serde_json::from_slice::<Value>(bytes) {
        Ok(whole) => collect(whole, &mut lines),
        Err(_) => {
            for line in bytes.split(|&b| b == b'\n') {
                match serde_json::from_slice(line) {
                    Ok(value) => collect(value, &mut lines),
                    // Told by the store, with its line.
                    Err(_) => lines.extend(line),
                }
                if lines.last().is_some_and(|&last| last != b'\n') || line.is_empty() {
                    lines.push(b'\n');
                }
            }
        }
    }
    let (store, problems) = Store::load(&lines);
    (store.notes().into_iter().cloned().collect(), problems)
}

/// Puts the annotations in `value` behind `lines`, one a line.
fn collect(value: Value, lines: &mut Vec<u8>) {
    match value {
        Value::Array(several) => several.into_iter().for_each(|one| collect(one, lines)),
        Value::Object(mut fields) => {
            let is = |kind: &str| match fields.get("type") {
                Some(Value::Array(several)) => several.iter().any(|k| k == kind),
                Some(one) => one == kind,
                None => false,
            };
            if is("AnnotationCollection")
                || is("AnnotationPage")
                || !is("Annotation") && fields.contains_key("rows")
            {
                for inside in ["first", "items", "rows"] {
                    if let Some(inside @ (Value::Array(_) | Value::Object(_))) =
                        fields.remove(inside)
                    {
                        collect(inside, lines);
                    }
                }
                return;
            }
            let foreign =
                !is("Annotation") && fields.contains_key("uri") && fields.contains_key("target");
            let mut annotation = if foreign {
                hypothesis(&fields)
            } else {
                Value::Object(fields)
            };
            if annotation.get("id").is_none() {
                annotation["id"] = w3c::name(&annotation).into();
            }
            lines.extend(annotation.to_string().bytes());
            lines.push(b'\n');
        }
        other => {
            lines.extend(other.to_string().bytes());
            lines.push(b'\n');
        }
    }
}

/// A row of Hypothesis' API as a W3C annotation.
fn hypothesis(row: &Map<String, Value>) -> Value {
    let text = |field: &str| {
        row.get(field)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let iri = |id: &str| format!("https://hypothes.is/a/{id}");
    let tags = row.get("tags").and_then(Value::as_array);
    let tags: Vec<&str> = tags
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let reply = row
        .get("references")
        .and_then(Value::as_array)
        .and_then(|all| all.last());
    let motivation = match (text("text"), reply) {
        (Some(_), Some(_)) => "replying",
        (Some(_), None) => "commenting",
        (None, _) if !tags.is_empty() => "tagging",
        (None, _) => "highlighting",
    };
    let said = text("text").map(|text| {
        json!({ "type": "TextualBody", "value": text, "purpose": motivation, "format": "text/markdown" })
    });
    let tags = tags.into_iter().map(|tag| {
        json!({ "type": "TextualBody", "value": tag, "purpose": "tagging", "format": "text/plain" })
    });
    let title = row
        .get("document")
        .and_then(|document| document["title"].get(0));
    let mut source = json!({ "id": text("uri").unwrap_or("about:blank") });
    if let Some(title) = title {
        source["label"] = title.clone();
    }
    let targets = row.get("target").and_then(Value::as_array);
    let targets = targets
        .into_iter()
        .flatten()
        .map(|target| match target.get("selector") {
            Some(selector) => {
                json!({ "type": "SpecificResource", "source": source, "selector": selector })
            }
            None => source.clone(),
        });
    let targets: Vec<Value> = match reply.and_then(Value::as_str) {
        Some(id) => vec![iri(id).into()],
        None => targets.collect(),
    };
    let mut annotation = json!({
        "@context": w3c::CONTEXT,
        "type": "Annotation",
        "motivation": motivation,
        "body": said.into_iter().chain(tags).collect::<Vec<_>>(),
        "target": targets,
    });
    let modified = text("updated").filter(|updated| Some(*updated) != text("created"));
    for (field, given) in [
        ("id", text("id").map(iri)),
        ("created", text("created").map(str::to_owned)),
        ("modified", modified.map(str::to_owned)),
        ("creator", text("user").map(str::to_owned)),
    ] {
        if let Some(given) = given {
            annotation[field] = given.into();
        }
    }
    annotation
}

/// Ties what another program has noted to `interviews`: where a quote is found with certainty in one alone, its note is on
/// that. Where it came from stays with it.
pub fn tie(note: &mut Note, interviews: &[Interview]) {
    for target in note
        .targets
        .iter_mut()
        .filter(|target| target.source.text.is_empty())
    {
        let mut foreign = target.anchor.clone();
        // It counts in another text's characters.
        foreign.position = None;
        let mut all = interviews
            .iter()
            .filter_map(|on| Some((on, foreign.find(&on.text, false).ok()?)));
        if let (Some((on, range)), None) = (all.next(), all.next()) {
            let from = target.source.rest.get("id").cloned();
            let tied = Target::passage(on, range);
            target.source = Source {
                rest: Map::new(),
                ..tied.source
            };
            target.anchor = tied.anchor;
            target.exchange = tied.exchange;
            target
                .rest
                .extend(from.map(|from| ("synopse:from".to_owned(), from)));
        }
    }
}

/// Takes `notes` into `store`, to be written; what is there already, in this wording or a later one, stays, and what was
/// deleted stays deleted.
pub fn take(store: &mut Store, notes: Vec<Note>) -> Taken {
    let mut taken = Taken::default();
    for note in notes {
        let wording = |note: &Note| w3c::write(&Line::Note(Box::new(note.clone())));
        let versions = store.versions(&note.id);
        let time = |note: &Note| note.modified.or(note.created);
        let known = versions
            .iter()
            .filter_map(|v| v.note())
            .any(|v| wording(v) == wording(&note));
        let later = store
            .note(&note.id)
            .is_some_and(|here| time(&note) > time(here));
        match (versions.is_empty(), !known && later) {
            (true, _) => taken.new += 1,
            (false, true) => taken.changed += 1,
            (false, false) => {
                taken.known += 1;
                continue;
            }
        }
        store.push(Line::Note(Box::new(note)));
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::super::Motivation;
    use super::super::tests::{interview, note};
    use super::*;

    fn row() -> Value {
        json!({
            "id": "abc", "created": "2026-01-02T03:04:05.678901+00:00", "updated": "2026-01-03T03:04:05.678901+00:00",
            "user": "acct:jemand@hypothes.is", "uri": "https://example.org/text", "text": "Aha.", "tags": ["gründe"],
            "group": "__world__", "document": { "title": ["Ein Text"] },
            "target": [{ "source": "https://example.org/text", "selector": [
                { "type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0, "endContainer": "/p[1]", "endOffset": 4 },
                { "type": "TextPositionSelector", "start": 900, "end": 910 },
                { "type": "TextQuoteSelector", "exact": "über alles", "prefix": "Darum ", "suffix": "." }
            ]}]
        })
    }

    #[test]
    fn a_row_of_hypothesis_becomes_a_note_that_meets_the_model() {
        let (notes, problems) = read(
            json!({ "total": 1, "rows": [row()] })
                .to_string()
                .as_bytes(),
        );
        assert!(problems.is_empty());
        let note = &notes[0];
        assert_eq!(
            (note.text(), note.motivation()),
            ("Aha.", &Motivation::Commenting)
        );
        assert_eq!(note.tags().collect::<Vec<_>>(), ["gründe"]);
        assert_eq!(note.id.0, "https://hypothes.is/a/abc");
        assert_eq!(note.targets[0].anchor.exact, "über alles");
        let written = w3c::value(note);
        assert_eq!(written["creator"], "acct:jemand@hypothes.is");
        assert!(w3c::MUSTS.iter().all(|must| must.holds(&written)));
    }

    #[test]
    fn a_tied_note_is_on_the_interview_and_knows_where_it_came_from() {
        let on = [
            interview("a", &["Warum?", "Darum über alles."]),
            interview("b", &["Wer?", "Ich."]),
        ];
        let (mut notes, _) = read(row().to_string().as_bytes());
        tie(&mut notes[0], &on);
        let target = &notes[0].targets[0];
        assert_eq!(target.source.text, on[0].identity.text);
        assert_eq!(
            target
                .anchor
                .find(&on[0].text, true)
                .map(|at| &on[0].text[at]),
            Ok("über alles")
        );
        assert_eq!(target.rest["synopse:from"], "https://example.org/text");
    }

    #[test]
    fn every_form_gives_the_same_notes_and_a_second_time_nothing() {
        let on = interview("a", &["Warum?", "Darum über alles."]);
        let one = w3c::value(&note(1, Motivation::Commenting, "eins", &on, "über"));
        let two = w3c::value(&note(2, Motivation::Tagging, "zwei", &on, "alles"));
        let page = json!({ "type": "AnnotationPage", "items": [one, two] });
        let forms = [
            page.to_string(),
            json!({ "type": "AnnotationCollection", "total": 2, "first": page }).to_string(),
            json!([one, two]).to_string(),
            format!("{one}\n{two}\n"),
        ];
        let mut store = Store::default();
        for (nth, form) in forms.iter().enumerate() {
            let (notes, problems) = read(form.as_bytes());
            assert!(problems.is_empty(), "{form}");
            let taken = take(&mut store, notes);
            let expected = if nth == 0 { (2, 0, 0) } else { (0, 0, 2) };
            assert_eq!((taken.new, taken.changed, taken.known), expected, "{form}");
        }
        let mut nameless = one;
        nameless.as_object_mut().unwrap().shift_remove("id");
        let id = || read(nameless.to_string().as_bytes()).0[0].id.clone();
        assert_eq!(id(), id());
        assert!(id().0.starts_with("urn:uuid:"));
    }

    #[test]
    fn what_is_no_note_is_told_with_its_line() {
        let on = interview("a", &["Warum?", "Darum."]);
        let one = w3c::value(&note(1, Motivation::Commenting, "eins", &on, "Darum"));
        let (notes, problems) =
            read(format!("{one}\nkein JSON\n{{\"type\":\"Zettel\"}}\n").as_bytes());
        assert_eq!(notes.len(), 1);
        assert_eq!(problems.iter().map(|p| p.line).collect::<Vec<_>>(), [2, 3]);
    }
}
