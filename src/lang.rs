//! The language the interface speaks.
//!
//! A string of the interface stands where it is used, in both languages side by side ([`Lang::tr`]): one can't be
//! added without the other.

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

impl Lang {
    /// The language for an ISO 639-1 code, `de` or `en`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Lang> {
        match code {
            "de" => Some(Lang::German),
            "en" => Some(Lang::English),
            _ => None,
        }
    }

    /// The language of the locale, as POSIX orders its variables: the first of `LC_ALL`, `LC_MESSAGES` and `LANG`
    /// that is set and not empty decides. `var` looks up an environment variable.
    #[must_use]
    pub fn from_locale(var: impl Fn(&str) -> Option<String>) -> Lang {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(var)
            .find(|value| !value.is_empty());
        locale
            .and_then(|value| Lang::from_code(value.get(..2)?))
            .unwrap_or_default()
    }

    /// The string of this language.
    #[must_use]
    pub fn tr<T>(self, english: T, german: T) -> T {
        match self {
            Lang::English => english,
            Lang::German => german,
        }
    }
}

/// What can be said to the user in the language of the interface; errors above all.
pub trait Tell {
    /// One line, without control characters.
    fn tell(&self, lang: Lang) -> String;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        let env = |set: &'static [(&str, &str)]| {
            move |name: &str| {
                let found = set.iter().find(|(n, _)| *n == name)?;
                Some(found.1.to_owned())
            }
        };
        let german = env(&[("LC_ALL", ""), ("LANG", "de_AT.UTF-8")]);
        assert_eq!(Lang::from_locale(german), Lang::German);
        let first = env(&[("LC_ALL", "C.UTF-8"), ("LANG", "de_DE")]);
        assert_eq!(Lang::from_locale(first), Lang::English);
        assert_eq!(Lang::from_locale(|_| None), Lang::English);
    }
}
