//! Who asks, told by typography: questions in bold, as headings, with numbers, in quotations or beside them.
//!
//! That something is set apart does not make it a question; subheads are, and introductions. So each way in which
//! paragraphs are set apart is taken as a guess and held against what these paragraphs say ([`structure::asks`]); the
//! one that explains most of what is asked is believed, and with it the paragraphs in which nothing is asked in words.
//! Where no guess holds, the text alone decides.

mod contents;
mod dashes;
mod names;
mod numbers;

use super::document::{Document, Kind, RULE, is_subhead};
use super::structure::{self, Found, Skimmed};
use crate::interview::{Finding, Role, Turn};
use names::Names;

/// How sure typography makes that a paragraph asks, or that it doesn't, where all questions that are seen stand so; as a
/// natural logarithm of odds.
const SURE: f32 = 6.0;

/// So many paragraphs that are set like questions may stand above the first and below the last of these.
const BESIDE: usize = 2;

/// A way to set paragraphs apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Strong,
    Heading(u8),
    Numbered,
    Quote,
    /// With a label in front; an index into the names.
    Label(usize),
    /// Not set apart, where the answers are.
    Plain,
}

/// What is looked at: the paragraphs, how they are set, and whether they ask by what they say.
struct Look<'a> {
    document: &'a Document<'a>,
    names: &'a Names,
    asking: Vec<bool>,
    /// What is no more than a subhead, however it is set: a few words that ask nobody.
    subheads: Vec<bool>,
}

impl Look<'_> {
    fn len(&self) -> usize {
        self.asking.len()
    }

    fn text(&self, at: usize) -> &str {
        self.names.said(self.document, at)
    }

    /// Whether paragraph `at` is set apart in `way`.
    fn is_so(&self, at: usize, way: Way) -> bool {
        let mark = self.document.marks[at];
        match way {
            Way::Strong => mark.strong,
            Way::Heading(level) => mark.kind == Kind::Heading(level),
            Way::Numbered => matches!(mark.kind, Kind::Numbered(_)),
            Way::Quote => mark.kind == Kind::Quote,
            Way::Label(name) => self.names.of_paragraph(at) == Some(name),
            Way::Plain => {
                mark.kind == Kind::Text && !mark.strong && self.names.of_paragraph(at).is_none()
            }
        }
    }

    fn is_apart(&self, at: usize) -> bool {
        self.document.marks[at].is_apart(self.text(at))
    }

    /// Which paragraphs are set apart as questions are here; none, where typography doesn't say.
    fn members(&self) -> Vec<bool> {
        let mut members = vec![false; self.len()];
        let mut ways = vec![Way::Strong, Way::Numbered];
        ways.extend((1..=6).map(Way::Heading));
        ways.extend((0..self.names.len()).map(Way::Label));
        ways.extend([Way::Quote, Way::Plain]);
        // The best way first; then what other ways explain of the rest: an interview may have two.
        while let Some((_, best)) = ways
            .iter()
            .enumerate()
            .filter_map(|(at, way)| Some((self.gain(*way, &members)?, at)))
            .max_by_key(|(gain, at)| (*gain, std::cmp::Reverse(*at)))
        {
            let way = ways.remove(best);
            for (at, member) in members.iter_mut().enumerate() {
                *member |= self.is_so(at, way);
            }
        }
        let of = |member: bool| {
            let asks = self.asking.iter().zip(&members);
            asks.filter(|(asks, m)| **asks && **m == member).count()
        };
        // Where more is asked elsewhere, that which is set apart is something else.
        if of(true) < of(false) {
            members.fill(false);
        }
        members
    }

    /// How many more of the paragraphs that are set apart in `way` ask than don't; `None` where it can't be how questions
    /// are told.
    fn gain(&self, way: Way, members: &[bool]) -> Option<usize> {
        let (mut asks, mut silent, mut subheads) = (0usize, 0usize, 0usize);
        let (mut others, mut others_ask) = (0usize, 0usize);
        let (mut before, mut since) = (0usize, 0usize);
        let apart = |at: &usize| self.is_so(*at, way) && !self.subheads[*at];
        for at in (0..self.len()).filter(|at| !members[*at]) {
            match (self.is_so(at, way), self.asking[at]) {
                (true, true) => {
                    asks += 1;
                    silent += std::mem::take(&mut since);
                }
                (true, false) if self.subheads[at] => subheads += 1,
                (true, false) if asks == 0 => before += 1,
                (true, false) => since += 1,
                (false, asking) => {
                    others += 1;
                    others_ask += usize::from(asking);
                }
            }
        }
        let first = !members.contains(&true);
        // Above the first question there may be an introduction, below the last one a credit.
        silent += before.saturating_sub(BESIDE) + since.saturating_sub(BESIDE);
        if let Way::Label(name) = way
            && self.names.asks(name)
        {
            // A name that says who asks needs no question mark.
            (asks, silent) = ((0..self.len()).filter(apart).count(), 0);
        }
        let enough = match way {
            // Nothing is set apart in most files; what is plain asks only where what is not answers.
            Way::Plain => first && others * 4 > asks * 3 && others > 1 && others_ask * 4 < others,
            _ => others > 0 && asks + usize::from(!first) > 1 && asks * 4 >= subheads,
        };
        (enough && asks > silent).then(|| asks - silent)
    }

    /// How much typography speaks for it that each paragraph asks; `None` where it stands outside the turns.
    fn leans(&self, members: &[bool]) -> Vec<Option<f32>> {
        let asked = |at: &usize| members[*at] && self.asking[*at];
        let all = members.iter().filter(|member| **member).count();
        let share = (0..self.len()).filter(asked).count() as f32 / all.max(1) as f32;
        let places = (0..self.len())
            .find(asked)
            .zip((0..self.len()).rfind(asked));
        let lean = |at: usize| match places {
            Some((first, last)) if members[at] && !self.subheads[at] => Some(match at {
                at if self.asking[at] => SURE,
                // A first paragraph in bold may be the introduction, a last one a credit.
                at if at < first => 0.0,
                at if at > last => SURE * share / 3.0,
                _ => SURE * share,
            }),
            _ if self.is_apart(at) => None,
            Some(_) => Some(-SURE),
            None => Some(0.0),
        };
        (0..self.len()).map(lean).collect()
    }
}

