use wire::{Format, Provider};

use super::*;

fn of(provider: &str, model: &str) -> Takes {
    let provider = Provider::stored(provider);
    let format = provider.formats().next().unwrap_or(Format::ChatCompletions);
    let address = provider.address().unwrap_or("http://127.0.0.1:9/v1");
    Takes::of(provider, address, format, model, Day::parse("2026-11-29").unwrap())
}

fn endpoint(provider: &str) -> Endpoint {
    let provider = Provider::stored(provider);
    let address = provider.address().unwrap_or("http://127.0.0.1:9/v1");
    let base = vault::BaseUrl::parse(address).unwrap();
    Endpoint::of(&history::Connection {
        id: "c".into(),
        provider: provider.id().into(),
        name: "Test".into(),
        origin: base.origin().to_string(),
        address: address.into(),
        key: None,
        refuses_stream_options: false,
        format: None,
        upkeep: history::Upkeep::default(),
        created_ms: 0,
        last_used_ms: None,
    })
    .unwrap()
}

fn picture(size: i64) -> Attachment {
    let facts = Facts { width: Some(1_000), height: Some(750), ..Facts::default() };
    Attachment {
        place: 1,
        is_image: true,
        name: "cat.png".into(),
        media_type: "image/png".into(),
        size,
        words: None,
        facts: facts.to_stored(),
        preview: None,
    }
}

/// Ten seconds.
fn audio(media_type: &str) -> Attachment {
    Attachment {
        is_image: false,
        name: "talk".into(),
        media_type: media_type.into(),
        facts: Facts { length_ms: Some(10_000), ..Facts::default() }.to_stored(),
        ..picture(160_000)
    }
}

fn document(pages: u32, words: Option<i64>) -> Attachment {
    Attachment {
        is_image: false,
        media_type: "application/pdf".into(),
        words,
        facts: Facts { pages: Some(pages), ..Facts::default() }.to_stored(),
        ..picture(30_000)
    }
}

/// What goes of a file that is one part.
fn part(takes: &Takes, kept: &Kept, number: usize) -> Part {
    let mut parts = parts(takes, kept, number, &Drawn::default());
    assert_eq!(parts.len(), 1);
    parts.remove(0)
}

fn trouble(
    provider: &str,
    model: &str,
    before: &[Attachment],
    new: &[Attachment],
) -> Option<Failure> {
    check(&endpoint(provider), model, before, new).err()
}

#[test]
fn each_limit_is_said_with_its_number() {
    let six: Vec<_> = (0..6).map(|_| picture(10)).collect();
    let failure = trouble("groq", "any", &six[..5], &six[5..]).unwrap();
    assert_eq!(failure.trouble, Trouble::TooManyPictures);
    assert_eq!(failure.detail.as_deref(), Some("6 pictures; the most is 5"));
    assert_eq!(trouble("groq", "any", &six[..4], &six[5..]), None);
    let failure = trouble("anthropic", "claude-opus-5", &[], &[picture(4_000_000)]).unwrap();
    assert_eq!(failure.trouble, Trouble::FilesTooLarge);
    assert_eq!(failure.detail.as_deref(), Some("“cat.png” has 5.1 MB; the most is 5 MB"));
    let many: Vec<_> = (0..9).map(|_| picture(3_000_000)).collect();
    let failure = trouble("google", "gemini-4-argon", &[], &many).unwrap();
    assert_eq!(failure.detail.as_deref(), Some("34.4 MB in all; the most is 20 MB"));
    let blind = trouble("openAi", "gpt-3.5-turbo", &[], &[picture(10)]).unwrap();
    assert_eq!(blind.trouble, Trouble::NoPictures);
    assert_eq!(trouble("openAi", "gpt-3.5-turbo", &[picture(10)], &[]), None, "a chat goes on");
    let deaf = trouble("anthropic", "claude-opus-5", &[], &[audio("audio/mpeg")]).unwrap();
    assert_eq!(deaf.trouble, Trouble::NoAudio);
    assert_eq!(trouble("anthropic", "claude-opus-5", &[audio("audio/mpeg")], &[]), None);
    let odd = trouble("openAi", "gpt-audio", &[], &[audio("audio/mp4")]).unwrap();
    assert_eq!(odd.trouble, Trouble::AudioKind);
    assert_eq!(odd.detail.as_deref(), Some("“talk” is M4A; it takes WAV, MP3"));
    assert_eq!(trouble("openAi", "gpt-audio", &[], &[audio("audio/mpeg")]), None);
    assert_eq!(trouble("other", "anything", &[], &[audio("audio/wav")]), None, "it may hear");
    let scanned = trouble("groq", "any", &[], &[document(3, None)]).unwrap();
    assert_eq!(scanned.trouble, Trouble::NoWords);
    assert_eq!(trouble("groq", "any", &[], &[document(3, Some(900))]), None);
    assert_eq!(trouble("mistral", "any", &[], &[document(3, None)]), None, "it reads it itself");
}

