//! A picture that an answer names: where it is, what to ask before it is loaded, and how it gets to the page.

use history::Message;
use render::{NoStill, still};
use url::Url;
use vault::{LoadError, Vault};

use crate::ipc::{AppError, ErrorCode, LoadedPicture};
use crate::native::Question;
use crate::words::{labels, links};

/// Bytes of a file; a photograph has less.
const CAP: usize = 12 << 20;

const ACCEPT: &str = "image/png, image/jpeg, image/webp, image/gif";

/// An address with more than this behind its host may carry words of the chat to whoever reads it.
const TELLTALE: usize = 100;

/// The address of the picture with this number, if the message names one.
pub fn address(message: &Message, number: &str) -> Result<Url, AppError> {
    let named =
        [&message.text, &message.reasoning].into_iter().flat_map(|text| render::pictures(text));
    let found = named.into_iter().find(|picture| picture.id == number);
    found.map(|picture| picture.address).ok_or_else(|| AppError::of(ErrorCode::NotFound))
}

/// The question to ask natively. The host is shown as it is looked up: in punycode.
pub fn question(address: &Url) -> Question {
    let host = address.host_str().unwrap_or_default().to_owned();
    let behind = address.path().len() + address.query().unwrap_or_default().len();
    let claims = vec![(labels::ADDRESS, address.as_str().to_owned())];
    Question::of(links::LOAD_PICTURE, vec![(labels::HOST, host)], claims)
        .warning_of((behind > TELLTALE).then_some(links::LONG_ADDRESS))
}

/// Loads it without any key, and gives the page pixels.
pub async fn load(vault: &Vault, address: &Url) -> Result<LoadedPicture, AppError> {
    let file = vault.load(address, ACCEPT, CAP).await.map_err(|error| unloaded(&error))?;
    let decoded = tauri::async_runtime::spawn_blocking(move || still(&file)).await;
    match decoded {
        Ok(Ok(still)) => Ok(LoadedPicture::from(still)),
        Ok(Err(NoStill::NotAPicture)) => Err(AppError::of(ErrorCode::NotAPicture)),
        Ok(Err(NoStill::TooLarge)) => Err(AppError::of(ErrorCode::PictureTooLarge)),
        Err(_) => Err(AppError::of(ErrorCode::Internal)),
    }
}

fn unloaded(error: &LoadError) -> AppError {
    match error {
        LoadError::TooLarge => AppError::of(ErrorCode::PictureTooLarge),
        LoadError::Send(_) | LoadError::Address | LoadError::Status(_) => {
            AppError::with_detail(ErrorCode::PictureMissing, error.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_shows_the_host_and_warns_of_long_addresses() {
        let short = question(&Url::parse("https://аpple.com/a.png").unwrap());
        assert!(short.facts.contains(&("Host".to_owned(), "xn--pple-43d.com".to_owned())));
        assert_eq!(short.warning, None);
        let long = format!("https://x.org/a.png?q={}", "secret".repeat(20));
        assert!(question(&Url::parse(&long).unwrap()).warning.is_some());
    }

    #[tokio::test]
    async fn what_comes_is_pixels_or_a_clear_error() {
        let dot = LoadedPicture::from(render::still(DOT).unwrap());
        assert!(dot.data_url.starts_with("data:image/png;base64,"), "{dot:?}");
        for (body, code) in
            [(&b"<svg onload=x>"[..], ErrorCode::NotAPicture), (b"", ErrorCode::NotAPicture)]
        {
            let address = serve(body).await;
            assert_eq!(load(&Vault::in_memory(), &address).await.unwrap_err().code, code);
        }
        assert_eq!(load(&Vault::in_memory(), &serve(DOT).await).await.unwrap(), dot);
    }

    /// A GIF of one pixel.
    const DOT: &[u8] =
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

    async fn serve(body: &'static [u8]) -> Url {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/a.gif", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            let _ = socket.read(&mut [0; 4096]).await;
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            socket.write_all(&[head.as_bytes(), body].concat()).await.unwrap();
        });
        Url::parse(&address).unwrap()
    }
}
