//! What the Web Annotation Data Model (Recommendation of 23 February 2017) says an annotation must be, one by one.

use serde_json::Value;

use super::CONTEXT;
use crate::lang::{Lang, Tell};

/// A demand of the model on one annotation.
pub struct Must {
    /// The section of the Recommendation.
    pub section: &'static str,
    /// In words, English and German.
    says: [&'static str; 2],
    holds: fn(&Value) -> bool,
}

impl Must {
    /// Whether `annotation` meets it.
    #[must_use]
    pub fn holds(&self, annotation: &Value) -> bool {
        (self.holds)(annotation)
    }
}

impl Tell for Must {
    fn tell(&self, lang: Lang) -> String {
        let [english, german] = self.says;
        lang.tr(
            format!("{english} (Web Annotation Data Model, {})", self.section),
            format!("{german} (Web Annotation Data Model, {})", self.section),
        )
    }
}

/// The demands that a note can fail, in the order of the Recommendation.
pub const MUSTS: &[Must] = &[
    Must {
        section: "3.1",
        says: [
            "the @context must be the model's, or have it among others",
            "der @context muss der des Modells sein oder ihn enthalten",
        ],
        holds: |a| each(&a["@context"]).any(|context| context == CONTEXT),
    },
    Must {
        section: "3.1",
        says: ["the id must be one IRI", "die id muss genau eine IRI sein"],
        holds: |a| is_iri(&a["id"]),
    },
    Must {
        section: "3.1",
        says: [
            "the type must have Annotation among it",
            "der type muss Annotation enthalten",
        ],
        holds: |a| each(&a["type"]).any(|kind| kind == "Annotation"),
    },
    Must {
        section: "3.1",
        says: [
            "there must be at least one target",
            "es muss mindestens ein target geben",
        ],
        holds: |a| each(&a["target"]).count() > 0,
    },
    Must {
        section: "3.2.1",
        says: [
            "a body or target that is a resource elsewhere must be named by an IRI",
            "ein body oder target, das anderswo liegt, muss durch eine IRI benannt sein",
        ],
        holds: |a| {
            let named = each(&a["body"]).chain(each(&a["target"]));
            named
                .filter(|r| r.is_string() || r.get("id").is_some())
                .all(|r| match r {
                    Value::String(_) => is_iri(r),
                    r => is_iri(&r["id"]),
                })
        },
    },
    Must {
        section: "3.2.4",
        says: [
            "a textual body must have one value, a text",
            "ein TextualBody muss genau einen value haben, einen Text",
        ],
        holds: |a| {
            let mut textual = each(&a["body"])
                .filter(|body| each(&body["type"]).any(|kind| kind == "TextualBody"));
            textual.all(|body| body["value"].is_string())
        },
    },
    Must {
        section: "3.2.5",
        says: [
            "a bodyValue must be one text, and there must be no body beside it",
            "ein bodyValue muss ein einzelner Text sein, ohne body daneben",
        ],
        holds: |a| match a.get("bodyValue") {
            None => true,
            Some(value) => value.is_string() && a.get("body").is_none(),
        },
    },
    Must {
        section: "3.3.2",
        says: [
            "times must be xsd:dateTime with a zone, and one at most of each",
            "Zeiten müssen xsd:dateTime mit Zone sein, höchstens je eine",
        ],
        holds: |a| {
            let mut times = ["created", "modified", "generated"]
                .iter()
                .filter_map(|t| a.get(*t));
            times.all(|t| {
                t.as_str()
                    .is_some_and(|t| t.parse::<jiff::Timestamp>().is_ok())
            })
        },
    },
    Must {
        section: "4",
        says: [
            "a specific resource must have one source",
            "eine SpecificResource muss genau eine source haben",
        ],
        holds: |a| {
            let mut specific = each(&a["target"]).filter(|t| t.get("selector").is_some());
            specific.all(|t| match &t["source"] {
                source @ Value::String(_) => is_iri(source),
                Value::Object(source) => source.get("id").is_none_or(is_iri),
                _ => false,
            })
        },
    },
    Must {
        section: "4.2.4",
        says: [
            "a quote selector must have one exact text, and one prefix and suffix at most",
            "ein TextQuoteSelector muss genau ein exact haben, höchstens je ein prefix und suffix",
        ],
        holds: |a| {
            selectors(a, "TextQuoteSelector").all(|s| {
                let text = |name| s.get(name).is_none_or(Value::is_string);
                s["exact"].is_string() && text("prefix") && text("suffix")
            })
        },
    },
    Must {
        section: "4.2.5",
        says: [
            "a position selector must have one start and one end, whole numbers not below 0",
            "ein TextPositionSelector muss genau ein start und ein end haben, ganze Zahlen ab 0",
        ],
        holds: |a| {
            selectors(a, "TextPositionSelector").all(|s| {
                let ends = s["start"].as_u64().zip(s["end"].as_u64());
                ends.is_some_and(|(start, end)| start <= end)
            })
        },
    },
];

/// One or several, as JSON-LD has it.
fn each(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Null => &[][..],
        Value::Array(several) => several,
        one => std::slice::from_ref(one),
    }
    .iter()
}

