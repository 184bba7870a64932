//! What a person does outside the page: native windows, keys, the clipboard, a look at the whole screen.

use std::path::Path;

use crate::process::{ask, tell};
use crate::world::World;
use crate::{Result, Trouble, holds, until};

/// The desktop of a world.
#[derive(Debug, Clone, Copy)]
pub struct Desktop<'a>(pub &'a World);

impl Desktop<'_> {
    /// Waits for a window whose title contains `title`; returns its number.
    pub async fn window(&self, title: &str) -> Result<String> {
        until(format!("a window called “{title}”"), async || {
            Ok(self.windows(title).await?.pop())
        })
        .await
    }

    /// Whether such a window is there now.
    pub async fn shows(&self, title: &str) -> Result<bool> {
        Ok(!self.windows(title).await?.is_empty())
    }

    /// Waits until no such window is there.
    pub async fn loses(&self, title: &str) -> Result<()> {
        holds(format!("the end of “{title}”"), async || Ok(!self.shows(title).await?)).await
    }

    /// Presses keys in the window of this title, one after the other, in xdotool's names: `Tab`, `Return`, `alt+F4`.
    pub async fn press(&self, title: &str, keys: &str) -> Result<()> {
        self.focus(title).await?;
        let mut arguments = vec!["key", "--delay", "60"];
        arguments.extend(keys.split(' '));
        self.xdotool(&arguments, b"")
            .await?
            .ok_or_else(|| Trouble::new("xdotool could not press"))?;
        Ok(())
    }

    /// Presses keys wherever the keyboard is.
    pub async fn press_anywhere(&self, keys: &str) -> Result<()> {
        let pressed = self.xdotool(&["key", keys], b"").await?;
        pressed.map(drop).ok_or_else(|| Trouble::new("xdotool could not press"))
    }

    /// Types into the window of this title. The text goes by standard input: arguments are there for everybody to read.
    pub async fn type_text(&self, title: &str, text: &str) -> Result<()> {
        self.focus(title).await?;
        let arguments = ["type", "--delay", "15", "--file", "-"];
        self.xdotool(&arguments, text.as_bytes())
            .await?
            .ok_or_else(|| Trouble::new("xdotool could not type"))?;
        Ok(())
    }

    /// Copies a text, as if from another program.
    pub async fn copy(&self, text: &str) -> Result<()> {
        let mut command = self.0.command("xclip");
        command.args(["-selection", "clipboard", "-in"]);
        // It goes on in the background and serves the text until somebody else copies something.
        tell(command, text.as_bytes()).await?;
        let copied = format!("“{}…” on the clipboard", text.chars().take(8).collect::<String>());
        holds(copied, async || Ok(self.clipboard().await? == text)).await
    }

    /// What is on the clipboard; nothing is the empty text.
    pub async fn clipboard(&self) -> Result<String> {
        self.clipboard_as("UTF8_STRING").await
    }

    /// The same in one of the forms that are offered there, such as `text/html`.
    pub async fn clipboard_as(&self, form: &str) -> Result<String> {
        let mut command = self.0.command("xclip");
        command.args(["-selection", "clipboard", "-out", "-target", form]);
        Ok(ask(command, b"").await?.unwrap_or_default())
    }

    /// How high a window is, and the screen.
    pub async fn heights(&self, window: &str) -> Result<(u32, u32)> {
        let height = async |arguments: &[&str], line: &str| {
            let said = self.xdotool(arguments, b"").await?.unwrap_or_default();
            let found = said.lines().find_map(|said| said.strip_prefix(line)?.trim().parse().ok());
            found.ok_or_else(|| Trouble::new(format!("xdotool gave no height: {said}")))
        };
        let window = height(&["getwindowgeometry", "--shell", window], "HEIGHT=").await?;
        Ok((window, height(&["getdisplaygeometry", "--shell"], "HEIGHT=").await?))
    }

    /// Makes the window of this title so large.
    pub async fn resize(&self, title: &str, width: u32, height: u32) -> Result<()> {
        let window = self.window(title).await?;
        let (width, height) = (width.to_string(), height.to_string());
        self.xdotool(&["windowsize", "--sync", &window, &width, &height], b"").await?;
        Ok(())
    }

    /// Saves a picture of the whole screen.
    pub async fn picture(&self, file: &Path) -> Result<()> {
        let mut command = self.0.command("import");
        command.args(["-window", "root"]).arg(file);
        tell(command, b"").await
    }

    /// The numbers of the windows whose title contains `title`.
    pub async fn windows(&self, title: &str) -> Result<Vec<String>> {
        let found = self.xdotool(&["search", "--onlyvisible", "--name", title], b"").await?;
        Ok(found.unwrap_or_default().lines().map(str::to_owned).collect())
    }

    async fn focus(&self, title: &str) -> Result<()> {
        let window = self.window(title).await?;
        holds(format!("the keyboard in “{title}”"), async || {
            if self.active().await?.as_deref() == Some(&window) {
                return Ok(true);
            }
            self.xdotool(&["windowactivate", &window], b"").await?;
            Ok(false)
        })
        .await
    }

    async fn active(&self) -> Result<Option<String>> {
        let said = self.xdotool(&["getactivewindow"], b"").await?;
        Ok(said.map(|number| number.trim().to_owned()))
    }

    async fn xdotool(&self, arguments: &[&str], input: &[u8]) -> Result<Option<String>> {
        let mut command = self.0.command("xdotool");
        command.args(arguments);
        ask(command, input).await
    }
}
