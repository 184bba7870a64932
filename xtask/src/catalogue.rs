//! What is known of models, and how old that is: rows that were gathered before their source was read last, and rows without
//! one. Nothing is asked of anybody.

use std::collections::BTreeMap;

use crate::Outcome;
use crate::command::top;

/// Where the cells stand that this looks at.
const PROVIDER: usize = 0;
const MODEL: usize = 1;
const CELLS: usize = 18;
const AS_OF: usize = 16;

pub fn catalogue() -> Outcome {
    let read = |name: &str| {
        let file = top().join("src-tauri/wire/data").join(name);
        std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
    };
    let (models, sources, searches) =
        (read("models.tsv")?, read("sources.tsv")?, read("search.json")?);
    let mut wrong = stale(&models, &sources);
    wrong.extend(unsourced_searches(&searches));
    match wrong.is_empty() {
        true => {
            println!("{} models, each as new as its source", rows(&models).count());
            Ok(())
        }
        false => Err(format!("{}\n{} rows to look at", wrong.join("\n"), wrong.len())),
    }
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split('\t').collect())
}

/// The models whose row is older than its source, or has none.
fn stale(models: &str, sources: &str) -> Vec<String> {
    let known: BTreeMap<&str, (&str, &str)> = rows(sources)
        .filter_map(|row| match row[..] {
            [provider, source, read_on] => Some((provider, (source, read_on))),
            _ => None,
        })
        .collect();
    let complaint = |row: Vec<&str>| {
        if row.len() != CELLS {
            return Some(format!("{}: {} cells, not {CELLS}", row.join(" "), row.len()));
        }
        let (name, as_of) = (format!("{} {}", row[PROVIDER], row[MODEL]), row[AS_OF]);
        match known.get(row[PROVIDER]) {
            None => Some(format!("{name}: no source")),
            Some((source, read_on)) if as_of < *read_on => {
                Some(format!("{name}: of {as_of}, and {source} was read on {read_on}"))
            }
            Some(_) => None,
        }
    };
    rows(models).filter_map(complaint).collect()
}

/// The searches that cost something and name no source or no day. Each stands in a line of its own.
fn unsourced_searches(table: &str) -> Vec<String> {
    let offers = |line: &&str| line.contains("\"provider\"") && !line.contains("\"formats\": []");
    let names = |line: &str, field: &str| {
        let value = line.split_once(&format!("\"{field}\": \"")).map(|(_, rest)| rest);
        value.is_some_and(|value| !value.starts_with('"'))
    };
    let lines = table.lines().filter(offers);
    let lines = lines.filter(|line| !(names(line, "source") && names(line, "asOf")));
    lines.map(|line| format!("search: no source or no day: {}", line.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(provider: &str, as_of: &str) -> String {
        format!("{provider}\tm{}{as_of}\t", "\t".repeat(AS_OF - 1))
    }

    #[test]
    fn old_rows_and_rows_without_a_source_are_told() {
        let sources = "# a comment\na\tits page\t2026-11-28\n";
        for (row, told) in [
            (model("a", "2026-11-28"), ""),
            (model("a", "2026-12-01"), ""),
            (model("a", "2026-11-27"), "a m: of 2026-11-27, and its page was read on 2026-11-28"),
            (model("b", "2026-11-28"), "b m: no source"),
            ("a\tm".to_owned(), "a m: 2 cells, not 18"),
        ] {
            assert_eq!(stale(&format!("# head\n{row}\n"), sources).join("\n"), told, "{row}");
        }
    }

    #[test]
    fn a_search_names_where_its_price_is_from() {
        let row = |rest: &str| format!("[\n  {{\"provider\": \"a\", {rest}}}\n]");
        for (rest, right) in [
            (r#""formats": ["x"], "asOf": "2026-11-28", "source": "its page""#, true),
            (r#""formats": ["x"], "asOf": "2026-11-28", "source": """#, false),
            (r#""formats": ["x"], "source": "its page""#, false),
            (r#""formats": []"#, true),
        ] {
            assert_eq!(unsourced_searches(&row(rest)).is_empty(), right, "{rest}");
        }
    }

    #[test]
    fn the_catalogue_is_as_new_as_its_sources() {
        assert_eq!(catalogue(), Ok(()));
    }
}