fn selectors<'a>(annotation: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    let selectors = each(&annotation["target"]).flat_map(|target| each(&target["selector"]));
    selectors.filter(move |selector| selector["type"] == kind)
}

/// An IRI begins with a scheme, and has no space (RFC 3987).
fn is_iri(value: &Value) -> bool {
    let scheme = |(scheme, rest): (&str, &str)| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(plain)
            && !rest.is_empty()
    };
    let iri = value
        .as_str()
        .filter(|iri| !iri.contains(char::is_whitespace));
    iri.and_then(|iri| iri.split_once(':')).is_some_and(scheme)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::notes::tests::{at, interview, note, uuid};
    use crate::notes::{Motivation, Note, Target, Verdict};

    fn failing(annotation: &Value) -> Vec<&'static str> {
        let failing = MUSTS.iter().filter(|must| !must.holds(annotation));
        failing.map(|must| must.section).collect()
    }

    #[test]
    fn what_is_written_meets_every_demand() {
        let on = interview("a", &["Warum?", "Darum über alles."]);
        let exchange = Target::exchange(&on, 0).unwrap();
        let pair = [exchange.clone(), exchange];
        let mut notes = vec![Note::link(uuid(9), at(9), Verdict::Confirmed, pair)];
        for motivation in [
            Motivation::Commenting,
            Motivation::Highlighting,
            Motivation::Tagging,
        ] {
            notes.push(note(1, motivation, "Aha.", &on, "über alles"));
        }
        notes[1].set_text("Anders.", at(20));
        for note in &notes {
            assert_eq!(failing(&super::super::value(note)), Vec::<&str>::new());
        }
    }

    #[test]
    fn each_demand_is_noticed_when_it_is_not_met() {
        let on = interview("a", &["Warum?", "Darum über alles."]);
        let good = super::super::value(&note(1, Motivation::Commenting, "Aha.", &on, "über"));
        let spoilt = [
            ("/@context", json!("http://example.org/"), "3.1"),
            ("/id", json!("ohne Schema"), "3.1"),
            ("/type", json!("Zettel"), "3.1"),
            ("/target", json!([]), "3.1"),
            ("/body", json!("kein IRI"), "3.2.1"),
            ("/body/value", json!(7), "3.2.4"),
            ("/created", json!("gestern"), "3.3.2"),
            ("/target/source", json!(null), "4"),
            ("/target/selector/0/exact", json!(null), "4.2.4"),
            ("/target/selector/1/start", json!(-1), "4.2.5"),
        ];
        for (path, with, section) in spoilt {
            let mut bad = good.clone();
            *bad.pointer_mut(path).unwrap() = with;
            assert_eq!(failing(&bad), [section], "{path}");
        }
        let mut bad = good;
        bad["bodyValue"] = "zwei".into();
        assert_eq!(failing(&bad), ["3.2.5"]);
        assert!(MUSTS[0].tell(Lang::German).contains("@context"));
    }
}
