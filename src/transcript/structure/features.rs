//! What the model of an interview's structure looks at: yes-or-no features of a paragraph, its neighbours and its place.

use super::gist::Gist;
use super::lexicon::Class;
use super::whole::{Document, asks, invites, two_away};

macro_rules! features {
    ($($name:ident $text:literal $german:literal)*) => {
        /// One thing that is so or not so of a paragraph.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Feature {
            $(#[doc = $text] $name,)*
        }

        /// The features' names, as the weights and an explanation give them, in the order of [`Feature`].
        pub const NAMES: &[&str] = &[$($text),*];

        /// The same in German.
        pub const GERMAN_NAMES: &[&str] = &[$($german),*];
    };
}

features! {
    Always "always" "immer"
    EndsAsking "ends in a question mark" "endet mit einem Fragezeichen"
    AsksBeforeEnd "a question mark just before the end" "ein Fragezeichen kurz vor dem Ende"
    AsksInside "a question mark further in" "ein Fragezeichen mittendrin"
    AsksTwice "two question marks or more" "mehrere Fragezeichen"
    AsksOnly "nothing but questions" "lauter Fragen"
    OpensAsking "opens with a question and goes on" "beginnt mit einer Frage und geht weiter"
    Unended "no mark at the end" "kein Satzzeichen am Ende"
    EndsColon "ends in a colon" "endet mit einem Doppelpunkt"
    EndsExclaiming "ends in an exclamation mark" "endet mit einem Ausrufezeichen"
    StartsSmall "starts with a small letter" "beginnt klein"
    Words2 "more than 2 words" "mehr als 2 Wörter"
    Words5 "more than 5 words" "mehr als 5 Wörter"
    Words10 "more than 10 words" "mehr als 10 Wörter"
    Words20 "more than 20 words" "mehr als 20 Wörter"
    Words40 "more than 40 words" "mehr als 40 Wörter"
    Words80 "more than 80 words" "mehr als 80 Wörter"
    Words160 "more than 160 words" "mehr als 160 Wörter"
    OneSentence "one sentence" "ein einziger Satz"
    HeadInterrogative "opens with an interrogative" "beginnt mit einem Fragewort"
    HeadInversion "opens with a verb" "beginnt mit einem Verb"
    HeadAsk "opens by asking to tell" "bittet zu Beginn zu erzählen"
    HeadAnswer "opens like an answer" "beginnt wie eine Antwort"
    HeadAcknowledge "opens by acknowledging" "beginnt zustimmend"
    HeadLink "opens with a link" "knüpft zu Beginn an"
    HeadMe "opens with the first person" "beginnt in der ersten Person"
    HeadYou "opens by addressing someone" "beginnt mit einer Anrede"
    HeadFormal "opens with Sie or Ihr" "beginnt mit Sie oder Ihr"
    TailInterrogative "last sentence opens with an interrogative" "der letzte Satz beginnt mit einem Fragewort"
    TailInversion "last sentence opens with a verb" "der letzte Satz beginnt mit einem Verb"
    TailAsk "last sentence asks to tell" "der letzte Satz bittet zu erzählen"
    TailYou "last sentence addresses someone" "der letzte Satz redet jemanden an"
    TailMe "last sentence in the first person" "der letzte Satz steht in der ersten Person"
    TailQuestion "last sentence names a question" "der letzte Satz spricht von einer Frage"
    Addresses "addresses someone" "redet jemanden an"
    AddressesOften "addresses someone every twelfth word" "redet jemanden immer wieder an"
    Me "first person" "erste Person"
    MeOften "first person every twelfth word" "immer wieder erste Person"
    YouOverMe "addresses more than it says I" "öfter Anrede als ich"
    MeOverYou "says I more than it addresses" "öfter ich als Anrede"
    NamesQuestion "names a question" "spricht von einer Frage"
    AsksToTell "asks to tell" "bittet zu erzählen"
    Thanks "thanks" "dankt"
    Wishes "wishes" "wünscht etwas"
    NamesInterview "names the interview" "spricht vom Gespräch"
    Greets "greets" "grüßt"
    PreviousAsks "the one before ends in a question mark" "der davor endet mit einem Fragezeichen"
    PreviousUnended "the one before has no mark at the end" "der davor endet ohne Satzzeichen"
    PreviousShort "the one before is short" "der davor ist kurz"
    PreviousAddresses "the one before addresses more than it says I" "der davor redet jemanden an"
    PreviousMe "the one before says I more than it addresses" "der davor sagt ich"
    NextAsks "the next ends in a question mark" "der nächste endet mit einem Fragezeichen"
    NextShort "the next is short" "der nächste ist kurz"
    NextSmall "the next starts with a small letter" "der nächste beginnt klein"
    NextLonger "the next is more than twice as long" "der nächste ist über doppelt so lang"
    NextShorter "the next is less than half as long" "der nächste ist nicht halb so lang"
    NextMe "the next says I more than it addresses" "der nächste sagt ich"
    NextAddresses "the next addresses more than it says I" "der nächste redet jemanden an"
    NextAnswers "the next opens like an answer" "der nächste beginnt wie eine Antwort"
    PreviousLonger "the one before is more than twice as long" "der davor ist über doppelt so lang"
    PreviousShorter "the one before is less than half as long" "der davor ist nicht halb so lang"
    First "first of all" "ganz am Anfang"
    Last "last of all" "ganz am Ende"
    Early "in the first tenth" "im ersten Zehntel"
    Late "in the last tenth" "im letzten Zehntel"
    BeforeAsking "before any question mark" "vor allen Fragezeichen"
    AfterAsking "after the last question mark" "nach dem letzten Fragezeichen"
    AfterThanks "after the last question mark, and thanks or wishes were said" "nach dem letzten Fragezeichen, und es ist gedankt"
    AsksAddressing "ends in a question mark and addresses someone" "fragt und redet jemanden an"
    AsksBriefly "ends in a question mark, and the next is longer" "fragt, und der nächste ist länger"
    AsksMyself "ends in a question mark, but says I more than it addresses" "fragt, aber sagt öfter ich"
    TurnsToYou "no question mark, addresses someone, and the next says I" "redet jemanden an, und der nächste sagt ich"
    BetweenQuestions "no question mark between two" "steht zwischen zwei Fragezeichen"
    CutIn "starts small after one without a mark at the end" "beginnt klein nach einem ohne Satzzeichen"
    SparseQuestions "questions are rare here" "Fragen sind hier selten"
    DenseQuestions "every third ends in a question mark" "hier endet jeder dritte mit einem Fragezeichen"
    Alternating "every other ends in a question mark" "hier endet jeder zweite mit einem Fragezeichen"
    Torn "sentences are torn here" "Sätze sind hier zerrissen"
    Talk "spoken word" "gesprochene Sprache"
    PlainWriting "no question mark where questions are written" "kein Fragezeichen, wo sonst welche stehen"
    List "short and without a mark at the end" "kurz und ohne Satzzeichen am Ende"
    LongRuns "long paragraphs stand in rows, and none of them asks" "lange Absätze in Reihe, und keiner fragt"
    LengthsAlternate "long and short alternate" "Langes und Kurzes wechseln ab"
    TornLong "torn sentences, and longer than both its neighbours" "zerrissene Sätze, und länger als beide daneben"
    TornShort "torn sentences, and shorter than both its neighbours" "zerrissene Sätze, und kürzer als beide daneben"
    Mentions "takes up what another said" "greift auf, was jemand gesagt hat"
    Wants "says what it would like" "sagt, was er möchte"
    WantsFirst "opens with what it would like" "beginnt mit dem, was er möchte"
    Past "tells what was" "erzählt, was war"
    Hedges "padded like talk" "mit Füllwörtern"
    Calls "calls someone by name" "nennt jemanden beim Namen"
    Quoted "ends in a quotation" "endet mit einem Zitat"
    Tagged "ends in a tag such as right?" "endet mit einem Anhängsel wie oder?"
    TailAsksYou "last sentence asks and addresses someone" "der letzte Satz fragt und redet jemanden an"
    Praises "first sentence acknowledges" "der erste Satz stimmt zu"
    LongHere "long for this interview" "lang für dieses Gespräch"
    ShortHere "short for this interview" "kurz für dieses Gespräch"
    TwoAwayShort "those two away are shorter than those beside" "die übernächsten sind kürzer als die daneben"
    TwoAwayLong "those two away are longer than those beside" "die übernächsten sind länger als die daneben"
    TwoAwayAsk "those two away ask more than those beside" "die übernächsten fragen mehr als die daneben"
    TwoAwayAnswer "those two away ask less than those beside" "die übernächsten fragen weniger als die daneben"
    TwoAwayAddress "those two away address more than those beside" "die übernächsten reden öfter an als die daneben"
    TwoAwayMe "those two away say I more than those beside" "die übernächsten sagen öfter ich als die daneben"
    Others "neither addresses nor says I" "weder Anrede noch ich"
    OthersBefore "neither addresses nor says I, before any question mark" "weder Anrede noch ich, vor allen Fragezeichen"
    OthersAfter "neither addresses nor says I, after the last question mark" "weder Anrede noch ich, nach dem letzten Fragezeichen"
    NextOthers "the next neither addresses nor says I" "im nächsten weder Anrede noch ich"
    PreviousOthers "in the one before neither address nor I" "davor weder Anrede noch ich"
    ThanksAfter "thanks after the last question mark" "dankt nach dem letzten Fragezeichen"
    ThankedBefore "the one before thanks, after the last question mark" "der davor dankt, nach dem letzten Fragezeichen"
    WrittenBefore "before any question mark, in a text that was written" "vor allen Fragezeichen eines geschriebenen Textes"
    Counts "says which question it is" "sagt, die wievielte Frage es ist"
    EndsCut "breaks off" "bricht ab"
    StartsCut "starts as if broken off" "beginnt wie abgebrochen"
    PreviousCut "the one before breaks off" "der davor bricht ab"
    NextStartsCut "the next starts as if broken off" "der nächste beginnt wie abgebrochen"
    Echoes "takes up a word of the sentence before" "nimmt ein Wort des Satzes davor auf"
    NextEchoes "the next takes up a word of it" "der nächste nimmt ein Wort daraus auf"
    Your "what is yours" "spricht von dein oder euer"
    Habit "how often" "sagt, wie oft"
    Reason "gives a reason" "gibt einen Grund an"
    Limits "sets limits" "schränkt ein"
    Thinks "says what it thinks" "sagt, was er denkt"
    Numeral "gives a number" "nennt eine Zahl"
    Between "short, between two long ones" "kurz zwischen zwei langen"
    PreviousBetween "after a short one between two long ones" "nach einem kurzen zwischen zwei langen"
    SecondAfter "the second after the last question mark" "der zweite nach dem letzten Fragezeichen"
    LaterAfter "the third or later after the last question mark" "der dritte oder spätere nach dem letzten Fragezeichen"
    AddressesHere "addresses more than others here" "redet öfter an als andere hier"
    MeHere "says I more than others here" "sagt öfter ich als andere hier"
    Announces "neither addresses nor says I, but names the interview" "spricht vom Gespräch, ohne Anrede und ich"
}

