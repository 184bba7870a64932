//! Searching the web: only where it is wanted, counted, with its sources, and with what is kept of it for the next question.

use history::{Connection, Status};
use turn::Ask;
use wire::Format;

use crate::stage::{Heard, Stage};

const SEARCHES: &str = r#"{"search":true}"#;

async fn stage(format: Format) -> Stage {
    let stage = Stage::speaking(format).await;
    let connection = stage.history.connections().unwrap().remove(0);
    let practising = Connection { provider: "practice".to_owned(), ..connection };
    stage.history.put_connection(&practising).unwrap();
    stage
}

#[tokio::test]
async fn an_answer_that_searches_has_sources_and_a_count() {
    for format in Format::ALL {
        let stage = stage(format).await;
        let plain = stage.answer("practice-everything").await;
        assert_eq!(plain.status, Status::Complete, "{format:?}");
        let counted = plain.cost.usage.unwrap_or_default();
        assert!(!counted.contains(r#""searches":1"#), "off: {format:?}");
        let mut ask = stage.message(None, "practice-everything", "Hello");
        if let Ask::Message { parameters, .. } = &mut ask {
            *parameters = SEARCHES.to_owned();
        }
        let (heard, first) = stage.run(ask).await;
        // Two have no search of their own, and are not asked for one.
        let searches = !matches!(format, Format::Ollama | Format::Cohere);
        let usage = first.cost.usage.clone().unwrap_or_default();
        let at = format!("{format:?}: {first:?}");
        assert_eq!((first.status, first.skipped), (Status::Complete, 0), "{at}");
        assert_eq!(usage.contains(r#""searches":1"#), searches, "{at}");
        let sources = first.sources.as_deref().unwrap_or_default();
        assert!(!searches || sources.contains("https://example.com/2"), "{at}");
        assert_eq!(first.cost.nano, Some(0), "{at}");
        // Gemini says at the end which words rest on what: by then they are shown.
        let is_marked_late = heard.contains(&Heard::Marked);
        assert_eq!(is_marked_late, format == Format::Gemini, "{at}");
        let says_where = matches!(format, Format::Gemini | Format::Messages);
        assert_eq!(first.text.contains("[1]"), says_where, "{at}");
        // What was thought around a search goes back in a form that the server takes, or not at all.
        let again = stage.message(Some(first.conversation), "practice-everything", "Sure?");
        let (_, second) = stage.run(again).await;
        assert_eq!((second.status, second.failure.clone()), (Status::Complete, None), "{format:?}");
        let asked = stage.server.log().seen().pop().unwrap().body;
        assert!(!asked.contains("server_tool_use"), "{format:?}: {asked}");
    }
}
