//! Parallels of interviews as one meets them: none, one, and thousands of exchanges, several scripts, the same text twice.

use proptest::prelude::*;
use synopse::interview::{Interview, Role, Turn};
use synopse::parallels::alignment::SUGGESTED;
use synopse::parallels::rows::{Order, rows};
use synopse::parallels::themes::themes;
use synopse::parallels::{Alignment, Between, Curated, Parallel, Side, Terms};
use synopse::text::Language;

/// An interview of these questions and answers, in a language or an unknown one.
fn interview<S: AsRef<str>>(exchanges: &[(S, S)], language: Option<Language>) -> Interview {
    let paragraphs: Vec<&str> = exchanges
        .iter()
        .flat_map(|(question, answer)| [question.as_ref(), answer.as_ref()])
        .collect();
    let roles = [Role::Question, Role::Answer].into_iter().cycle();
    let turns = roles.zip(0..paragraphs.len());
    let turns = turns
        .map(|(role, at)| Turn::new(role, at..at + 1))
        .collect();
    let mut interview = Interview::new(&paragraphs, turns);
    interview.language = language;
    interview
}

fn german(exchanges: &[(&str, &str)]) -> Interview {
    interview(exchanges, Some(Language::German))
}

fn align(left: &Interview, right: &Interview) -> Alignment {
    let (ours, theirs) = (Terms::new(left), Terms::new(right));
    Alignment::new(left, &ours, right, &theirs, &Curated::default(), &[])
}

/// All of it that is asked for somewhere; nothing of this may fail, and nothing may be suggested that isn't likely.
fn look(alignment: &Alignment) -> usize {
    let (lefts, rights) = alignment.similarity().size();
    let mut suggested = 0;
    for (side, count) in [(Side::Left, lefts), (Side::Right, rights)] {
        for exchange in 0..count + 1 {
            let candidates = alignment.candidates(side, exchange);
            assert!(
                candidates
                    .iter()
                    .all(|pair| (SUGGESTED..=1.0).contains(&pair.score))
            );
            assert!(candidates.is_sorted_by(|a, b| a.score >= b.score));
            assert!(candidates.is_empty() || alignment.nearest(side, exchange).is_none());
            suggested += candidates.len();
        }
    }
    for order in [Order::Left, Order::Right, Order::Theme] {
        let rows = rows(alignment, order);
        assert!(rows.len() >= lefts.max(rights) && rows.len() <= lefts + rights);
    }
    for theme in themes([&Between::new([0, 1], alignment)]) {
        assert!(theme.members.len() >= 2 && theme.members.is_sorted());
    }
    suggested
}

const ONE: (&str, &str) = (
    "Was bedeutet Ihnen der Garten?",
    "Der Garten ist mir Werkstatt und Küche.",
);

#[test]
fn with_no_exchange_or_one_there_is_little_to_say() {
    let (none, one) = (german(&[]), german(&[ONE]));
    assert_eq!(look(&align(&none, &none)), 0);
    assert_eq!(look(&align(&none, &one)), 0);
    assert_eq!(look(&align(&one, &none)), 0);
    let same = align(&one, &one);
    assert_eq!(look(&same), 2);
    assert!((same.pair(0, 0).score - 1.0).abs() < 1e-3);
    let other = german(&[("Wie alt war das Boot?", "Dreißig Jahre, und es schwamm.")]);
    assert_eq!(
        look(&align(&one, &other)),
        0,
        "the only one is not the right one for that"
    );
    assert_eq!(look(&align(&one, &german(&[("", "")]))), 0);
}

#[test]
fn two_scripts_have_nothing_in_common_and_what_they_share_is_found() {
    let greek = [
        (
            "Τι σημαίνει για εσάς ο κήπος;",
            "Ο κήπος είναι το εργαστήριό μου.",
        ),
        ("Τι γνώμη έχετε για το Linux;", "Το Linux είναι παντού."),
    ];
    let greek = interview(&greek, None);
    let german = german(&[ONE, ("Was halten Sie von Linux?", "Linux ist überall.")]);
    let alignment = align(&greek, &german);
    look(&alignment);
    assert!(alignment.candidates(Side::Left, 0).is_empty());
    assert_eq!(alignment.pair(0, 0).score, 0.0);
    assert!(alignment.pair(1, 1).score > alignment.pair(1, 0).score);
    assert_eq!(alignment.pair(1, 1).terms, ["linux"]);
    let twice = align(&greek, &greek);
    for exchange in 0..2 {
        assert_eq!(twice.candidates(Side::Left, exchange)[0].right, exchange);
    }
}