#[test]
fn a_small_file_of_many_pages_is_reserved_for_by_its_pages() {
    let mut file = File::of("plan.pdf", "application/pdf", vec![b'%'; 130_000]);
    file.words = Some("w".repeat(250_000));
    file.facts = Facts { pages: Some(90), ..Facts::default() }.to_stored();
    let takes = of("google", "gemini-4-argon");
    let Part::File { tokens, .. } = part(&takes, &Kept::File(file), 1) else {
        panic!("it goes as it is")
    };
    let said = Attachment { size: 130_000, ..document(90, Some(250_000)) };
    assert_eq!(tokens, weight(&takes, &said).at_most, "as much as is said before it is sent");
    assert!(tokens >= 90 * 10_000);
}

#[test]
fn a_document_goes_whole_where_it_is_taken_and_by_its_words_elsewhere() {
    let mut file = File::of("secret plan.pdf", "application/pdf", &b"%PDF-"[..]);
    file.words = Some("The plan.".to_owned());
    file.facts = Facts { pages: Some(120), cut: true, ..Facts::default() }.to_stored();
    let kept = Kept::File(file);
    let sent = |takes: &Takes| part(takes, &kept, 2);
    assert!(
        matches!(sent(&of("google", "gemini-4-argon")), Part::File { name, .. } if name == "document-2.pdf")
    );
    let words = "<file number=\"2\" holds=\"the words of a PDF\">\nThe plan.\n[The rest could not be read.]\n</file>";
    for takes in [of("anthropic", "claude-opus-5"), of("groq", "any")] {
        assert_eq!(sent(&takes), Part::Text(words.to_owned()));
    }
    let picture = Kept::Image(File::of("me.png", "image/png", &b"x"[..]));
    let mut sheet = File::of("costs.xlsx", files::Format::Xlsx.media_type(), &b"PK"[..]);
    sheet.words = Some("1\t2".to_owned());
    let cells = "<file number=\"3\" holds=\"the cells of a spreadsheet\">\n1\t2\n</file>";
    let sent = part(&of("google", "gemini-4-argon"), &Kept::File(sheet), 3);
    assert_eq!(sent, Part::Text(cells.to_owned()), "no provider takes it whole");
    let unseen = part(&of("openAi", "gpt-3.5-turbo"), &picture, 1);
    assert_eq!(unseen, Part::Text(UNSEEN.to_owned()));
    assert!(matches!(part(&of("groq", "any"), &picture, 1), Part::Image { .. }));
}

#[test]
fn who_hears_in_one_format_only_is_spoken_to_in_that() {
    let heard = |provider: &str, model: &str| {
        let endpoint = endpoint(provider);
        let hearing = wire::Hearing::of(endpoint.provider, model);
        endpoint.hearing(hearing).format
    };
    assert_eq!(heard("openAi", "gpt-audio"), Format::ChatCompletions);
    assert_eq!(heard("openAi", "gpt-5.1"), Format::Responses);
    assert_eq!(heard("google", "gemini-3.8-flash"), Format::Gemini);
}

