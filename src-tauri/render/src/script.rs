//! Scripts whose words stand beside others without a space: what is written in another way next to them begins and ends there.

/// Whether it is a letter or a mark of Chinese, Japanese or Korean, or of a script of South-East Asia that knows no spaces.
pub(crate) const fn is_without_spaces(character: char) -> bool {
    matches!(
        character,
        '\u{e00}'..='\u{fff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1100}'..='\u{11ff}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{2e80}'..='\u{a4cf}'
            | '\u{a960}'..='\u{a97f}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe4f}'
            | '\u{ff01}'..='\u{ffef}'
            | '\u{1aff0}'..='\u{1b2ff}'
            | '\u{20000}'..='\u{3fffd}'
    )
}

/// Whether it is a full-width mark between words or around them.
pub(crate) const fn is_wide_mark(character: char) -> bool {
    matches!(
        character,
        '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}'
            | '\u{3014}'..='\u{301f}'
            | '\u{ff01}'..='\u{ff0f}'
            | '\u{ff1a}'..='\u{ff20}'
            | '\u{ff3b}'..='\u{ff40}'
            | '\u{ff5b}'..='\u{ff65}'
    )
}