/// The turns of a document in which nobody is named, or only who asks, or who answers; what names them, and the numbers
/// of questions, are taken off the text.
#[must_use]
pub fn find(document: &mut Document) -> Found {
    numbers::take(document);
    contents::set_aside(document);
    dashes::take(document);
    let names = Names::of(document);
    let texts: Vec<&str> = (0..document.marks.len())
        .map(|at| names.said(document, at))
        .collect();
    let skimmed = Skimmed::of(&texts);
    let asking = skimmed.asks();
    let subhead = |at: usize| {
        let short = document.marks[at].is_apart(texts[at]) && is_subhead(texts[at]);
        short && !asking[at] && !structure::addresses(texts[at])
    };
    let look = Look {
        subheads: (0..texts.len()).map(subhead).collect(),
        names: &names,
        asking,
        document,
    };
    let members = look.members();
    let mut leans = look.leans(&members);
    if !members.contains(&true)
        && let Some(told) = dashes::leans(look.document, &texts, &look.asking)
    {
        for (lean, told) in leans.iter_mut().zip(told) {
            *lean = lean.map(|lean| lean + told);
        }
    }
    // A subhead of the same make asks nothing: below the last question it may be what ends the interview.
    let last = (0..texts.len()).rfind(|at| members[*at] && !look.subheads[*at]);
    let mut found = skimmed.find(|at| leans[at]);
    let turns = &mut found.turns;
    let by_text = roles(turns);
    if let Some(last) = last {
        close(turns, over(document, last + 2));
        names.take(document, &members, turns);
    }
    settle(turns);
    for ((before, after), finding) in by_text.iter().zip(roles(turns)).zip(&mut found.findings) {
        if *before != after {
            // A name or a heading says so.
            *finding = Finding::default();
        }
    }
    found
}