/// Made-up exchanges of words that are numbers, a few of them frequent.
fn many(count: usize, seed: usize) -> Interview {
    let word = |at: usize| {
        let number = (at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
        let below = number % 4_000 + 1;
        format!("w{}", (number / 7) % below)
    };
    let words = |from: usize, count: usize| {
        let words: Vec<String> = (from..from + count).map(word).collect();
        words.join(" ")
    };
    let exchange = |at: usize| {
        let from = (at + seed) * 40;
        (words(from, 8), words(from + 8, 24))
    };
    let exchanges: Vec<(String, String)> = (0..count).map(exchange).collect();
    interview(&exchanges, None)
}

#[test]
fn ten_thousand_exchanges_meet_a_few() {
    let (long, short) = (many(10_000, 0), many(20, 5_000));
    let alignment = align(&long, &short);
    look(&alignment);
    for right in 0..20 {
        let best = &alignment.candidates(Side::Right, right)[0];
        assert_eq!(best.left, 5_000 + right, "the same words");
    }
}

#[test]
fn the_same_interview_twice_stands_opposite_itself() {
    let twice = many(60, 0);
    let alignment = align(&twice, &twice);
    look(&alignment);
    for exchange in 0..60 {
        let best = &alignment.candidates(Side::Left, exchange)[0];
        assert_eq!((best.right, best.score > 0.999), (exchange, true));
    }
    let rows = rows(&alignment, Order::Left);
    let pairs: Vec<_> = rows.iter().map(|row| row.pair().unwrap()).collect();
    assert!(pairs.iter().all(|(left, right)| left == right) && pairs.len() == 60);
}

fn wild() -> impl Strategy<Value = Interview> {
    let word = prop_oneof![
        "Haus(boot)?",
        "Garten",
        "Geld",
        "der",
        "[a-dß]{1,6}",
        "\\PC{0,4}"
    ];
    let sentence = || prop::collection::vec(word.clone(), 0..8).prop_map(|words| words.join(" "));
    let exchanges = prop::collection::vec((sentence(), sentence()), 0..7);
    let languages = vec![None, Some(Language::German), Some(Language::English)];
    (exchanges, prop::sample::select(languages))
        .prop_map(|(exchanges, language)| interview(&exchanges, language))
}

/// A parallel as the other interview sees it.
fn turned(pair: &Parallel) -> (usize, usize) {
    (pair.right, pair.left)
}

proptest! {
    #[test]
    fn the_order_of_the_files_does_not_matter(left in wild(), right in wild()) {
        let (there, back) = (align(&left, &right), align(&right, &left));
        look(&there);
        for (side, count) in [(Side::Left, left.exchanges.len()), (Side::Right, right.exchanges.len())] {
            for exchange in 0..count {
                let ours = there.candidates(side, exchange);
                let theirs = back.candidates(side.other(), exchange);
                prop_assert_eq!(ours.len(), theirs.len());
                // Two that are equally likely may change places, as far as they are equal.
                for (one, other) in ours.iter().zip(theirs) {
                    prop_assert!((one.score - other.score).abs() < 1e-3);
                    let same = back.pair(one.right, one.left).score;
                    prop_assert!((one.score - same).abs() < 1e-3, "{:?} {:?}", turned(one), other);
                }
            }
        }
    }

    #[test]
    fn what_is_kept_and_what_is_asked_for_anew_is_the_same(left in wild(), right in wild()) {
        let alignment = align(&left, &right);
        for one in 0..left.exchanges.len() {
            let scores = alignment.scores(one);
            prop_assert_eq!(scores.len(), right.exchanges.len());
            for (other, score) in scores.into_iter().enumerate() {
                prop_assert!((alignment.pair(one, other).score - score).abs() < 1e-3);
            }
        }
        let listed = alignment.all().count();
        prop_assert_eq!(listed, left.exchanges.len() * right.exchanges.len());
    }
}
