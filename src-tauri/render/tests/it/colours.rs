//! Code in many languages, and the classes of its words.

use render::render;

/// The code of a fence as lines, with `‹class:token›` for each element.
fn colours(language: &str, code: &str) -> String {
    let html = render(&format!("````{language}\n{code}\n````")).remove(0);
    let (_, rest) = html.split_once("<code>").unwrap();
    let (lines, _) = rest.rsplit_once("<span data-line").unwrap();
    let mut out = String::new();
    for line in lines.split_terminator("\n</span>") {
        let line = line.strip_prefix("<span class=\"line\">").unwrap();
        out += &line.replace("<span class=\"", "‹").replace("\">", ":").replace("</span>", "›");
        out.push('\n');
    }
    let text = out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    text.trim_end_matches('\n').to_owned()
}

#[test]
fn words_have_their_classes() {
    for (language, code, expected) in CASES {
        assert_eq!(colours(language, code), *expected, "{language}");
    }
}

const CASES: &[(&str, &str, &str)] = &[
    (
        "rust",
        "/// Sleeps.\npub async fn retry<T>(mut op: F, max: u32) -> Result<T, E> {\n    let x: &'a str = op().await;\n    Err(_) if n < 2_u32.pow(n) => unreachable!(\"the loop\"),\n    Duration::from_millis(200) != Duration::ZERO",
        "‹c:/// Sleeps.›\n‹k:pub async fn› ‹f:retry›<T>(‹k:mut› op: F, max: ‹t:u32›) -> ‹t:Result›<T, E> {\n    ‹k:let› x: &‹m:'a› ‹t:str› = ‹f:op›().‹k:await›;\n    ‹t:Err›(_) ‹k:if› n < ‹n:2_u32›.‹f:pow›(n) => ‹m:unreachable!›(‹s:\"the loop\"›),\n    ‹t:Duration›::‹f:from_millis›(‹n:200›) != ‹t:Duration›::‹n:ZERO›",
    ),
    (
        "rs",
        "#[derive(Debug)]\nlet a = r#\"x\n\" y\"#; b'\\''; '\"';\n/* a /* b */\nc */ 0..10",
        "‹m:#[derive(Debug)]›\n‹k:let› a = ‹s:r#\"x›\n‹s:\" y\"#›; b‹s:'\\''›; ‹s:'\"'›;\n‹c:/* a /* b */›\n‹c:c */› ‹n:0›..‹n:10›",
    ),
];