/// The role of each paragraph.
fn roles(turns: &[Turn]) -> Vec<Role> {
    let each = turns
        .iter()
        .map(|turn| std::iter::repeat_n(turn.role, turn.paragraphs.len()));
    each.flatten().collect()
}

/// Where the interview is over, at paragraph `from` or below it: at a rule, or at a heading below which nobody speaks of
/// himself. Elsewhere a heading parts an answer.
#[must_use]
pub fn over(document: &Document, from: usize) -> usize {
    let Document {
        paragraphs, marks, ..
    } = document;
    let ends = |at: &usize| {
        let mut below = (at + 1..marks.len()).filter(|at| !marks[*at].is_apart(&paragraphs[*at]));
        let mut goes_on = || {
            below
                .next()
                .is_some_and(|at| structure::says_i(&paragraphs[at]))
        };
        match marks[*at].kind {
            Kind::Heading(_) => !goes_on(),
            _ => paragraphs[*at] == RULE,
        }
    };
    (from..marks.len()).find(ends).unwrap_or(marks.len())
}

/// Makes all paragraphs from `from` on the closing.
fn close(turns: &mut Vec<Turn>, from: usize) {
    let end = turns.last().map_or(0, |turn| turn.paragraphs.end());
    turns.retain(|turn| turn.paragraphs.start() < from);
    if let Some(last) = turns.last_mut().filter(|_| from < end) {
        last.paragraphs.end_at(last.paragraphs.end().min(from));
        turns.push(Turn::new(Role::Closing, from..end));
    }
}

