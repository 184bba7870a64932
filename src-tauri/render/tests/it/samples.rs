//! Texts to render, and numbers that look random but are the same in every run.

/// A little of everything.
pub(crate) const EVERYTHING: &str = "# Title with `code`\n\nFirst *paragraph* with **bold**, a [link](https://example.org/a?b=c) and\na second line.\n\n- one\n- two\n  - inner\n- three\n\n1. first\n\n2. second\n\n   more of it\n\n```rust\nfn main() {\n    println!(\"<&>\");\n}\n```\n\n| Name | Count |\n|:-----|------:|\n| `a` | 1 |\n| b<br>c | 2 |\n\n> quoted\n> > deeper\n\n> [!NOTE]\n> A *callout*\n> - with a list\n\nSetext\n------\n\nText with [ref] and note[^1].\n\n* * *\n\n<div onclick=\"x\">\nraw\n</div>\n\n- [ ] open\n- [x] done\n\n    indented code\n\n![alt](https://example.org/p.png) ~~gone~~ https://auto.link/x\n\n[ref]: https://example.org/ref \"title\"\n\n[^1]: The note.\n\nThen $x^2$ for $5, \\(a_1\\) and\n$$\n- a\n+ b\n$$\n\n1. so\n   \\[\n   x = 1\n   \\]\n2. $$y$$\n\n| $|z|$ | b |\n|---|---|\n| `$` | $c$ |\n\nEnd \u{202e}hidden\u{200b}.\n";

/// Code whose colours depend on the lines above, also inside other blocks.
pub(crate) const CODE: &str = r##"Some code:

```rust retry.rs
/* a comment
   over /* nested */ lines */ pub async fn f<'a>() -> u32 {
    let s = r#"raw
 "text""#;
    vec![b'x', '\'', 1_000u64]
}
```

- item

  ```sh
  cat <<'END' > file
  $not a variable `
  END
  echo "two
  lines $x" # done
  ```

> ```python
> """doc
> string""" and f"{x!r} {'é漢'}"
> ```

~~~tsx
const a = <p className="x">it's {`a ${b + `${c}`} d`} </p>;
/* open
~~~

```diff
--- a/x
+++ b/x
@@ -1 +1 @@
-old
+new
```

1. ```html
   <script>
   let x = "</" + 1; // <b>
   </script>
   <p class="a">text</p>
   ```

```yaml
key: |
  text: # not a comment
other: [1, true]
```
"##;

/// Long blocks of each kind.
pub(crate) fn long_blocks() -> String {
    let mut text = String::from("Intro:\n\n");
    for number in 0..40 {
        text += &format!("- item {number} with **bold** text and `code`\n");
    }
    text += "\nA paragraph ";
    for number in 0..120 {
        text += &format!("with word {number} and *emphasis {number}*, ");
    }
    text += "end.\n\n| a | b | c |\n|---|:--|--:|\n";
    for number in 0..50 {
        text += &format!("| row {number} | `x{number}` | {number} |\n");
    }
    text += "\n```python\n";
    for number in 0..80 {
        text += &format!("print({number})  # <comment> & more\n");
    }
    text += "```\n\n1. loose\n\n2. list\n\n";
    for number in 3..30 {
        text += &format!("{number}. number {number}\n\n   with a paragraph\n\n");
    }
    text + "Done"
}

/// Sentences as a model writes them, about `size` bytes, with code, lists and tables between them.
pub(crate) fn answer(size: usize) -> String {
    let mut dice = Dice(7);
    let mut text = String::with_capacity(size + 4000);
    while text.len() < size {
        match dice.below(9) {
            0 => text += &format!("## Section {}\n\n", dice.below(100)),
            1 => {
                for _ in 0..3 + dice.below(6) {
                    let words = sentence(&mut dice);
                    text += &format!("- **{}**: {words}\n", dice.below(100));
                }
                text.push('\n');
            }
            2 => {
                text += "```rust\n";
                for _ in 0..5 + dice.below(30) {
                    text += &format!("    let x{} = f({});\n", dice.below(100), dice.below(9));
                }
                text += "```\n\n";
            }
            3 => {
                text += "| Name | Value |\n|---|---:|\n";
                for _ in 0..3 + dice.below(8) {
                    text += &format!("| thing {} | {} |\n", dice.below(100), dice.below(9999));
                }
                text.push('\n');
            }
            _ => {
                for _ in 0..2 + dice.below(4) {
                    text += &sentence(&mut dice);
                }
                text += "\n\n";
            }
        }
    }
    text
}

fn sentence(dice: &mut Dice) -> String {
    const WORDS: [&str; 12] = [
        "the",
        "server",
        "waits",
        "for",
        "**every**",
        "client",
        "with",
        "`jitter`",
        "and",
        "a",
        "*growing*",
        "pause",
    ];
    let mut words: Vec<_> = (0..6 + dice.below(12)).map(|_| WORDS[dice.below(12)]).collect();
    words.push("again. ");
    words.join(" ")
}

/// SplitMix64.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap()
    }

    /// Words and marks in any order: most of what can go wrong.
    pub(crate) fn soup(&mut self, parts: usize) -> String {
        const PARTS: [&str; 78] = [
            "$",
            "$",
            "$$",
            "$$\n",
            "$x$",
            "\\(",
            "\\)",
            "\\[",
            "\\]\n",
            "\n$$\n",
            "\\frac{a}{b}",
            "x = 1",
            "word ",
            "two words",
            "\n",
            "\n",
            "\n\n",
            "\n\n",
            "- ",
            "* ",
            "1. ",
            "2) ",
            "> ",
            "\n> [!NOTE]\n> ",
            "```sh\ncat <<E \"",
            "# ",
            "## ",
            "```",
            "```rust\n",
            "\n```\n",
            "~~~\n",
            "    ",
            "  ",
            "\t",
            "**",
            "*",
            "_",
            "~~",
            "`",
            "``",
            "[",
            "]",
            "](",
            "](https://a.b)",
            ")",
            "![",
            "[^1]",
            "\n\n[^1]: note\n\n",
            "[r]",
            "\n\n[r]: https://r.s\n\n",
            "| a | b |\n",
            "|---|--:|\n",
            "| c |\n",
            "|",
            "---\n",
            "===\n",
            "<div>",
            "<!--",
            "-->",
            "<br>",
            "&amp;",
            "\\",
            "https://x.yz ",
            "é漢",
            "\u{202e}",
            "\r\n",
            "~",
            "**（a）**",
            "的",
            "https://a.b/c，",
            "www.a.b",
            "\\begin{align}\n",
            "\\end{align}\n",
            "```md\n",
            "      - ",
            "`a|b`",
            "\u{e200}cite\u{e202}",
            "\u{e201}",
        ];
        (0..parts).map(|_| PARTS[self.below(PARTS.len())]).collect()
    }
}
