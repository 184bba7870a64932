//! Environments of LaTeX that are formulas by themselves, as models write them without any marks around.

const NAMES: [&str; 30] = [
    "align",
    "align*",
    "aligned",
    "alignat",
    "alignat*",
    "alignedat",
    "array",
    "bmatrix",
    "Bmatrix",
    "cases",
    "dcases",
    "displaymath",
    "eqnarray",
    "eqnarray*",
    "equation",
    "equation*",
    "flalign",
    "flalign*",
    "gather",
    "gather*",
    "gathered",
    "math",
    "matrix",
    "multline",
    "multline*",
    "pmatrix",
    "smallmatrix",
    "split",
    "vmatrix",
    "Vmatrix",
];

/// The name of the environment that a text begins.
pub(crate) fn begun(text: &str) -> Option<&str> {
    let name = text.strip_prefix("\\begin{")?.split_once('}')?.0;
    NAMES.contains(&name).then_some(name)
}

/// What ends it.
pub(crate) fn end(name: &str) -> String {
    ["\\end{", name, "}"].concat()
}

/// Bytes of the environment that a text begins with and that ends in it. None if it has no end.
pub(crate) fn whole(text: &str, name: &str) -> Option<usize> {
    let end = end(name);
    text.find(&end).map(|at| at + end.len())
}

/// What follows the end of one that a text begins with.
pub(super) fn without_end(text: &str) -> Option<&str> {
    text.strip_prefix("\\end{")?.split_once('}').map(|(_, after)| after)
}
