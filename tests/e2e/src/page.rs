//! The page as assistive technology hears it: things are found by role and name, as the UI contract lists them.

use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};
use thirtyfour::common::command::{Command, ExtensionCommand};
use thirtyfour::{By, WebDriver, WebElement};

use crate::{Result, Trouble, holds, until};

const NAMES: &str = include_str!("page/names.js");

/// A name, whole or its beginning.
#[derive(Debug, Clone, Copy)]
pub enum Name<'a> {
    /// Exactly this.
    Is(&'a str),
    /// This and more.
    Starts(&'a str),
}

impl<'a> From<&'a str> for Name<'a> {
    fn from(name: &'a str) -> Self {
        Self::Is(name)
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(name) => write!(f, "“{name}”"),
            Self::Starts(start) => write!(f, "“{start}…”"),
        }
    }
}

/// The page of the running program.
#[derive(Debug)]
pub struct Page(WebDriver);

impl Page {
    pub(crate) fn new(driver: WebDriver) -> Self {
        Self(driver)
    }

    /// Waits for the program's window whose page has a title that ends so, and turns to it.
    pub async fn turn_to(&self, title: &str) -> Result<()> {
        holds(format!("a page called “{title}”"), async || {
            for window in self.0.windows().await? {
                self.0.switch_to_window(window).await?;
                if self.0.title().await?.ends_with(title) {
                    return Ok(true);
                }
            }
            Ok(false)
        })
        .await
    }

    /// The program is gone: there is no session to end.
    pub(crate) fn forget(self) {
        let _ = self.0.leak();
    }

    /// Waits for the one visible thing of this role and name.
    pub async fn find(&self, role: &str, name: impl Into<Name<'_>>) -> Result<WebElement> {
        let name = name.into();
        let found = until(format!("{role} {name}"), async || self.look(role, name).await).await;
        match found {
            Ok(element) => Ok(element),
            Err(error) => {
                let there = self.listing().await.unwrap_or_default();
                Err(Trouble::new(format!("{error}. There was:\n{there}")))
            }
        }
    }

    /// Whether it is there now.
    pub async fn has(&self, role: &str, name: impl Into<Name<'_>>) -> Result<bool> {
        Ok(self.look(role, name.into()).await?.is_some())
    }

    /// Waits for it, until it can be used, and clicks it.
    pub async fn click(&self, role: &str, name: impl Into<Name<'_>>) -> Result<()> {
        let name = name.into();
        self.find(role, name).await?;
        holds(format!("a click on {role} {name}"), async || {
            // It may have been drawn anew since it was found.
            let Some(element) = self.look(role, name).await? else { return Ok(false) };
            if !element.is_enabled().await? {
                return Ok(false);
            }
            element.click().await?;
            Ok(true)
        })
        .await
    }

    /// Types into it.
    pub async fn type_into(&self, role: &str, name: &str, text: &str) -> Result<()> {
        Ok(self.find(role, name).await?.send_keys(text).await?)
    }

    /// Everything that can be read in it.
    pub async fn text(&self) -> Result<String> {
        self.ask("return document.body?.innerText ?? ''", vec![]).await
    }

    /// Waits until it says this somewhere.
    pub async fn says(&self, words: &str) -> Result<()> {
        let said = holds(format!("the words “{words}”"), async || {
            Ok(self.text().await?.contains(words))
        })
        .await;
        match said {
            Ok(()) => Ok(()),
            Err(error) => Err(Trouble::new(format!(
                "{error}. It said:\n{}",
                self.text().await.unwrap_or_default()
            ))),
        }
    }

    /// What the status region says; it is for the ear, not for the eye.
    pub async fn status(&self) -> Result<String> {
        let region = self.0.find(By::Css("[role=status][aria-label=Status]")).await?;
        Ok(region.prop("textContent").await?.unwrap_or_default())
    }

    /// Runs a script with these arguments and returns what it returns.
    pub async fn ask<T: serde::de::DeserializeOwned>(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<T> {
        Ok(serde_json::from_value(self.0.execute(script, arguments).await?.json().clone())?)
    }

    /// The same for a script that answers later, through the function in its last argument.
    pub async fn ask_later<T: serde::de::DeserializeOwned>(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<T> {
        Ok(serde_json::from_value(self.0.execute_async(script, arguments).await?.json().clone())?)
    }

    /// The page's source as it stands.
    pub async fn source(&self) -> Result<String> {
        Ok(self.0.source().await?)
    }

    /// Its address.
    pub async fn address(&self) -> Result<String> {
        Ok(self.0.current_url().await?.to_string())
    }

    async fn look(&self, role: &str, name: Name<'_>) -> Result<Option<WebElement>> {
        let (text, whole) = match name {
            Name::Is(text) => (text, true),
            Name::Starts(text) => (text, false),
        };
        let script = format!("{NAMES}\nreturn find(arguments[0], arguments[1], arguments[2]);");
        let found = self.0.execute(script, vec![json!(role), json!(text), json!(whole)]).await?;
        if found.json().is_null() {
            return Ok(None);
        }
        let element = found.element()?;
        self.check(&element, role, name).await?;
        Ok(Some(element))
    }

    /// The script only finds candidates. What counts is what the web view computes for assistive technology.
    async fn check(&self, element: &WebElement, role: &str, name: Name<'_>) -> Result<()> {
        let heard_role = self.computed(element, "computedrole").await?;
        let heard_name = self.computed(element, "computedlabel").await?;
        let fits = match name {
            Name::Is(name) => heard_name == name,
            Name::Starts(start) => heard_name.starts_with(start),
        };
        if heard_role == role && fits {
            return Ok(());
        }
        Err(Trouble::new(format!("{role} {name} is heard as {heard_role} “{heard_name}”")))
    }

    async fn computed(&self, element: &WebElement, what: &'static str) -> Result<String> {
        let ask = Computed(format!("/element/{}/{what}", element.element_id()));
        let answer = self.0.cmd(Command::ExtensionCommand(Box::new(ask))).await?;
        Ok(answer.value::<Option<String>>()?.unwrap_or_default())
    }

    async fn listing(&self) -> Result<String> {
        self.ask(&format!("{NAMES}\nreturn listing();"), vec![]).await
    }
}

/// WebDriver's question for a computed role or label.
#[derive(Debug)]
struct Computed(String);

impl ExtensionCommand for Computed {
    fn parameters_json(&self) -> Option<Value> {
        None
    }

    fn method(&self) -> http::Method {
        http::Method::GET
    }

    fn endpoint(&self) -> Arc<str> {
        self.0.as_str().into()
    }
}
