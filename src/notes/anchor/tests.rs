//! Anchors in texts that change.

use proptest::prelude::*;

use super::*;

fn anchor(text: &str, passage: &str) -> Anchor {
    let at = text.find(passage).unwrap();
    Anchor::at(text, at..at + passage.len())
}

fn found<'a>(anchor: &Anchor, text: &'a str) -> Result<&'a str, Orphan> {
    anchor.find(text, false).map(|range| &text[range])
}

#[test]
fn an_anchor_is_quote_surroundings_and_code_points() {
    let text = "Für mich? Ja, über alles.";
    let anchor = anchor(text, "über");
    assert_eq!(anchor.exact, "über");
    assert_eq!(anchor.prefix, "Für mich? Ja, ");
    assert_eq!(anchor.suffix, " alles.");
    assert_eq!(anchor.position, Some(14..18));
}

#[test]
fn where_the_text_is_the_same_the_position_decides() {
    let text = "Ja. Ja. Ja.";
    let second = Anchor::at(text, 4..7);
    assert_eq!(second.find(text, true), Ok(4..7));
    assert_eq!(Anchor::default().find(text, true), Err(Orphan::Nameless));
}

#[test]
fn a_passage_is_found_where_it_has_moved_to() {
    let text = "Erstens eine Frage zum Vertrauen.\n\nDas Vertrauen ist nämlich das Wichtigste.";
    let anchor = anchor(text, "Vertrauen ist");
    let later = format!("Eine Vorrede, die es vorher nicht gab.\n\n{text}");
    let range = anchor.find(&later, false).unwrap();
    assert_eq!(range.start, later.rfind("Vertrauen ist").unwrap());
}

#[test]
fn the_surroundings_tell_two_occurrences_apart() {
    let text = "Warum denn das? Weil es sich so gehört. Warum denn das? Aus alter Gewohnheit.";
    let at = text.rfind("Warum").unwrap();
    let second = Anchor::at(text, at..at + 15);
    assert!(!second.alone && second.exact == "Warum denn das?");
    let later = format!("Neu. {text}");
    assert_eq!(second.find(&later, false), Ok(at + 5..at + 20));
    let first_only = text[..at].to_owned() + "Schluss.";
    assert_eq!(second.find(&first_only, false), Err(Orphan::Elsewhere));
}

#[test]
fn what_is_gone_or_unsure_is_an_orphan_and_says_why() {
    let text = "Ist das gut? Ja. Und ist jenes gut, was sie tun? Nein.";
    let yes = anchor(text, "Ja.");
    assert_eq!(found(&yes, "Ist das gut? Nein."), Err(Orphan::Gone));
    let other = "Hier steht ganz anderes, und irgendwo auch einmal: Ja. Punkt.";
    assert_eq!(found(&yes, other), Err(Orphan::Elsewhere));
    let twice = format!("Neu. {text} {text}");
    assert_eq!(found(&yes, &twice), Err(Orphan::Ambiguous { places: 2 }));
    let told = Orphan::Ambiguous { places: 2 }.tell(Lang::German);
    assert!(told.contains("2 Orten"), "{told}");
}

#[test]
fn an_orphan_says_why_in_either_language() {
    let all = [
        Orphan::Gone,
        Orphan::Elsewhere,
        Orphan::Ambiguous { places: 2 },
        Orphan::Nameless,
    ];
    for lang in [Lang::English, Lang::German] {
        let told: std::collections::HashSet<String> =
            all.iter().map(|why| why.tell(lang)).collect();
        assert_eq!(told.len(), all.len());
    }
    assert!(likeliest("Ja.", &Anchor::default()).is_empty());
}

#[test]
fn a_refrain_is_sure_only_in_the_text_it_was_marked_in() {
    let verse = "Und was dann? Dann geht es weiter, immer weiter, wie es immer ging.\n\n";
    let text = verse.repeat(5);
    let at = verse.len() * 2;
    let third = Anchor::at(&text, at..at + 13);
    assert_eq!(third.find(&text, true), Ok(at..at + 13));
    for edited in [
        format!("{text}Schluss."),
        format!("Anfang. {text}"),
        verse.repeat(4),
    ] {
        let lost = third.find(&edited, false);
        assert!(matches!(lost, Err(Orphan::Ambiguous { .. })), "{lost:?}");
        assert_eq!(likeliest(&edited, &third).len(), 3);
    }
}

#[test]
fn a_passage_that_was_mended_is_found_between_what_stands_around_it() {
    let text =
        "Wie war das damals? Es war ein langer Weg, und wir sind ihn gegangen. Alle zusammen.";
    let anchor = anchor(text, "ein langer Weg");
    let mended = text.replace("langer", "weiter, langer");
    let moved = format!("Guten Tag!\n\n{}", text.replace("langer", "lanker"));
    assert_eq!(found(&anchor, &mended), Err(Orphan::Gone));
    assert_eq!(found(&anchor, &moved), Ok("ein lanker Weg"));
    let rewritten = text.replace("ein langer Weg", "kurz und gut");
    assert_eq!(found(&anchor, &rewritten), Err(Orphan::Gone));
}

