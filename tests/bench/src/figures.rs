//! Figures, and the table they end up in.

/// One row of the table.
pub struct Row {
    /// Its number in the design's table of targets.
    pub number: &'static str,
    /// What was measured.
    pub what: String,
    /// The target.
    pub target: &'static str,
    /// The figure to hold against it.
    pub figure: String,
    /// What it was made of.
    pub detail: String,
}

/// The median.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Prints the table as Markdown.
pub fn print(rows: &[Row]) {
    println!("\n| # | what | target | measured | made of |\n|---|---|---|---|---|");
    for Row { number, what, target, figure, detail } in rows {
        println!("| {number} | {what} | {target} | **{figure}** | {detail} |");
    }
}