/// A set of features.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features([u64; 3]);

impl Features {
    /// Adds `feature` if it is so.
    fn set(&mut self, feature: Feature, so: bool) {
        let at = feature as usize;
        self.0[at / 64] |= u64::from(so) << (at % 64);
    }

    /// Whether `feature` is among them.
    #[must_use]
    pub fn has(self, feature: Feature) -> bool {
        self.has_at(feature as usize)
    }

    /// Whether the feature at `at`, an index into [`NAMES`], is among them.
    #[must_use]
    pub fn has_at(self, at: usize) -> bool {
        self.0[at / 64] & (1 << (at % 64)) != 0
    }

    /// Whether anything is asked: with a question mark, or by a verb that asks.
    #[must_use]
    pub fn asks(self) -> bool {
        [
            Feature::EndsAsking,
            Feature::AsksBeforeEnd,
            Feature::AsksInside,
            Feature::TailAsk,
        ]
        .into_iter()
        .any(|feature| self.has(feature))
    }

    /// The features, as indices into [`NAMES`].
    pub fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(word, mut rest)| {
            std::iter::from_fn(move || {
                let at = rest.trailing_zeros();
                rest &= rest.wrapping_sub(1);
                (at < 64).then_some(word * 64 + at as usize)
            })
        })
    }
}

