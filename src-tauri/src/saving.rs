//! Files that are written where a person says natively: a report, a table.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::ipc::{AppError, ErrorCode};
use crate::state::AppState;

/// What a file is written through.
pub type Out<'f> = BufWriter<&'f mut File>;

/// Asks natively where to, and writes it there whole or not at all.
pub async fn save<T: Send + 'static>(
    state: &AppState,
    title: &str,
    name: String,
    content: impl FnOnce(&mut Out<'_>) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let path = state.desktop.files.pick_new(title.to_owned(), name).await?;
    let written = tokio::task::spawn_blocking(move || write(&path, content)).await;
    written.map_err(|_| AppError::of(ErrorCode::Internal))?
}

/// It is written beside its name and moved there, so that nobody finds half of one.
pub fn write<T>(
    path: &Path,
    content: impl FnOnce(&mut Out<'_>) -> Result<T, AppError>,
) -> Result<T, AppError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(not_written)?;
    let mut out = BufWriter::new(file.as_file_mut());
    let told = content(&mut out)?;
    out.flush().map_err(not_written)?;
    drop(out);
    file.persist(path).map_err(|error| not_written(error.error))?;
    Ok(told)
}

/// Says that a file could not be written, and why.
pub fn not_written(error: std::io::Error) -> AppError {
    AppError::with_detail(ErrorCode::FileNotWritten, error.kind().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_or_stays_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.txt");
        let whole = |text: &'static str| {
            write(&path, move |out| {
                out.write_all(text.as_bytes()).map_err(not_written)?;
                Ok(text.len())
            })
        };
        assert_eq!([whole("first").unwrap(), whole("second").unwrap()], [5, 6]);
        let broken: Result<(), _> = write(&path, |out| {
            out.write_all(b"half").map_err(not_written)?;
            Err(AppError::of(ErrorCode::NotFound))
        });
        assert_eq!(broken.unwrap_err().code, ErrorCode::NotFound);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "second");
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing is left beside it"
        );
        let nowhere = folder.path().join("none").join("report.txt");
        let written = write(&nowhere, |_| Ok(()));
        assert_eq!(written.unwrap_err().code, ErrorCode::FileNotWritten);
    }
}
