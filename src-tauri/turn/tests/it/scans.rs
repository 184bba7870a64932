//! A scanned PDF: its pages go as pictures where it cannot go itself, drawn by a process that a script plays here.

use files::document::Reader;
use history::{File, Part, Route, Status, Step};
use turn::{Ask, Trouble, Turns};
use wire::Format;

use crate::stage::{Heard, Stage, failure};

/// A JPEG of eight times eight pixels, as the process that draws would say it.
const PAGE: &str = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==";

/// What draws so many pages of anything.
fn drawing(pages: usize) -> Option<Reader> {
    let line = format!(r#"echo '{{"page":"{PAGE}"}}'; "#);
    let script = format!("cat > /dev/null; {}", line.repeat(pages));
    Some(Reader::new("/bin/sh".into(), vec!["-c".to_owned(), script]))
}

/// A question about a scan of three pages, two of which were drawn.
fn ask(stage: &Stage) -> Ask {
    let mut file = File::of("a secret plan.pdf", "application/pdf", &b"%PDF-1.7 scan"[..]);
    file.facts = r#"{"pages":3,"drawn":2,"drawnBytes":500}"#.to_owned();
    let kept = stage.history.attach(None, &Part::File(file)).unwrap();
    let mut ask = stage.message(None, "parrot", "Sum up.");
    if let Ask::Message { files, .. } = &mut ask {
        files.push(kept.place);
    }
    ask
}

#[tokio::test]
async fn its_pages_go_as_pictures_in_every_format() {
    for format in Format::ALL {
        let stage = Stage::speaking(format).await;
        let stage = Stage { turns: Turns::default().drawing(drawing(2)), ..stage };
        let answer = stage.run(ask(&stage)).await.1;
        assert_eq!(answer.status, Status::Complete, "{format:?} {answer:?}");
        assert_eq!(answer.text.matches("I see a picture").count(), 2, "{format:?} {}", answer.text);
        assert!(answer.text.contains("the first 2 of 3 pages of a scanned PDF"), "{format:?}");
        // It goes along, and is not drawn anew: what drew it may be gone.
        let next = stage.message(Some(answer.conversation), "parrot", "Sure?");
        assert_eq!(stage.run(next).await.1.status, Status::Complete);
        let sent = stage.server.log().seen();
        assert!(sent.last().unwrap().body.contains(PAGE), "{format:?}");
        assert!(sent.iter().all(|seen| !seen.body.contains("secret")), "its name stays");
    }
}

#[tokio::test]
async fn what_cannot_be_drawn_is_said_and_the_chat_goes_on() {
    let stage = Stage::new().await;
    let stage = Stage { turns: Turns::default().drawing(drawing(0)), ..stage };
    let answer = stage.run(ask(&stage)).await.1;
    let failure = failure(&answer);
    assert_eq!(failure.trouble, Trouble::NoWords);
    let detail = "the pages of “a secret plan.pdf” could not be drawn";
    assert_eq!(failure.detail.as_deref(), Some(detail));
    assert!(stage.server.log().seen().is_empty(), "nothing was sent");
    // Drawn at the second try.
    let stage = Stage { turns: Turns::default().drawing(drawing(1)), ..stage };
    let again = Ask::Again { answer: answer.id, by: turn::By::Chosen };
    let answer = stage.run(again).await.1;
    assert_eq!(answer.status, Status::Complete);
    // And of what was asked before a note is enough.
    let stage = Stage { turns: Turns::default(), ..stage };
    let next = stage.message(Some(answer.conversation), "parrot", "Sure?");
    assert_eq!(stage.run(next).await.1.status, Status::Complete);
    let sent = stage.server.log().seen();
    assert!(sent.last().unwrap().body.contains("could not be drawn, so they were left out"));
}

#[tokio::test]
async fn what_cannot_be_drawn_for_one_of_a_route_is_asked_of_the_next() {
    let stage = Stage::new().await;
    let stage = Stage { turns: Turns::default().drawing(drawing(0)), ..stage };
    let step = |model: &str| Step { connection: stage.connection.clone(), model: model.to_owned() };
    let steps = vec![step("parrot"), step("practice")];
    let made = Route { name: "Everyday".into(), steps, ..Route::default() };
    let along = stage.history.add_route(&made).unwrap();
    let mut ask = ask(&stage);
    if let Ask::Message { route, .. } = &mut ask {
        *route = Some(along.id);
    }
    let (heard, _) = stage.run(ask).await;
    assert_eq!(heard[0], Heard::MovedOn(Trouble::NoWords, "practice".into()));
}