#[test]
fn of_two_answers_to_one_question_the_other_is_not_taken_for_one_that_is_gone() {
    let (ask, then) = (
        "Sind Sie sich da auch wirklich ganz sicher? ",
        " Danke sehr.",
    );
    let text = format!("{ask}Ja. Nun zum Wetter. {ask}Ja.{then}");
    let at = text.rfind("Ja.").unwrap();
    let second = Anchor::at(&text, at..at + 3);
    assert_eq!(second.alike, 33);
    let gone = format!("{ask}Ja. Nun zum Wetter.{then}");
    assert_eq!(second.find(&gone, false), Err(Orphan::Elsewhere));
    let like = format!(
        "{ask}Gewiss doch, ja. Nun also zum Wetter. {ask}Gewiss doch, nein. Nun also zum Geld."
    );
    let first = Anchor::at(&like, ask.len()..ask.len() + 16);
    let gone = like.replace("Gewiss doch, ja.", "");
    assert!(first.find(&gone, false).is_err());
}

#[test]
fn the_likeliest_places_are_those_most_like_the_quote() {
    let text = "Es regnet seit drei langen Tagen. Und sonst? Sonst ist nichts.";
    let anchor = anchor(text, "regnet seit drei langen Tagen");
    let other = "Guten Tag. Wetter: regnete seit drei lange Tage. Ja.";
    assert_eq!(found(&anchor, other), Err(Orphan::Gone));
    let likely: Vec<_> = likeliest(other, &anchor)
        .into_iter()
        .map(|at| &other[at])
        .collect();
    assert_eq!(likely.len(), 1, "{likely:?}");
    assert!(likely[0].starts_with("regnete seit drei lange Tag"));
    assert!(likeliest("Nichts davon.", &anchor).is_empty());
}

#[test]
fn a_letter_between_two_that_fell_in_is_lost_and_not_misplaced() {
    let text = sentences(1..60);
    let letter = Anchor::at(&text, 300..301);
    let edited = format!("{} ,{} ,{}", &text[..300], &text[300..301], &text[301..]);
    if let Ok(range) = letter.find(&edited, false) {
        assert_eq!(range, 302..303);
    }
}

#[test]
fn a_position_counts_where_it_names_a_passage_that_says_the_quote() {
    let text = "Warum denn? Darum eben.";
    let at = |exact: &str, position: Range<usize>| Anchor {
        exact: exact.into(),
        position: Some(position),
        ..Anchor::default()
    };
    assert_eq!(
        at("", 12..17).find(text, true),
        Ok(12..17),
        "another program's"
    );
    assert_eq!(at("", 12..12).find(text, true), Err(Orphan::Nameless));
    assert_eq!(at("Darum", 0..5).find(text, true), Err(Orphan::Elsewhere));
    let none = Anchor::at(text, 5..5);
    assert_eq!(
        (none.exact.as_str(), none.find(text, false)),
        ("", Err(Orphan::Nameless))
    );
}

#[test]
fn no_passage_begins_or_ends_within_a_character() {
    let text = "aä e\u{301}a";
    let wholes = [0..1, 1..3, 0..3, 4..7, 4..8];
    let parts = [2..3, 1..2, 5..7, 4..5, 5..8];
    assert!(wholes.iter().all(|range| whole(text, range)));
    assert!(!parts.iter().any(|range| whole(text, range)));
}

#[test]
fn the_likeliest_places_stand_apart_and_the_best_comes_first() {
    let first = "Und dann? Wir haben lange gewartet. Ja.";
    let text = format!("{first}\n\nEndlich. Wir haben lange gewartet. So war das.");
    let start = text.rfind("Wir haben").unwrap();
    let quote = start..start + "Wir haben lange gewartet.".len();
    let anchor = Anchor::at(&text, quote.clone());
    let places = likeliest(&text, &anchor);
    assert_eq!(places, [quote, 10..35]);
    let many = "Wir haben lange gewartet. ".repeat(5);
    assert_eq!(
        likeliest(&many, &anchor).len(),
        3,
        "more than that helps nobody"
    );
    let mut gone = anchor;
    gone.exact = "tatata tatata tatata".into();
    let places = likeliest("Er rief: tatatatatatatatatata tatatatata!", &gone);
    assert!(
        places
            .windows(2)
            .all(|two| two[0].end <= two[1].start || two[1].end <= two[0].start)
    );
    assert!(!places.is_empty());
}

#[test]
fn places_of_which_each_begins_within_another_are_named_once() {
    let anchor = anchor("Und dann: bla bla bla blu.", "bla bla bla blu");
    let text = "Hier steht bla bla bla bla bla bla bla und sonst nichts.";
    let places = likeliest(text, &anchor);
    assert!(!places.is_empty());
    for pair in places.windows(2) {
        let (one, other) = (&pair[0], &pair[1]);
        assert!(
            one.end <= other.start || other.end <= one.start,
            "{places:?}"
        );
    }
}

