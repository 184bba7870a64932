//! The texts. No model writes them, and they say so.

use std::fmt::Write;

/// The answer a newcomer gets to `prompt`.
pub fn tour(prompt: &str) -> String {
    let words = prompt.to_lowercase();
    let asks = |any: &[&str]| any.iter().any(|word| words.contains(word));
    let body = if asks(&["table", "code", "markdown"]) {
        TABLE_AND_CODE
    } else if asks(&["key", "safe", "secret", "trust"]) {
        WHERE_THE_KEY_GOES
    } else if asks(&["endless"]) {
        // Ten minutes: nobody is so slow that it ends before it is stopped.
        return format!("{MADE_UP}\n\n{TRY_STOPPING}\n\n{}", long_answer(200_000));
    } else if asks(&["stop", "long"]) {
        return format!("{MADE_UP}\n\n{TRY_STOPPING}\n\n{}", long_answer(6_000));
    } else {
        WELCOME
    };
    format!("{MADE_UP}\n\n{body}")
}

/// Reasoning for the model that shows some.
pub(crate) const REASONING: &str = "There is no model here, so there is nothing to reason about. This text only shows \
where a model’s reasoning appears: folded above the answer, with the time it took.";

/// The beginning of an answer whose connection is going to break.
pub(crate) const BREAKING: &str = "*You’re practising. No model wrote this.*\n\nThe connection is about to break, in the \
middle of this sentence, as connections do. What has arrived is saved already, and ";

/// At least `bytes` bytes of varied markdown in the manner of a model's answer, always the same for the same size.
pub fn long_answer(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 1_024);
    let mut part = 0;
    while text.len() < bytes {
        part += 1;
        section(&mut text, part);
    }
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    text.truncate(end);
    text
}

/// One block of so many lines of Rust.
pub(crate) fn long_code(lines: usize) -> String {
    let mut text = String::from("```rust\n");
    for number in 0..lines {
        // Writing to a String cannot fail.
        let _ = match number % 4 {
            0 => writeln!(text, "/// Waits for step {number}."),
            1 => writeln!(text, "pub async fn step_{number}(limit: u32) -> Result<(), Error> {{"),
            2 => writeln!(text, "    wait(\"step {number}\", limit.min({number})).await"),
            _ => writeln!(text, "}}"),
        };
    }
    text + "```\n"
}

fn section(text: &mut String, part: usize) {
    let next = part * 7 % 11 + 2;
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "## Part {part}\n\nWhen a service falls over, **{next}** clients fail at the same moment. If they all wait the \
         same time they come back *together*, and step {part} is where `retry({next})` helps: each waits a random time \
         between nothing and a ceiling that doubles. See [the notes](https://example.com/notes/{part}) for more.\n\n\
         - The first call fails after {next} ms.\n- The second waits up to {} ms, and **stops** at the cap.\n  \
         - A person is waiting, so the cap is low.\n- The last error is returned.\n\n",
        next * 2
    );
    if part.is_multiple_of(2) {
        let _ = write!(
            text,
            "```rust\n/// Sleeps a random time, never longer than the cap.\nasync fn retry_{part}(most: u32) -> Result<(), \
             Error> {{\n    for n in 0..most {{\n        let ceiling = CAP.min(BASE * 2_u32.saturating_pow(n));\n        \
             sleep(random(ceiling)).await;\n    }}\n    Err(Error::GaveUp({next}))\n}}\n```\n\n"
        );
    }
    if part.is_multiple_of(3) {
        let _ = write!(
            text,
            "| Strategy | Calls | Time |\n|---|---:|---:|\n| Fixed | {} | never |\n| Exponential | {} | {next} s |\n| \
             Jitter | {part} | {} s |\n\n",
            next * 1000,
            next * 100,
            next * 3
        );
    }
}

const MADE_UP: &str = "*You’re practising. No model wrote this: it was made up on this computer, nothing was sent, and \
nothing costs.*";

const WELCOME: &str = "## What you can try here

1. **Stop me.** Ask for something long, then press Stop or Esc. What arrived stays.
2. **Try again.** The arrow under this answer asks once more. The old version stays, one click away.
3. **Leave.** Start another chat while an answer runs. It goes on without you.

Ask “Where does my key go?” to see what Latchkey does with it, or “Show me a table and some code”.";

const WHERE_THE_KEY_GOES: &str = "## Where your key goes

What you see is a web view, and a web view must not hold a key. So:

- You hand the key to Latchkey’s **native process**: from the clipboard, in a window of your desktop, from the \
environment or from a file.
- It goes into your system’s **keychain**, together with the one address it may be sent to.
- For each message the native process takes it out, sends it to that address, and wipes its copy.

This page is told the key’s kind and its last four characters. Nothing else.";

const TABLE_AND_CODE: &str = "## A table

| Kind | Begins with | Latchkey |
|---|---|---|
| Project key | `sk-proj-` | Best |
| Service account | `sk-svcacct-` | Works |
| Admin key | `sk-admin-` | Refused |

## Some code

```python
def fibonacci(n: int) -> list[int]:
    \"\"\"The first n numbers.\"\"\"
    numbers = [0, 1]
    while len(numbers) < n:
        numbers.append(numbers[-1] + numbers[-2])
    return numbers[:n]
```

> A quotation, with a [link](https://example.com) that asks before it opens.

- [x] Written natively
- [ ] Loaded from somewhere else

## A formula and a diagram

$$
\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}
$$

```mermaid
flowchart LR
    A[You] --> B[Native process]
    B --> C[Provider]
    B --> D[This page]
```";

const TRY_STOPPING: &str = "## Something long\n\nPress **Stop** or Esc at any time.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for bytes in [0, 1, 999, 10_000, 200_000] {
            assert_eq!(long_answer(bytes).len(), bytes);
        }
        assert!(long_answer(20_000).starts_with(&long_answer(10_000)));
    }

    #[test]
    fn every_tour_says_what_it_is() {
        for prompt in ["hello", "where does my key go?", "a table please", "something long"] {
            assert!(tour(prompt).contains("No model wrote this"), "{prompt}");
        }
    }
}
