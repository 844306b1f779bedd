//! From what two exchanges have in common to how likely they belong together (Platt, *Probabilistic outputs for support
//! vector machines*, 1999): a logistic curve over the logarithm.

use crate::text::Language;

/// How what two exchanges have in common is read as a likelihood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    /// What they have in common where they are as likely parallel as not, in 0..1.
    pub even: f32,
    /// How steeply likelihood rises there.
    pub steep: f32,
}

impl Default for Curve {
    /// Fitted on interviews with known parallels by `examples/calibrate.rs`, rather careful: of the pairs at .8, four in
    /// five are right, or more.
    fn default() -> Curve {
        Curve {
            even: 0.058,
            steep: 2.33,
        }
    }
}

impl Curve {
    /// The curve for exchanges in these languages. Of two that differ, question and answer share what the bridge has and
    /// little by chance, so that less in common means as much. Fitted by `examples/calibrate.rs` on translations; of
    /// questions that come again in another language, which it has not seen, it finds half where the default finds one in
    /// six, and all that it finds are right. Between interviews that have nothing to do with each other it suggests a
    /// pair for three exchanges in a hundred, the default in one language for two.
    #[must_use]
    pub fn between(one: Option<Language>, other: Option<Language>) -> Curve {
        let default = Curve::default();
        match (one, other) {
            (Some(one), Some(other)) if one != other => Curve {
                even: 0.0275,
                ..default
            },
            _ => default,
        }
    }

    /// How likely two exchanges belong together that have `common` in common, in 0..1; 1 for a text with itself.
    #[must_use]
    pub fn likelihood(&self, common: f32) -> f32 {
        if common <= 0.0 {
            return 0.0;
        }
        let rising = |common: f32| 1.0 / (1.0 + (self.even / common).powf(self.steep));
        // Rounding may lift it a little above 1.
        rising(common.min(1.0)) / rising(1.0)
    }

    /// What two exchanges have in common that belong together with this likelihood, above 0 and below 1.
    #[must_use]
    pub fn common(&self, likelihood: f32) -> f32 {
        let whole = 1.0 + self.even.powf(self.steep);
        self.even / (whole / likelihood - 1.0).powf(1.0 / self.steep)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_in_common_means_as_much_between_two_languages_that_are_known() {
        use Language::{English, German};
        let even = |one, other| Curve::between(one, other).even;
        assert!(even(Some(German), Some(English)) < even(Some(German), Some(German)));
        assert_eq!(
            even(Some(German), Some(English)),
            even(Some(English), Some(German))
        );
        assert_eq!(Curve::between(None, Some(English)), Curve::default());
    }

    #[test]
    fn a_curve_rises_to_one_and_can_be_read_backwards() {
        let curve = Curve::default();
        assert_eq!((curve.likelihood(0.0), curve.likelihood(1.0)), (0.0, 1.0));
        for likelihood in [0.05, 0.25, 0.5, 0.8, 0.99] {
            let common = curve.common(likelihood);
            assert!((curve.likelihood(common) - likelihood).abs() < 1e-4);
        }
    }
}
