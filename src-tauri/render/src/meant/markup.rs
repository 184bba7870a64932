//! Blocks of HTML, in which nothing is markdown: what looks like a fence there is none.

/// Elements that begin such a block wherever they stand.
const BLOCKS: [&str; 62] = [
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];

/// What ends a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Blank,
    Text(&'static str),
}

impl End {
    /// Whether a line with something in it is the last one.
    pub(super) fn is_in(self, line: &str) -> bool {
        matches!(self, Self::Text(end) if line.to_ascii_lowercase().contains(end))
    }
}

/// The end of the block that a line begins, if it begins one.
pub(super) fn begun(line: &str, after_text: bool) -> Option<End> {
    const OTHERS: [(&str, &str); 4] =
        [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")];
    const RAW: [(&str, &str); 4] = [
        ("pre", "</pre>"),
        ("script", "</script>"),
        ("style", "</style>"),
        ("textarea", "</textarea>"),
    ];
    let inner = line.strip_prefix('<')?;
    if let Some((_, end)) = OTHERS.iter().find(|(begin, _)| line.starts_with(begin)) {
        return Some(End::Text(end));
    }
    let closes = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let length =
        inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    let name = inner[..length].to_ascii_lowercase();
    let is_over =
        inner[length..].is_empty() || inner[length..].starts_with([' ', '\t', '\n', '>', '/']);
    if !is_over || !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    if let Some((_, end)) = RAW.iter().find(|(raw, _)| *raw == name && !closes) {
        return Some(End::Text(end));
    }
    let is_alone = !after_text && line.trim_end().ends_with('>') && line.matches('<').count() == 1;
    (BLOCKS.contains(&name.as_str()) || is_alone).then_some(End::Blank)
}
