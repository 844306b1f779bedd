//! What the paragraphs of an interview tell together: how it is written down, and where its questions begin and end.

use super::gist::Gist;
use super::lexicon::Class;

/// What is true of a whole document.
pub struct Document {
    /// The first paragraph that asks, by its index; their number where none does.
    pub first_asking: usize,
    /// The last one; their number where none does.
    pub last_asking: usize,
    /// The first one after that with thanks or wishes.
    pub first_farewell: usize,
    /// The share that ends in a question mark.
    pub asking: f32,
    /// Sentences run from one paragraph into the next.
    pub torn: bool,
    /// It reads as it was spoken.
    pub talk: bool,
    /// Nearly each is longer, or shorter, than both its neighbours.
    pub alternates: bool,
    /// Long paragraphs without a question mark stand in rows.
    pub long_runs: bool,
    /// Half of the paragraphs have fewer words.
    pub median: u32,
    /// The share of words that address someone.
    pub you: f32,
    /// The share of words that are the first person.
    pub me: f32,
}

impl Document {
    /// What is true of the document with these paragraphs.
    pub fn of(gists: &[Gist]) -> Document {
        let share = |count: usize| count as f32 / gists.len().max(1) as f32;
        let count = |test: fn(&Gist) -> bool| share(gists.iter().filter(|g| test(g)).count());
        let last_asking = gists.iter().rposition(invites).unwrap_or(gists.len());
        Document {
            first_asking: gists.iter().position(invites).unwrap_or(gists.len()),
            last_asking,
            first_farewell: (last_asking + 1..gists.len())
                .find(|&i| farewell(&gists[i]))
                .unwrap_or(gists.len()),
            asking: count(asks),
            median: median(gists),
            you: rate(gists, |g| g.you),
            me: rate(gists, |g| g.me),
            alternates: alternates(gists),
            long_runs: long_runs(gists),
            torn: count(|g| g.small || g.last.mark == 0 && g.words > 5) > 0.1,
            talk: count(|g| {
                g.words <= 5
                    || g.first.first.has(Class::Answer)
                    || g.first.first.has(Class::Acknowledge)
                    || g.first.first.has(Class::Link)
            }) > 0.25,
        }
    }
}

/// Whether nearly every paragraph is longer, or shorter, than both its neighbours; of lengths at random two thirds are.
fn alternates(gists: &[Gist]) -> bool {
    let peaks = gists
        .windows(3)
        .filter(|w| (w[0].words < w[1].words) == (w[2].words < w[1].words));
    gists.len() > 4 && peaks.count() * 5 >= (gists.len() - 2) * 4
}

/// The share of the words that `of` counts.
fn rate(gists: &[Gist], of: fn(&Gist) -> u32) -> f32 {
    let words: u32 = gists.iter().map(|g| g.words).sum();
    gists.iter().map(of).sum::<u32>() as f32 / words.max(1) as f32
}

fn median(gists: &[Gist]) -> u32 {
    let mut words: Vec<u32> = gists.iter().map(|gist| gist.words).collect();
    let middle = words.len() / 2;
    match words.is_empty() {
        true => 0,
        false => *words.select_nth_unstable(middle).1,
    }
}

/// How much more of something the paragraphs two and four away have than those beside: where turns alternate, one voice
/// speaks in the former, the other in the latter.
pub fn two_away(gists: &[Gist], at: usize, of: impl Fn(&Gist) -> f32) -> f32 {
    let mean = |away: [usize; 2]| {
        let near = away
            .into_iter()
            .flat_map(|by| [at.checked_sub(by), Some(at + by)]);
        let near = near.flatten().filter_map(|i| gists.get(i)).map(&of);
        let (sum, count) = near.fold((0.0, 0u8), |(sum, count), one| (sum + one, count + 1));
        (count > 0).then(|| sum / f32::from(count))
    };
    mean([2, 4])
        .zip(mean([1, 3]))
        .map_or(0.0, |(away, beside)| away - beside)
}

/// Ends in a question mark.
pub fn asks(gist: &Gist) -> bool {
    gist.last.mark == b'?'
}

/// Whether one in eight stands in the middle of three long ones without a question mark.
fn long_runs(gists: &[Gist]) -> bool {
    let long = |g: &Gist| g.words > 40 && g.questions == 0;
    let runs = gists.windows(3).filter(|w| w.iter().all(long)).count();
    runs * 8 > gists.len()
}

/// Asks, with a question mark or by asking to tell.
pub fn invites(gist: &Gist) -> bool {
    asks(gist) || gist.first.opens.has(Class::Ask) && gist.words <= 40
}

fn farewell(gist: &Gist) -> bool {
    gist.any.has(Class::Thanks) || gist.any.has(Class::Wish)
}
