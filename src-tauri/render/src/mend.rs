//! Half-written markdown, made whole for the moment: what is open is closed, and marks that may still become anything
//! wait. Only what is shown of the unfinished block goes through here, never a finished one.

mod formula;
mod inline;
mod line;
mod table;

pub(crate) use inline::settled;

/// Text that looks as `tail` most likely will.
pub(crate) fn mend(tail: &str) -> String {
    if line::is_in_fence(tail) {
        return line::without_fence_end(tail).to_owned();
    }
    if let Some(formula) = formula::begun(tail) {
        return formula;
    }
    let waiting = line::without_bare_marks(tail);
    if let Some(table) = table::begun(waiting) {
        return table;
    }
    if line::is_callout(waiting) {
        return waiting.to_owned();
    }
    let start = line::last_block(waiting).max(line::near_end(waiting));
    let mut mended = waiting[..start].to_owned();
    mended.push_str(&inline::close(&waiting[start..]));
    // Where all of the last line waits, its marks do so, too.
    mended.truncate(line::without_bare_marks(&mended).len());
    mended
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn open_marks_are_closed() {
        for (half, whole) in [
            ("a **b", "a **b**"),
            ("a **b*", "a **b**"),
            ("a **b **", "a **b**"),
            ("a **", "a "),
            ("a *b **c", "a *b **c***"),
            ("a **b** c", "a **b** c"),
            ("a **b**", "a **b**"),
            ("~~a", "~~a~~"),
            ("a `b", "a `b`"),
            ("a ``b` c", "a ``b` c``"),
            ("a `", "a "),
            ("2 * 3", "2 * 3"),
            ("snake_case", "snake_case"),
            ("_a", "_a_"),
            ("\\*a", "\\*a"),
            ("a\\", "a"),
            ("a\\\n", "a"),
            ("- `a \\", "- `a `"),
            ("$$\n- x\n$$", "$$\n- x\n$$"),
            ("> $$\n> x\n> $$ **a", "> $$\n> x\n> $$ **a**"),
            ("AT&am", "AT"),
            ("a & b", "a & b"),
            ("a <kbd>", "a "),
            ("a <kbd>Ct", "a <kbd>Ct</kbd>"),
            ("a **<kbd>Ct", "a **<kbd>Ct</kbd>**"),
            ("a <kbd>*Ct</k", "a <kbd>*Ct*</kbd>"),
            ("a <kbd>Ct</kbd> b", "a <kbd>Ct</kbd> b"),
            ("a **<kbd>b** c", "a **<kbd>b** c"),
            ("a <b>b", "a <b>b"),
        ] {
            assert_eq!(mend(half), whole, "{half}");
        }
    }

    #[test]
    fn half_links_show_their_text() {
        for (half, whole) in [
            ("see [the do", "see the do"),
            ("see [the docs]", "see the docs"),
            ("see [the docs](http", "see the docs"),
            ("see [the **docs**](http", "see the **docs**"),
            ("see [the docs](http://a.b) now", "see [the docs](http://a.b) now"),
            ("see ![alt](http", "see "),
            ("see ![alt", "see "),
            ("see !", "see "),
            ("**see [the docs](http", "**see the docs**"),
            ("see <https://exam", "see "),
            ("a < b", "a < b"),
            ("a <", "a "),
            ("see [the docs](http://a.b/c_(d)", "see the docs"),
            ("see [the docs](http://a.b/c_(d)) now", "see [the docs](http://a.b/c_(d)) now"),
            ("so[^", "so"),
            ("so[^1", "so"),
            ("so[^1]", "so[^1]"),
        ] {
            assert_eq!(mend(half), whole, "{half}");
        }
    }

    #[test]
    fn bare_marks_wait() {
        for (half, whole) in [
            ("#", ""),
            ("## ", ""),
            ("-", ""),
            ("text\n-", "text\n"),
            ("text\n==", "text\n"),
            ("- a\n- ", "- a\n"),
            ("- a\n- [", "- a\n"),
            ("- a\n- [x", "- a\n"),
            ("1.", ""),
            ("> ", ""),
            ("> [", ""),
            ("> [!NO", ""),
            ("> [!NOTE]", "> [!NOTE]"),
            ("> [!NOTE]\n> [a", "> [!NOTE]\n> a"),
            ("> [!NOPE", ""),
            ("```ru", ""),
            ("text\n``", "text\n"),
            ("## A", "## A"),
            ("- [x] a", "- [x] a"),
            ("- \\", ""),
            ("- a\n- $", "- a\n"),
            ("- a\n- $$", "- a\n"),
            ("a\n> \\[\n> ", "a\n"),
        ] {
            assert_eq!(mend(half), whole, "{half}");
        }
    }

    #[test]
    fn tables_begin_with_their_header() {
        assert_eq!(mend("| a | b"), "| a | b\n|-|-|");
        assert_eq!(mend("| **a"), "| **a**\n|-|");
        assert_eq!(mend("| a | b |\n"), "| a | b |\n|-|-|");
        assert_eq!(mend("| a | b |\n|--"), "| a | b |\n|-|-|");
        assert_eq!(mend("| a | b |\n|---|---|\n| **c"), "| a | b |\n|---|---|\n| **c**");
        assert_eq!(mend("text\n\n| a |"), "text\n\n| a |\n|-|");
        assert_eq!(mend("| $x"), "| |\n|-|");
        assert_eq!(mend("| $|x|$ | b"), "| $|x|$ | b\n|-|-|");
        assert_eq!(mend("| a \\| b | c \\|"), "| a \\| b | c \\|\n|-|-|");
    }

    #[test]
    fn tables_begin_in_quotes_and_items_too() {
        for (half, whole) in [
            ("> | a | b |", "> | a | b |\n> |-|-|"),
            ("> | a |\n> |-", "> | a |\n> |-|"),
            ("> c\n>\n> | **a", "> c\n>\n> | **a**\n> |-|"),
            ("> [!TIP]\n> | a", "> [!TIP]\n> | a\n> |-|"),
            ("- | a", "- | a\n  |-|"),
            ("1. c:\n   | a", "1. c:\n   | a\n   |-|"),
            ("1. c\n\n   - d\n\n     | a", "1. c\n\n   - d\n\n     | a\n     |-|"),
            ("- > | a", "- > | a\n  > |-|"),
            ("c\n| a", "c\n| a\n|-|"),
        ] {
            assert_eq!(mend(half), whole, "{half}");
        }
    }

    #[test]
    fn no_table_begins_where_its_rule_would_not_count() {
        for half in [
            "> c\n| a",
            "- c\n| a",
            "c\n\n    | a",
            "- c\n\n      | a",
            "a | b\n- | -\n| a",
            "> | a |\n> |---|\n> | a",
            "- | a |\n  |---|\n  | a",
            "> | a |\n>\n",
        ] {
            assert_eq!(mend(half), half);
        }
    }

    #[test]
    fn code_stays_as_it_is() {
        assert_eq!(mend("- ```c\n  a *b"), "- ```c\n  a *b");
        assert_eq!(mend("- ```c\n  a\n  ``"), "- ```c\n  a\n");
        assert_eq!(mend("- ```c\n  a\n  ```\n  b *c"), "- ```c\n  a\n  ```\n  b *c*");
    }
}