#[test]
fn few_letters_before_a_passage_are_no_surroundings_elsewhere() {
    let text =
        "Ja. Niemand wusste davon, und niemand fragte danach. Dann kam der Regen über uns alle.";
    let start = text.find("Niemand").unwrap();
    let anchor = Anchor::at(text, start..start + 48);
    let edited = text.replacen(
        "Ja. Niemand wusste",
        "Vorher war anderes. Ja. Keiner wusste",
        1,
    );
    assert_eq!(anchor.find(&edited, false), Err(Orphan::Gone));
    let accented = text.replacen("Ja. Niemand", "Ja. \u{301}Niemand", 1);
    assert!(
        anchor
            .find(&accented, false)
            .is_ok_and(|range| whole(&accented, &range))
    );
}

#[test]
fn an_anchor_never_splits_a_grapheme() {
    let text = "e\u{301}a 👨‍👩‍👧 e";
    assert_eq!(Anchor::at(text, 1..2).exact, "e\u{301}");
    let e = Anchor {
        exact: "e".into(),
        ..Anchor::default()
    };
    assert_eq!(e.find(text, false), Ok(text.len() - 1..text.len()));
}

#[test]
fn where_a_copy_stands_elsewhere_and_it_may_have_been_reworded_it_is_lost() {
    let text = "Davor stand viel anderes. Niemand hier wusste davon etwas Genaues. Danach kam noch mehr von alledem.";
    let quote = "Niemand hier wusste davon etwas Genaues.";
    let start = text.find(quote).unwrap();
    let anchor = Anchor::at(text, start..start + quote.len());
    let reworded = text.replace("wusste davon", "ahnte davon");
    let found = anchor.find(&reworded, false).unwrap();
    assert_eq!(&reworded[found], quote.replace("wusste", "ahnte"));
    let copied = format!("{reworded}\n\nNeu: {quote} Ja.");
    assert_eq!(
        anchor.find(&copied, false),
        Err(Orphan::Ambiguous { places: 2 })
    );
    let moved =
        format!("Davor stand viel anderes. Danach kam noch mehr von alledem.\n\nNeu: {quote} Ja.");
    let found = anchor.find(&moved, false).unwrap();
    assert_eq!(&moved[found], quote, "nothing stands where it stood");
    let short = Anchor::at(text, start..start + "Niemand".len());
    let changed = text.replace("Niemand", "Niemals") + "\n\nNeu: Niemand.";
    assert_eq!(short.find(&changed, false), Err(Orphan::Elsewhere));
}

/// A text of sentences that are all different.
fn sentences(numbers: Range<usize>) -> String {
    numbers
        .map(|n| format!("Satz {n} sagt, dass {} mal {n} ist. ", n * 7))
        .collect()
}

proptest! {
    #[test]
    fn edits_elsewhere_leave_a_passage_where_it_is(
        start in 300usize..600, len in 1usize..120,
        before in 0usize..200, cut_before in 0usize..60, behind in 0usize..200,
        inserted in "\\PC{0,40}", appended in "\\PC{0,40}",
    ) {
        let text = sentences(1..60);
        let anchor = Anchor::at(&text, start..start + len);
        let tail = start + len + CONTEXT + behind;
        let edited = format!(
            "{}{inserted}{}{appended}{}",
            &text[..before], &text[before + cut_before..tail], &text[tail..],
        );
        let moved = start + inserted.len() - cut_before;
        prop_assert_eq!(anchor.find(&edited, false), Ok(moved..moved + len));
    }

    #[test]
    fn edits_around_it_lose_a_passage_rather_than_misplace_it(
        start in 300usize..600, len in 1usize..120, left in 0usize..40, right in 0usize..40,
        instead in "[a-zöß., ]{0,40}",
    ) {
        let text = sentences(1..60);
        let anchor = Anchor::at(&text, start..start + len);
        let edited = format!(
            "{}{instead}{}{instead}{}",
            &text[..start - left], &text[start..start + len], &text[start + len + right..],
        );
        let moved = start - left + instead.len();
        match anchor.find(&edited, false) {
            Ok(range) => prop_assert_eq!(range, moved..moved + len),
            // These sentences are much alike.
            Err(_) => prop_assert!(len < CONTEXT || !anchor.alone),
        }
    }

    #[test]
    fn any_anchor_in_any_text_is_found_in_the_same_text(text in "\\PC{1,60}", a in 0usize..90, b in 0usize..90) {
        let range = a.min(b).min(text.len() - 1)..a.max(b).min(text.len());
        let anchor = Anchor::at(&text, range.clone());
        prop_assume!(!anchor.exact.is_empty());
        let found = anchor.find(&text, true).unwrap();
        prop_assert!(found.start <= range.start && found.end >= range.end);
        prop_assert_eq!(&text[found], anchor.exact);
        prop_assert!(anchor.prefix.chars().count() <= CONTEXT);
    }
}
