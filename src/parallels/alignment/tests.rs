use super::*;
use crate::notes::Verdict;
use crate::parallels::made_up::{interview, shipped};

fn align(interviews: &[Interview; 2], curated: &Curated, judged: &[Judgement]) -> Alignment {
    let [left, right] = interviews;
    let (ours, theirs) = (Terms::new(left), Terms::new(right));
    Alignment::new(left, &ours, right, &theirs, curated, judged)
}

/// The opposite exchanges, counted from 1.
fn opposite(alignment: &Alignment, side: Side, number: usize) -> Vec<usize> {
    let candidates = alignment.candidates(side, number - 1);
    let other = candidates.iter().map(|found| side.other().of(found) + 1);
    other.collect()
}

fn cooks() -> [Interview; 2] {
    [
        interview(&[
            ("Was kochen Sie am liebsten?", "Suppe mit Linsen."),
            ("Wer hat Ihnen das Kochen beigebracht?", "Ein Schiffskoch."),
            ("Glauben Sie an Geister?", "Nein."),
        ]),
        interview(&[
            ("Wer hat Ihnen das Kochen beigebracht?", "Meine Tante."),
            ("Was kochen Sie am liebsten?", "Linsen, immer Linsen."),
        ]),
    ]
}

fn judgement(interviews: &[Interview; 2], pair: [usize; 2], verdict: Verdict) -> Judgement {
    let [left, right] = [0, 1].map(|side| {
        let interview = &interviews[side];
        interview.span(interview.exchanges[pair[side] - 1].question.clone())
    });
    Judgement {
        verdict,
        left,
        right,
        theme: None,
    }
}

#[test]
fn the_same_question_is_suggested_from_either_side() {
    let alignment = align(&cooks(), &Curated::default(), &[]);
    assert_eq!(opposite(&alignment, Side::Left, 1), [2]);
    assert_eq!(opposite(&alignment, Side::Left, 2), [1]);
    assert_eq!(opposite(&alignment, Side::Right, 1), [2]);
    let first = &alignment.candidates(Side::Left, 0)[0];
    assert_eq!(first.origin, Origin::Suggested);
    assert!(first.terms.contains(&"linsen".to_owned()), "{first:?}");
}

#[test]
fn an_exchange_without_a_parallel_is_offered_the_nearest() {
    let alignment = align(&cooks(), &Curated::default(), &[]);
    assert!(alignment.candidates(Side::Left, 2).is_empty());
    let nearest = alignment.nearest(Side::Left, 2);
    assert!(nearest.is_some_and(|nearest| nearest.score < SUGGESTED));
    assert!(alignment.nearest(Side::Left, 0).is_none());
    assert!(alignment.candidates(Side::Left, 99).is_empty());
}

#[test]
fn the_reader_has_the_first_word() {
    let cooks = cooks();
    let judged = [
        judgement(&cooks, [3, 1], Verdict::Confirmed),
        judgement(&cooks, [1, 2], Verdict::Rejected),
    ];
    let alignment = align(&cooks, &Curated::default(), &judged);
    assert_eq!(opposite(&alignment, Side::Left, 3), [1]);
    assert_eq!(opposite(&alignment, Side::Right, 1), [3, 2]);
    assert!(opposite(&alignment, Side::Left, 1).is_empty());
    let rejected = alignment.rejected();
    assert_eq!((rejected.len(), rejected[0].right), (1, 1));
    let nearest = alignment.nearest(Side::Left, 0);
    assert!(nearest.is_none_or(|nearest| nearest.right != 1));
    let all: Vec<_> = alignment
        .all()
        .map(|pair| (pair.left, pair.origin))
        .collect();
    assert_eq!(all.len(), 6);
    assert_eq!(all[1], (0, Origin::Rejected));
}

#[test]
fn the_same_interview_twice_stands_opposite_itself() {
    let [one, _] = cooks();
    let alignment = align(&[one.clone(), one], &Curated::default(), &[]);
    for number in 1..=3 {
        assert_eq!(opposite(&alignment, Side::Left, number)[0], number);
        assert!((alignment.pair(number - 1, number - 1).score - 1.0).abs() < 1e-3);
    }
}

#[test]
fn an_exchange_like_all_others_has_a_few_suggestions_only() {
    let same = interview(&[("Wie war es?", "Schön."); 200]);
    let alignment = align(&[same.clone(), same], &Curated::default(), &[]);
    assert_eq!(alignment.candidates(Side::Left, 7).len(), MOST);
    assert_eq!(alignment.candidates(Side::Right, 199).len(), MOST);
}

#[test]
fn the_shipped_interviews_have_the_pairs_of_their_editor() {
    let alignment = align(&shipped(), &Curated::shipped(), &[]);
    let expected: [&[usize]; 7] = [
        &[3],
        &[],
        &[9, 8, 10, 11, 1],
        &[5],
        &[2],
        &[6, 5, 2, 3],
        &[],
    ];
    for (number, expected) in (1..).zip(expected) {
        assert_eq!(opposite(&alignment, Side::Left, number), expected);
    }
    for alone in [4, 7] {
        assert!(opposite(&alignment, Side::Right, alone).is_empty());
    }
    let of_money = &alignment.candidates(Side::Left, 2)[0];
    assert_eq!(of_money.theme.as_deref(), Some("Geld für Influencer"));
    assert_eq!(of_money.origin, Origin::Curated);
}

#[test]
fn from_their_text_alone_nothing_is_suggested_for_what_stands_alone() {
    let alignment = align(&shipped(), &Curated::default(), &[]);
    for number in [2, 7] {
        assert!(opposite(&alignment, Side::Left, number).is_empty());
    }
    let pairs = align(&shipped(), &Curated::shipped(), &[]);
    let curated = (0..7).flat_map(|left| pairs.candidates(Side::Left, left));
    let among_the_first = |pair: &&Parallel| {
        let rights = alignment.all().filter(|found| found.left == pair.left);
        rights.take(4).any(|found| found.right == pair.right)
    };
    assert_eq!(curated.clone().count(), 12);
    assert!(curated.filter(among_the_first).count() >= 7);
    let backwards = shipped().into_iter().rev().collect::<Vec<_>>();
    let Ok(backwards) = <[Interview; 2]>::try_from(backwards) else {
        unreachable!("two interviews stay two");
    };
    let back = align(&backwards, &Curated::default(), &[]);
    for number in 1..=7 {
        assert_eq!(
            opposite(&alignment, Side::Left, number),
            opposite(&back, Side::Right, number)
        );
    }
}