#[test]
fn audio_goes_to_who_hears_it() {
    let mut file = File::of("talk.mp3", "audio/mpeg", &b"ID3"[..]);
    file.facts = Facts { length_ms: Some(10_000), ..Facts::default() }.to_stored();
    let kept = Kept::File(file);
    let sent = |takes: &Takes| part(takes, &kept, 1);
    let heard = sent(&of("openAi", "gpt-audio"));
    assert!(
        matches!(heard, Part::Audio { kind: AudioKind::Mp3, tokens: 123, .. }),
        "12.25 seconds: {heard:?}"
    );
    assert_eq!(sent(&of("openAi", "gpt-5.1")), Part::Text(UNHEARD.to_owned()));
    assert_eq!(sent(&of("anthropic", "claude-opus-5")), Part::Text(UNHEARD.to_owned()));
    assert!(is_audio(&kept) && !is_audio(&Kept::File(File::of("a", "text/plain", &b"a"[..]))));
}

/// Thirty pages, of which twenty were drawn.
fn scanned() -> Attachment {
    let facts = Facts {
        pages: Some(30),
        drawn: Some(20),
        drawn_bytes: Some(6_000_000),
        ..Facts::default()
    };
    Attachment { facts: facts.to_stored(), ..document(30, None) }
}

#[test]
fn a_scan_goes_by_its_pages_to_who_sees_and_is_sent_no_document() {
    let form_of = |takes: &Takes| {
        let facts = Facts::of_stored(&scanned().facts);
        form(takes, What::Pdf, &facts, 30_000, false)
    };
    assert_eq!(form_of(&of("google", "gemini-4-argon")), Form::Whole);
    assert_eq!(form_of(&of("other", "any")), Form::Pages(20));
    assert_eq!(form_of(&of("groq", "any")), Form::Pages(5), "as many as it takes");
    assert_eq!(form_of(&of("openAi", "gpt-3.5-turbo")), Form::Not, "it sees nothing");
    let blind = trouble("openAi", "gpt-3.5-turbo", &[], &[scanned()]).unwrap();
    assert_eq!(blind.trouble, Trouble::NoWords);
    assert_eq!(trouble("other", "any", &[], &[scanned()]), None);
    let two = trouble("groq", "any", &[scanned()], &[scanned()]).unwrap();
    assert_eq!(two.trouble, Trouble::TooManyPictures);
    let many = vec![scanned(); 3];
    let large = trouble("other", "any", &[], &many).unwrap();
    assert_eq!(large.detail.as_deref(), Some("22.9 MB in all; the most is 20 MB"));
    let read = |about, at_most| Weight { about, at_most, heard_at_most: 0 };
    assert_eq!(weigh(&of("other", "any"), &[scanned()]), read(32_000, 200_128));
    let mut file = File::of("scan.pdf", "application/pdf", &b"%PDF-"[..]);
    file.facts = scanned().facts;
    let lost = part(&of("other", "any"), &Kept::File(file), 1);
    assert_eq!(lost, Part::Text(UNDRAWN.to_owned()));
}

#[test]
fn files_are_weighed_as_they_go() {
    let read = |about, at_most| Weight { about, at_most, heard_at_most: 0 };
    let claude = of("anthropic", "claude-opus-5");
    let weight = weigh(&claude, &[picture(10), document(3, Some(900))]);
    assert_eq!(weight, read(1_000 + 6_000, 10_000 + 40_000));
    assert_eq!(weigh(&of("groq", "any"), &[document(3, Some(900))]), read(225, 964));
    let google = of("google", "gemini-4-argon");
    let heard = weigh(&google, &[audio("audio/mpeg")]);
    assert_eq!(heard, Weight { about: 320, at_most: 16, heard_at_most: 392 });
    let endless = Attachment { facts: String::new(), ..audio("audio/mpeg") };
    let heard = weigh(&google, std::slice::from_ref(&endless));
    assert_eq!((heard.about, heard.heard_at_most), (1_280, 1_048_576), "all that it can hear");
    let anywhere = weigh(&of("other", "any"), &[endless]);
    assert_eq!(anywhere.heard_at_most, u64::MAX / 4, "and of others nobody knows");
}
