//! What is shown as plain HTML: its structure, without what the program adds to it.

/// Plain HTML of a list of blocks, one a line.
pub(crate) fn plain(blocks: &[String]) -> String {
    let blocks = blocks.iter().map(|block| elements(block));
    blocks.collect::<Vec<_>>().join("\n")
}

/// A block without classes, directions, boxes, buttons and formulas' insides.
fn elements(html: &str) -> String {
    let mut out = String::new();
    let mut skipped: Option<&str> = None;
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').unwrap();
        if skipped.is_none() {
            out += before;
        }
        rest = after;
        let name = tag.split(' ').next().unwrap();
        match skipped {
            Some(outer) => {
                if name.strip_prefix('/') == Some(outer) {
                    skipped = None;
                }
            }
            None if ["figcaption", "button", "math"].contains(&name) => skipped = Some(name),
            None => write(&mut out, name, tag),
        }
    }
    out + rest
}

fn write(out: &mut String, name: &str, tag: &str) {
    let closes = name.starts_with('/');
    let bare = name.trim_start_matches('/');
    let name = match bare {
        "span" | "figure" | "div" => return,
        "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level: usize = bare[1..].parse().unwrap();
            format!("h{}", level - 1)
        }
        name => name.to_owned(),
    };
    let href = attribute(tag, "href").map(|href| format!(" href=\"{href}\"")).unwrap_or_default();
    out.push_str(&format!("<{}{name}{href}>", if closes { "/" } else { "" }));
}

/// The value of an attribute in a tag.
pub(crate) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// The text of plain HTML.
pub(crate) fn text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        out += before;
        rest = after.split_once('>').unwrap().1;
    }
    let out = out + rest;
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The contents of every element that is inside of such elements, from the outside in: up to an element inside of it.
pub(crate) fn contents(html: &str, path: &str) -> Vec<String> {
    let path: Vec<&str> = path.split(' ').collect();
    let mut open: Vec<&str> = vec![];
    let mut found = vec![];
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').unwrap();
        rest = after;
        let name = tag.split(' ').next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            let last = open.iter().rposition(|&open| open == name).unwrap();
            open.truncate(last);
        } else if !["br", "hr", "input", "img"].contains(&name) {
            open.push(name);
            let mut wanted = path.iter().peekable();
            for name in &open {
                wanted.next_if(|wanted| *wanted == name);
            }
            if wanted.peek().is_none() && path.last() == Some(&name) {
                found.push(inner(after, name));
            }
        }
    }
    found
}

/// What an element holds, without lists inside of it.
fn inner(after: &str, name: &str) -> String {
    let mut depth = 1;
    let mut rest = after;
    let mut at = 0;
    while depth > 0 {
        let start = rest.find('<').unwrap();
        at += start;
        let tag = &rest[start + 1..];
        if tag.starts_with(&format!("/{name}>")) {
            depth -= 1;
        } else if tag.starts_with(name) && !tag[name.len()..].starts_with(char::is_alphanumeric) {
            depth += 1;
        }
        if depth > 0 {
            at += 1;
            rest = &rest[start + 1..];
        }
    }
    let inside = &after[..at];
    let end = ["<ul", "<ol"].iter().filter_map(|list| inside.find(list)).min();
    text(&inside[..end.unwrap_or(inside.len())]).trim().to_owned()
}
