//! Which part of a page is its article: not the navigation, nor what others wrote below it.
//!
//! The elements of HTML 5 say so where a page uses them. Elsewhere it is the smallest element that holds nearly all running
//! text, as text that is no link, and stands in nothing that goes by the name of something else (*sidebar*, *cookie*).
//! That links give boilerplate away: Kohlschütter, Fankhauser, Nejdl, *Boilerplate detection using shallow text features*,
//! WSDM 2010.

use super::tree::{Content, Node};

/// The words in classes and identifiers of what is around an article.
const AROUND: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "anzeige",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "footer",
    "gdpr",
    "kommentar",
    "kommentare",
    "masthead",
    "menu",
    "meta",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "pager",
    "pagination",
    "popup",
    "promo",
    "recommendations",
    "recommended",
    "related",
    "respond",
    "share",
    "sharedaddy",
    "sharing",
    "sidebar",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "taboola",
    "toolbar",
    "trending",
    "werbung",
];

/// The roles of what is around an article.
const ROLES: &[&str] = &[
    "alertdialog",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "meta",
    "navigation",
    "search",
];

/// How a line begins that only leads elsewhere; in lower case.
const ELSEWHERE: &[&str] = &[
    "auch interessant",
    "lesen sie auch",
    "lesen sie hier",
    "lies auch",
    "mehr dazu",
    "mehr zum thema",
    "more on this",
    "read also",
    "read more",
    "recommended reading",
    "related:",
    "see also",
    "siehe auch",
    "zum thema",
];

/// A page, and how much text stands where.
#[derive(Debug)]
pub struct Page<'a> {
    /// Its nodes.
    pub nodes: &'a [Node],
    /// Which of them are no part of what the page is about.
    skipped: Vec<bool>,
    /// The bytes of text in each, of links, and of what is no link and not skipped.
    text: Vec<usize>,
    links: Vec<usize>,
    mass: Vec<usize>,
}

impl<'a> Page<'a> {
    /// Weighs what stands in `nodes`.
    #[must_use]
    pub fn new(nodes: &'a [Node]) -> Page<'a> {
        let (mut text, mut links) = (vec![0; nodes.len()], vec![0; nodes.len()]);
        for (at, node) in nodes.iter().enumerate() {
            if let Content::Text(said, _, link) = &node.content {
                text[at] = said.split_whitespace().map(str::len).sum();
                links[at] = if *link { text[at] } else { 0 };
            }
        }
        let mut page = Page {
            nodes,
            skipped: vec![false; nodes.len()],
            mass: vec![0; nodes.len()],
            text,
            links,
        };
        add_up(nodes, &mut page.text);
        add_up(nodes, &mut page.links);
        page.skip();
        for (at, node) in nodes.iter().enumerate() {
            if matches!(node.content, Content::Text(..)) && !page.skipped[at] {
                page.mass[at] = page.said(at);
            }
        }
        add_up(nodes, &mut page.mass);
        page
    }

    /// Finds what is no part of what the page is about.
    fn skip(&mut self) {
        let all = self.said(0);
        for at in 1..self.nodes.len() {
            let node = &self.nodes[at];
            let above = self.skipped[node.parent];
            // A name may say of a page that it has a sidebar.
            let most = || self.said(at) * 2 > all;
            self.skipped[at] = above || node.is_hidden() || self.is_around(at) && !most();
        }
    }

    /// The bytes in `at` that are no link.
    fn said(&self, at: usize) -> usize {
        self.text[at] - self.links[at]
    }

    /// Whether a node is by its name around an article.
    fn is_around(&self, at: usize) -> bool {
        let node = &self.nodes[at];
        let role = node.attribute("role");
        let named = match node.name() {
            "nav" | "footer" | "aside" | "form" | "button" | "menu" | "dialog" => true,
            // An article has one, too.
            "header" => !self.stands_in(at, &["article", "main"]),
            "" | "html" | "body" | "main" | "article" => false,
            // A list of links, or a line that leads elsewhere.
            "ul" | "ol" => self.links[at] * 20 > self.text[at] * 17 && self.items(at) > 2,
            "p" | "li" | "div" => self.leads_elsewhere(at),
            _ => false,
        };
        named
            || ROLES.contains(&role)
            || [node.attribute("class"), node.attribute("id")]
                .into_iter()
                .any(is_around)
    }

    fn stands_in(&self, at: usize, names: &[&str]) -> bool {
        let mut above = self.nodes[at].parent;
        while above > 0 {
            if names.contains(&self.nodes[above].name()) {
                return true;
            }
            above = self.nodes[above].parent;
        }
        false
    }

    fn items(&self, at: usize) -> usize {
        let inside = self.nodes[at..self.nodes[at].end].iter();
        inside.filter(|node| node.name() == "li").count()
    }

    fn leads_elsewhere(&self, at: usize) -> bool {
        let linked = self.links[at] > 0 && self.links[at] * 2 > self.text[at];
        let inside = &self.nodes[at..self.nodes[at].end];
        let first = || {
            inside.iter().find_map(|node| match &node.content {
                Content::Text(text, ..) => Some(text.trim_start()).filter(|text| !text.is_empty()),
                _ => None,
            })
        };
        linked
            && first().is_some_and(|text| {
                let begins: String = text.chars().take(40).flat_map(char::to_lowercase).collect();
                ELSEWHERE
                    .iter()
                    .any(|elsewhere| begins.starts_with(elsewhere))
            })
    }

    /// Whether a node is no part of what the page is about.
    #[must_use]
    pub fn is_skipped(&self, at: usize) -> bool {
        self.skipped[at]
    }

    /// The element that the article is in.
    #[must_use]
    pub fn article(&self) -> usize {
        let all = self.mass[0];
        let heaviest = |is: &dyn Fn(&Node) -> bool| {
            let found = (1..self.nodes.len()).filter(|at| is(&self.nodes[*at]));
            // The first of equals is taken: the outermost.
            let found = found.rev().max_by_key(|at| self.mass[*at]);
            found.filter(|at| self.mass[*at] * 2 > all)
        };
        heaviest(&|node| node.name() == "article" || node.attribute("role") == "article")
            .or_else(|| heaviest(&|node| node.attribute("itemprop") == "articleBody"))
            .or_else(|| heaviest(&|node| node.name() == "main" || node.attribute("role") == "main"))
            .unwrap_or_else(|| self.smallest(all))
    }

    /// The smallest element that holds nearly all running text.
    fn smallest(&self, all: usize) -> usize {
        let holds = |at: &usize| self.mass[*at] * 10 >= all * 8;
        let elements = (1..self.nodes.len())
            .filter(|at| matches!(self.nodes[*at].content, Content::Element(..)));
        elements.rev().find(holds).unwrap_or(0)
    }
}

/// Adds what each node has to what its parent has.
fn add_up(nodes: &[Node], numbers: &mut [usize]) {
    for at in (1..nodes.len()).rev() {
        numbers[nodes[at].parent] += numbers[at];
    }
}

/// Whether a class or an identifier has a word of what is around an article.
fn is_around(value: &str) -> bool {
    let words = value.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).any(|word| {
        AROUND
            .iter()
            .any(|around| around.eq_ignore_ascii_case(word))
    })
}
