//! The other side: applies patches the way the window does.

use render::Patch;

#[derive(Default)]
pub(crate) struct Receiver {
    pub(crate) blocks: Vec<String>,
    pub(crate) bytes: usize,
}

impl Receiver {
    pub(crate) fn apply(&mut self, patch: Patch) {
        let mut kept = patch.keep;
        assert!(kept <= self.blocks.len(), "keeps what there is");
        if let Some(grow) = patch.grow {
            self.bytes += grow.done.len() + grow.line.len();
            grow_block(&mut self.blocks[kept], &grow.done, &grow.line);
            kept += 1;
        }
        self.blocks.truncate(kept);
        self.bytes += patch.blocks.iter().map(String::len).sum::<usize>();
        self.blocks.extend(patch.blocks);
    }
}

impl Receiver {
    /// What is in the place that shows what is being written, and after it.
    pub(crate) fn line(&self) -> &str {
        let last = self.blocks.last().map_or("", String::as_str);
        last.split_once("data-line=\"\">").map_or("", |(_, line)| line)
    }
}

/// Finds the one element with `data-line`; what is in it ends where the block's last elements end.
fn grow_block(block: &mut String, done: &str, line: &str) {
    assert_eq!(block.matches("data-line=\"\">").count(), 1, "one place to grow: {block}");
    let (open, ends): (&str, &[&str]) = if block.contains("<span data-line") {
        ("<span data-line=\"\">", &["</span></code></pre></figure>", "</span></p>"])
    } else if block.contains("<li data-line") {
        ("<li data-line=\"\">", &["</li></ul>", "</li></ol>"])
    } else if block.contains("<div data-line") {
        (
            "<div data-line=\"\">",
            &["</div></blockquote>", "</div></div>", "</div></li></ul>", "</div></li></ol>"],
        )
    } else {
        ("<tbody data-line=\"\">", &["</tbody></table></div>"])
    };
    let start = block.find(open).unwrap();
    let end = block.len() - ends.iter().find(|end| block.ends_with(**end)).unwrap().len();
    let grown =
        [&block[..start], done, &block[start..start + open.len()], line, &block[end..]].concat();
    *block = grown;
}