/// Makes what stands apart within introduction and closing a part of these.
fn settle(turns: &mut Vec<Turn>) {
    let first = turns.iter().position(|turn| turn.role == Role::Question);
    let spoken = |turn: &Turn| matches!(turn.role, Role::Question | Role::Answer);
    let below = turns.iter().rposition(spoken).map_or(0, |at| at + 1);
    let closes = turns[below..].iter().any(|turn| turn.role == Role::Closing);
    for (at, turn) in turns.iter_mut().enumerate() {
        if turn.role == Role::Remark && first.is_some_and(|first| at < first) {
            turn.role = Role::Introduction;
        } else if turn.role == Role::Remark && closes && at >= below {
            turn.role = Role::Closing;
        }
    }
    turns.dedup_by(|next, last| {
        let same = next.role == last.role && next.speaker == last.speaker;
        if same {
            last.paragraphs.end_at(next.paragraphs.end());
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::document::Mark;

    /// The turns of lines that begin with `*` where they are in bold, with `#`s where they are headings, with `>` where
    /// they are quotations: the first letter of each turn's role, and its paragraphs and speaker.
    fn turns_of(lines: &[&'static str]) -> String {
        let mut document = Document::default();
        for line in lines {
            let level = line.len() - line.trim_start_matches('#').len();
            let kind = match line.as_bytes() {
                [b'#', ..] => Kind::Heading(level as u8),
                [b'>', ..] => Kind::Quote,
                _ => Kind::Text,
            };
            let mark = Mark {
                kind,
                strong: line.starts_with('*'),
                ..Mark::default()
            };
            document.push(line.trim_start_matches(['#', '>', '*']).into(), mark);
        }
        let turns = find(&mut document).turns;
        let written = turns.iter().map(|turn| {
            let role = format!("{:?}", turn.role);
            let speaker = turn
                .speaker
                .map_or("", |voice| &document.speakers[voice.index()]);
            format!("{}{}{speaker}", &role[..1], turn.paragraphs.len())
        });
        written.collect::<Vec<_>>().join(" ")
    }

    const WOOD: &str =
        "Das Holz kommt aus dem Wald, den mein Vater gepflanzt hat, und ich schlage es selbst.";
    const ROOTS: &str =
        "Ich habe als Kind schon mit ihm gesägt. Und was war das für ein Lärm? Ich weiß es noch.";

    #[test]
    fn bold_questions_alternate_with_what_is_not_bold() {
        let asked = [
            "*Ein Gespräch mit Ada Kroll über den Wald und die Zeit.",
            "*Woher kommt das Holz?",
            WOOD,
            ROOTS,
            "*Erzählen Sie uns von Ihrem Vater.",
            ROOTS,
            "Wer sägt, der lebt. Oder etwa nicht?",
            WOOD,
            "*Sie sind jetzt achtzig.",
            "*Was bleibt?",
            WOOD,
        ];
        assert_eq!(turns_of(&asked), "I1 Q1 A2 Q1 A3 Q2 A1");
    }

    #[test]
    fn subheads_in_bold_and_headings_of_sections_ask_nothing() {
        let bold = [
            "Woher kommt das Holz?",
            WOOD,
            "*Ein langer Weg",
            ROOTS,
            "Und reicht Ihnen das?",
            WOOD,
            "*Neue Bäume",
            ROOTS,
        ];
        assert_eq!(turns_of(&bold), "Q1 A1 R1 A1 Q1 A1 R1 A1");
        let both = [
            "##Im Wald",
            "*Woher kommt das Holz?",
            WOOD,
            "*Ein langer Weg",
            ROOTS,
            "##Zu Hause",
            "*Und reicht Ihnen das?",
            WOOD,
            "*Neue Bäume",
            ROOTS,
        ];
        assert_eq!(turns_of(&both), "I1 Q1 A1 R1 A1 R1 Q1 A1 R1 A1");
    }

    #[test]
    fn headings_of_one_level_ask_and_below_the_last_one_it_is_over() {
        let asked = [
            "##Woher kommt das Holz?",
            WOOD,
            "###Der Vater",
            ROOTS,
            "##Drei Dinge, die Ihnen wichtig sind",
            WOOD,
            "##Was bleibt?",
            WOOD,
            "##Und wer sägt morgen?",
            WOOD,
            "##Zur Person",
            "Ada Kroll lebt im Wald.",
        ];
        assert_eq!(turns_of(&asked), "Q1 A1 R1 A1 Q1 A1 Q1 A1 Q1 A1 C2");
    }

    #[test]
    fn who_asks_may_stand_beside_what_is_set_apart() {
        let asked = [
            "Woher kommt das Holz?",
            ">Das Holz kommt aus dem Wald.",
            ">Ich schlage es selbst.",
            "Und reicht Ihnen das?",
            ">Ja, das reicht uns allen.",
        ];
        assert_eq!(turns_of(&asked), "Q1 A2 Q1 A1");
    }

    #[test]
    fn names_may_stand_on_one_side_only() {
        let asked = [
            "Lenz: Woher kommt das Holz?",
            WOOD,
            "Lenz: Das ist weit.",
            ROOTS,
            WOOD,
            "Lenz: Und reicht das?",
            WOOD,
        ];
        assert_eq!(turns_of(&asked), "Q1Lenz A1 Q1Lenz A2 Q1Lenz A1");
        let answered = [
            "*Woher kommt das Holz?",
            "Ada: Von hier.",
            "Bo: Von dort.",
            "Und von da.",
            "*Reicht das?",
            "Ada: Ja.",
            "Bo: Nein.",
        ];
        assert_eq!(turns_of(&answered), "Q1 A1Ada A2Bo Q1 A1Ada A1Bo");
    }

    #[test]
    fn where_typography_says_nothing_the_text_decides() {
        assert_eq!(
            turns_of(&["Woher kommt das Holz?", WOOD, "Und reicht das?", WOOD]),
            "Q1 A1 Q1 A1"
        );
        assert_eq!(turns_of(&["*Holz", WOOD, "*Stein", WOOD]), "I4");
        assert_eq!(turns_of(&[]), "");
    }
}
