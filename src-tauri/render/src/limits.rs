//! How much is typeset. What is larger is shown as plain text, so that no answer can stop the program.

/// Bytes of one paragraph, list item or table row. Room for an embedded picture of two megabytes.
pub(crate) const UNIT: usize = 3 << 20;

/// Elements inside each other; deeper ones keep their text and lose their markup.
pub(crate) const ELEMENT_DEPTH: usize = 100;

/// Columns of a table.
pub(crate) const COLUMNS: usize = 200;

/// Cells of a table that may be missing in its source, beyond one for each that is there.
pub(crate) const MISSING_CELLS: usize = 2000;

/// Bytes of a link's target.
pub(crate) const TARGET: usize = 4096;

/// Bytes of an embedded picture, and its pixels: the page takes four bytes for each.
pub(crate) const PICTURE: usize = 2 << 20;
pub(crate) const PIXELS: u64 = 16 << 20;

/// Hidden characters in a row that are spelled out.
pub(crate) const HIDDEN_RUN: usize = 64;

/// Elements inside one paragraph, heading or cell. The page lays them out together, and whatever changes among them costs all of
/// them: a thousand take 30 ms, two and a half thousand 400.
pub(crate) const INLINE_ELEMENTS: usize = 1_000;

/// What an answer may cost the page: its elements and blocks, and for a code block's frame and buttons many more. What comes after
/// so much is plain text until somebody asks for more. A good answer of a megabyte costs some 90,000.
pub(crate) const ANSWER: usize = 120_000;
pub(crate) const FIGURE: usize = 50;
pub(crate) const BLOCK: usize = 5;

/// Bytes of plain text that are one block.
pub(crate) const REST: usize = 4 << 10;

/// Lines of text that is not typeset.
pub(crate) const LINES: usize = 10_000;

/// References to footnotes among them: raised text costs the page far more.
pub(crate) const NOTES: usize = 250;

/// Link definitions and footnotes of one document.
pub(crate) const DEFINITIONS: usize = 1000;

/// Bytes of a formula.
pub(crate) const FORMULA: usize = 8 << 10;

/// Braces and environments of a formula inside each other.
pub(crate) const FORMULA_DEPTH: usize = 100;

/// Commands of a formula: each may be inside the one before it. The library takes up to 2 KiB of stack for one.
pub(crate) const COMMANDS: usize = 500;

/// Bytes of a formula once it is typeset.
pub(crate) const MATHML: usize = 256 << 10;

/// Bytes, lines and bytes of one line of a diagram's source.
pub(crate) const DIAGRAM: usize = 8 << 10;
pub(crate) const DIAGRAM_LINES: usize = 200;
pub(crate) const DIAGRAM_LINE: usize = 400;

/// Nodes and edges of a diagram, by kind: the usual is drawn in some 10 ms, the densest in some 200 ms.
pub(crate) const FLOWCHART: (usize, usize) = (40, 60);
pub(crate) const SEQUENCE: (usize, usize) = (20, 100);
pub(crate) const GRAPH: (usize, usize) = (30, 40);

/// Groups of nodes in a diagram.
pub(crate) const SUBGRAPHS: usize = 8;

/// Pixels of a diagram's sides, and bytes of its picture.
pub(crate) const DRAWING_SIDE: f32 = 4000.0;
pub(crate) const DRAWING: usize = 256 << 10;