/// The features of every paragraph of a document.
#[must_use]
pub fn features(gists: &[Gist]) -> Vec<Features> {
    let document = Document::of(gists);
    (0..gists.len())
        .map(|at| of_paragraph(gists, at, &document))
        .collect()
}

fn of_paragraph(gists: &[Gist], at: usize, document: &Document) -> Features {
    use Feature as F;
    let g = &gists[at];
    let previous = at.checked_sub(1).map(|i| &gists[i]);
    let next = gists.get(at + 1);
    let asking = asks(g);
    let longer = |a: &Gist, b: &Gist| a.words > 2 * b.words;
    let addresses = g.you > g.me;
    let me = g.me > g.you;
    let mut f = Features::default();
    f.set(F::Always, true);

    let before_end = !asking && g.questions > 0 && g.mark_before == b'?';
    f.set(F::EndsAsking, asking);
    f.set(F::AsksBeforeEnd, before_end && g.sentences > 1);
    f.set(F::AsksInside, !asking && g.questions > 0 && !before_end);
    f.set(F::AsksTwice, g.questions > 1);
    f.set(F::AsksOnly, g.questions > 0 && g.questions == g.sentences);
    f.set(
        F::OpensAsking,
        g.first.mark == b'?' && g.sentences > 1 && !asking,
    );
    f.set(F::Unended, g.last.mark == 0);
    f.set(F::EndsColon, g.last.mark == b':');
    f.set(F::EndsExclaiming, g.last.mark == b'!');
    f.set(F::StartsSmall, g.small);

    f.set(F::Words2, g.words > 2);
    f.set(F::Words5, g.words > 5);
    f.set(F::Words10, g.words > 10);
    f.set(F::Words20, g.words > 20);
    f.set(F::Words40, g.words > 40);
    f.set(F::Words80, g.words > 80);
    f.set(F::Words160, g.words > 160);
    f.set(F::OneSentence, g.sentences <= 1);

    let (head, tail) = (&g.first, &g.last);
    f.set(F::HeadInterrogative, head.opens.has(Class::Interrogative));
    f.set(F::HeadInversion, head.opens.has(Class::Inversion));
    f.set(F::HeadAsk, head.opens.has(Class::Ask));
    f.set(F::HeadAnswer, head.first.has(Class::Answer));
    f.set(F::HeadAcknowledge, head.first.has(Class::Acknowledge));
    f.set(F::HeadLink, head.first.has(Class::Link));
    f.set(F::HeadMe, head.opens.has(Class::Me));
    f.set(F::HeadYou, head.opens.has(Class::You));
    f.set(F::HeadFormal, head.opens.has(Class::Formal));
    f.set(F::TailInterrogative, tail.opens.has(Class::Interrogative));
    f.set(F::TailInversion, tail.opens.has(Class::Inversion));
    f.set(F::TailAsk, tail.any.has(Class::Ask));
    f.set(F::TailYou, tail.you > 0);
    f.set(F::TailMe, tail.me > 0);
    f.set(F::TailQuestion, tail.any.has(Class::Question));

    f.set(F::Addresses, g.you > 0);
    f.set(F::AddressesOften, g.you * 12 >= g.words && g.you > 0);
    f.set(F::Me, g.me > 0);
    f.set(F::MeOften, g.me * 12 >= g.words && g.me > 0);
    f.set(F::YouOverMe, addresses);
    f.set(F::MeOverYou, me);
    f.set(F::NamesQuestion, g.any.has(Class::Question));
    f.set(F::AsksToTell, g.any.has(Class::Ask));
    f.set(F::Thanks, g.any.has(Class::Thanks));
    f.set(F::Wishes, g.any.has(Class::Wish));
    f.set(F::NamesInterview, g.any.has(Class::Interview));
    f.set(F::Greets, g.any.has(Class::Greeting));

    if let Some(p) = previous {
        f.set(F::PreviousAsks, asks(p));
        f.set(F::PreviousUnended, p.last.mark == 0);
        f.set(F::PreviousShort, p.words <= 5);
        f.set(F::PreviousAddresses, p.you > p.me);
        f.set(F::PreviousMe, p.me > p.you);
        f.set(F::PreviousLonger, longer(p, g));
        f.set(F::PreviousShorter, longer(g, p));
        f.set(F::CutIn, g.small && p.last.mark == 0);
    }
    if let Some(n) = next {
        f.set(F::NextAsks, asks(n));
        f.set(F::NextShort, n.words <= 5);
        f.set(F::NextSmall, n.small);
        f.set(F::NextLonger, longer(n, g));
        f.set(F::NextShorter, longer(g, n));
        f.set(F::NextMe, n.me > n.you);
        f.set(F::NextAddresses, n.you > n.me);
        f.set(F::NextAnswers, n.first.first.has(Class::Answer));
        f.set(F::AsksBriefly, asking && n.words > g.words);
        f.set(F::TurnsToYou, !asking && addresses && n.me > n.you);
    }
    f.set(F::AsksAddressing, asking && g.you > 0);
    f.set(F::AsksMyself, asking && me);
    let between = |p: &Gist, n: &Gist| !asking && asks(p) && asks(n);
    f.set(
        F::BetweenQuestions,
        previous.zip(next).is_some_and(|(p, n)| between(p, n)),
    );

    let tenth = gists.len() / 10;
    f.set(F::First, at == 0);
    f.set(F::Last, at + 1 == gists.len());
    f.set(F::Early, at <= tenth);
    f.set(F::Late, at + tenth + 1 >= gists.len());
    f.set(F::BeforeAsking, at < document.first_asking);
    f.set(F::AfterAsking, at > document.last_asking);
    f.set(F::AfterThanks, at >= document.first_farewell);

    f.set(F::SparseQuestions, document.asking < 0.15);
    f.set(F::DenseQuestions, document.asking >= 0.3);
    f.set(F::Alternating, document.asking >= 0.42);
    f.set(F::Torn, document.torn);
    f.set(F::Talk, document.talk);
    let written = !document.torn && !document.talk;
    f.set(F::PlainWriting, written && g.questions == 0 && !invites(g));
    f.set(F::List, g.last.mark == 0 && g.words <= 10);
    f.set(F::LongRuns, document.long_runs);
    f.set(F::LengthsAlternate, document.alternates);
    if let (true, Some((p, n))) = (document.torn, previous.zip(next)) {
        f.set(F::TornLong, g.words > p.words && g.words > n.words);
        f.set(F::TornShort, g.words < p.words && g.words < n.words);
    }

    f.set(F::Mentions, g.mentions);
    f.set(F::Wants, g.wants);
    f.set(F::WantsFirst, head.wants);
    f.set(F::Past, g.past * 20 >= g.words && g.past > 0);
    f.set(F::Hedges, g.hedges * 25 >= g.words && g.hedges > 0);
    f.set(F::Calls, g.calls);
    f.set(F::Quoted, g.quoted);
    let tag = asking && tail.words <= 2 && g.sentences > 1 && tail.any.has(Class::Tag);
    f.set(F::Tagged, tag);
    f.set(F::TailAsksYou, asking && tail.you > 0);
    f.set(F::Praises, head.any.has(Class::Acknowledge));
    f.set(F::LongHere, g.words > 2 * document.median);
    f.set(F::ShortHere, 2 * g.words < document.median);
    let length = two_away(gists, at, |g| (g.words as f32 + 1.0).ln());
    f.set(F::TwoAwayShort, length < -0.3);
    f.set(F::TwoAwayLong, length > 0.3);
    let questions = two_away(gists, at, |g| g.questions.min(2) as f32);
    f.set(F::TwoAwayAsk, questions > 0.3);
    f.set(F::TwoAwayAnswer, questions < -0.3);
    let address = two_away(gists, at, |g| {
        (g.you as f32 - g.me as f32) / (g.words as f32 + 5.0)
    });
    f.set(F::TwoAwayAddress, address > 0.01);
    f.set(F::TwoAwayMe, address < -0.01);

    let others = |g: &Gist| g.you == 0 && g.me == 0;
    let (before, after) = (at < document.first_asking, at > document.last_asking);
    f.set(F::Others, others(g));
    f.set(F::OthersBefore, others(g) && before);
    f.set(F::OthersAfter, others(g) && after);
    f.set(F::NextOthers, next.is_some_and(others));
    f.set(F::PreviousOthers, previous.is_some_and(others));
    f.set(F::ThanksAfter, after && g.any.has(Class::Thanks));
    let thanked = previous.is_some_and(|p| p.any.has(Class::Thanks));
    f.set(F::ThankedBefore, after && thanked);
    f.set(F::WrittenBefore, before && written);
    f.set(F::Announces, others(g) && g.any.has(Class::Interview));
    f.set(F::Counts, g.counts);
    f.set(F::EndsCut, g.cut);
    f.set(F::StartsCut, g.resumes);
    f.set(F::PreviousCut, previous.is_some_and(|p| p.cut));
    f.set(F::NextStartsCut, next.is_some_and(|n| n.resumes));
    let echo = |a: &Gist, b: &Gist| {
        let both = a.last.content.iter().zip(b.first.content);
        both.map(|(a, b)| (a & b).count_ones()).sum::<u32>() > 0
    };
    f.set(F::Echoes, previous.is_some_and(|p| echo(p, g)));
    f.set(F::NextEchoes, next.is_some_and(|n| echo(g, n)));
    f.set(F::Your, g.any.has(Class::Your));
    f.set(F::Habit, g.any.has(Class::Habit));
    f.set(F::Reason, g.any.has(Class::Reason));
    f.set(F::Limits, g.limits * 20 >= g.words && g.limits > 0);
    f.set(F::Thinks, g.any.has(Class::Think));
    f.set(F::Numeral, g.any.has(Class::Numeral));
    let between = |i: usize| {
        let near = i.checked_sub(1).map(|i| &gists[i]).zip(gists.get(i + 1));
        near.is_some_and(|(p, n)| gists[i].words <= 6 && p.words > 20 && n.words > 20)
    };
    f.set(F::Between, between(at));
    f.set(F::PreviousBetween, at > 0 && between(at - 1));
    // A short text may end with any answer.
    let whole = gists.len() > 12;
    f.set(F::SecondAfter, whole && at == document.last_asking + 2);
    f.set(F::LaterAfter, whole && at > document.last_asking + 2);
    let rate = |n: u32, usual: f32| g.words > 5 && n as f32 > 1.3 * usual * g.words as f32;
    f.set(F::AddressesHere, rate(g.you, document.you));
    f.set(F::MeHere, rate(g.me, document.me));
    f
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::structure::lexicon::Lexicon;

    fn names(paragraphs: &[&str], at: usize) -> Vec<&'static str> {
        let lexicon = Lexicon::shipped();
        let gists: Vec<Gist> = paragraphs.iter().map(|p| Gist::of(p, lexicon)).collect();
        features(&gists)[at].iter().map(|i| NAMES[i]).collect()
    }

    #[test]
    fn they_fit_their_set_and_have_names_of_their_own() {
        assert!(NAMES.len() <= 192);
        for names in [NAMES, GERMAN_NAMES] {
            let mut sorted = names.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), NAMES.len());
        }
    }

    #[test]
    fn an_answer_that_repeats_the_question_is_seen_as_one() {
        let found = names(
            &["Was tun Sie?", "Was ich tue? Ich male.", "Warum?", "Darum."],
            1,
        );
        for expected in [
            "opens with a question and goes on",
            "no question mark between two",
            "says I more than it addresses",
        ] {
            assert!(found.contains(&expected), "{expected}: {found:?}");
        }
    }
}
