//! What keys do, by name; the table says of each where it holds, and in words.

/// Everything that a key can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table of keys says what each does")]
pub enum Action {
    NextPane,
    PreviousPane,
    PaneLeft,
    PaneRight,
    Filter,
    LineDown,
    LineUp,
    PageDown,
    PageUp,
    HalfDown,
    HalfUp,
    Start,
    End,
    NextQuestion,
    PreviousQuestion,
    NextParallel,
    PreviousParallel,
    Follow,
    Synopsis,
    Map,
    Order,
    Read,
    Search,
    SearchNext,
    SearchPrevious,
    Select,
    Comment,
    Highlight,
    Bookmark,
    Tag,
    Notes,
    Edit,
    Delete,
    Undo,
    Redo,
    Copy,
    CopyWithSource,
    Link,
    Unlink,
    Theme,
    Group,
    Role,
    Times,
    Choose,
    Reload,
    Back,
    Forward,
    Palette,
    Help,
    Redraw,
    Suspend,
    Cancel,
    Quit,
    NextWord,
    PreviousWord,
    NextSentence,
    PreviousSentence,
    NextParagraph,
    PreviousParagraph,
    OtherEnd,
    Accept,
    Keep,
    ExternalEditor,
    Both,
    EditLeft,
    EditRight,
    EditWordLeft,
    EditWordRight,
    EditHome,
    EditEnd,
    EraseLeft,
    EraseRight,
    EraseWord,
    EraseToStart,
    NewLine,
    Complete,
    Plain,
    Quote,
    Query,
    Contradiction,
    MarkAll,
    Tags,
    Past,
    Anew,
}

impl Action {
    /// Whether it makes a highlight, or gives one another kind.
    #[must_use]
    pub fn highlights(self) -> bool {
        self == Action::Highlight || self.highlight().is_some()
    }

    /// The kind of highlight that it makes, by its place among those in use.
    #[must_use]
    pub fn highlight(self) -> Option<usize> {
        match self {
            Action::Plain => Some(0),
            Action::Quote => Some(1),
            Action::Query => Some(2),
            Action::Contradiction => Some(3),
            _ => None,
        }
    }
}
