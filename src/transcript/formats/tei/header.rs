//! What stands above a text: its title and date, who speaks in it, and when.

use std::collections::HashMap;

use crate::interview::Metadata;
use crate::transcript::clock::{milliseconds, moment};
use crate::transcript::fault::Fault;
use crate::transcript::formats::xml::{Event, Reader, Tag};
use crate::transcript::head;

/// The roles of somebody who answers, in lower case.
const ANSWERERS: &[&str] = &[
    "interviewee",
    "informant",
    "respondent",
    "narrator",
    "befragte",
];

/// Somebody who is named in the header.
#[derive(Debug, Default)]
struct Person {
    name: Option<String>,
    role: Option<String>,
}

/// The header of a text.
#[derive(Debug, Default)]
pub struct Header {
    title: Option<String>,
    /// When it was held, and when it was published.
    held: Option<String>,
    published: Option<String>,
    /// By their ids.
    persons: HashMap<String, Person>,
    /// The points of the time line, by their ids.
    times: HashMap<String, u32>,
    /// What the intervals of the time line count, in milliseconds; 0 where it isn't said.
    unit: f64,
}

impl Header {
    /// Reads the header that has just opened.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn read(&mut self, reader: &mut Reader) -> Result<(), Fault> {
        let outer = reader.depth() - 1;
        let mut person = String::new();
        while reader.depth() > outer
            && let Some(event) = reader.pull()?
        {
            let Event::Open(tag) = event else { continue };
            match tag.name {
                "title" if self.title.is_none() && reader.inside("titleStmt") => {
                    self.title = Some(reader.text()?).filter(|title| !title.is_empty());
                }
                "date" => self.add_date(&tag, reader)?,
                "person" | "personGrp" | "respStmt" => {
                    person = tag
                        .attribute("id")
                        .or(tag.attribute("n"))
                        .unwrap_or_default();
                    let known = self.persons.entry(person.clone()).or_default();
                    known.role = tag.attribute("role");
                }
                "persName" | "name" if reader.inside("person") || reader.inside("respStmt") => {
                    let own = tag.attribute("id");
                    let name = name(reader)?;
                    for id in own.iter().chain([&person]) {
                        let known = self.persons.entry(id.clone()).or_default();
                        known.name = known.name.take().or(name.clone());
                    }
                }
                "timeline" | "when" => self.add_time(&tag),
                _ => {}
            }
        }
        Ok(())
    }

    fn add_date(&mut self, tag: &Tag, reader: &mut Reader) -> Result<(), Fault> {
        let held = reader.inside("settingDesc") || reader.inside("recording");
        let said = ["when", "from", "notBefore"]
            .iter()
            .find_map(|name| tag.attribute(name));
        let said = match said {
            Some(said) => said,
            None => reader.text()?,
        };
        // A point of time has a date before its `T`.
        let date = head::date(said.split('T').next().unwrap_or_default()).or(head::date(&said));
        let known = if held {
            &mut self.held
        } else {
            &mut self.published
        };
        *known = known.take().or(date);
        Ok(())
    }

    /// Adds a point of the time line, or reads what its intervals count.
    pub fn add_time(&mut self, tag: &Tag) {
        if tag.name == "timeline" {
            self.unit = match tag.attribute("unit").as_deref() {
                Some("ms") => 1.0,
                Some("min") => 60_000.0,
                _ => 1_000.0,
            };
            return;
        }
        let interval = tag.attribute("interval");
        let interval = interval.and_then(|said| match said.parse() {
            Ok(number) => milliseconds(number, if self.unit > 0.0 { self.unit } else { 1_000.0 }),
            Err(_) => moment(&said),
        });
        let since = tag.attribute("since");
        let since = since.and_then(|id| self.times.get(id.trim_start_matches('#')).copied());
        let absolute = || tag.attribute("absolute").and_then(|said| moment(&said));
        let time = match interval {
            Some(interval) => Some(since.unwrap_or(0).saturating_add(interval)),
            // The first point is the origin, whatever the clock on the wall said.
            None if self.times.is_empty() => Some(0),
            None => absolute(),
        };
        if let (Some(id), Some(time)) = (tag.attribute("id"), time) {
            self.times.insert(id, time);
        }
    }

    /// The time that an attribute says: a point of the time line, or a clock.
    #[must_use]
    pub fn time(&self, said: &str) -> Option<u32> {
        match said.strip_prefix('#') {
            Some(id) => self.times.get(id).copied(),
            None => self.times.get(said).copied().or_else(|| moment(said)),
        }
    }

    /// The name of the one that an attribute points to, and whether it is more than an id.
    #[must_use]
    pub fn person(&self, who: &str) -> Option<(String, bool)> {
        let first = who.split_whitespace().next()?;
        let id = first.rsplit('#').next().unwrap_or(first);
        let known = self.persons.get(id);
        let name = known.and_then(|person| person.name.clone().or(person.role.clone()));
        let named = name.is_some();
        Some((name.unwrap_or_else(|| id.to_owned()), named))
    }

    /// What it says of the interview.
    #[must_use]
    pub fn metadata(self) -> Metadata {
        let answers = |person: &Person| {
            let role = person.role.as_deref().unwrap_or_default().to_lowercase();
            ANSWERERS.contains(&role.as_str())
        };
        let mut answering = self.persons.into_values().filter(answers);
        let interviewee = answering.next().and_then(|person| person.name);
        Metadata {
            title: self.title,
            date: self.held.or(self.published),
            interviewee: interviewee.filter(|_| answering.next().is_none()),
            ..Metadata::default()
        }
    }
}

/// The name in the element that has just opened; an abbreviation only where there is nothing else.
fn name(reader: &mut Reader) -> Result<Option<String>, Fault> {
    let (mut name, mut short) = (String::new(), String::new());
    let outer = reader.depth() - 1;
    while reader.depth() > outer
        && let Some(event) = reader.pull()?
    {
        match event {
            Event::Open(tag) if tag.name == "abbr" => short = reader.text()?,
            Event::Open(_) => name.push(' '),
            Event::Text(said) => name.push_str(&said),
            Event::Close(_) => {}
        }
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let name = if words.is_empty() {
        short
    } else {
        words.join(" ")
    };
    Ok(Some(name).filter(|name| !name.is_empty()))
}
