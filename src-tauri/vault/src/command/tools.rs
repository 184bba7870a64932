//! Secret managers, and how each is asked for one value and nothing else.

/// A secret manager's own program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tool {
    /// What people call it.
    pub name: &'static str,
    /// Its program.
    pub program: &'static str,
    /// What it is called with; `{}` stands for the reference.
    pub arguments: &'static [&'static str],
    /// What a reference looks like there.
    pub example: &'static str,
    begins: &'static str,
}

impl Tool {
    /// Its arguments for a reference; `None` if that is none of this tool's. One that begins with a dash would be an option.
    pub fn arguments_for(&self, reference: &str) -> Option<Vec<String>> {
        let is_one = !reference.is_empty()
            && !reference.starts_with('-')
            && reference.starts_with(self.begins)
            && !reference.chars().any(char::is_control);
        let put = |argument: &&str| argument.replace("{}", reference);
        is_one.then(|| self.arguments.iter().map(put).collect())
    }
}

/// Those whose program prints one value when it is asked without a terminal.
pub const TOOLS: &[Tool] = &[
    Tool {
        name: "1Password",
        program: "op",
        arguments: &["read", "--no-newline", "--no-color", "{}"],
        example: "op://Private/OpenAI/credential",
        begins: "op://",
    },
    Tool {
        name: "Bitwarden (bw)",
        program: "bw",
        arguments: &["get", "password", "{}", "--raw", "--nointeraction"],
        example: "the item’s id",
        begins: "",
    },
    Tool {
        name: "Bitwarden (rbw)",
        program: "rbw",
        arguments: &["get", "--field", "password", "{}"],
        example: "OpenAI",
        begins: "",
    },
    Tool {
        name: "pass",
        program: "pass",
        arguments: &["show", "{}"],
        example: "ai/openai",
        begins: "",
    },
    Tool {
        name: "gopass",
        program: "gopass",
        arguments: &["show", "-o", "-n", "{}"],
        example: "ai/openai",
        begins: "",
    },
    Tool {
        name: "Secret Service (KeePassXC, GNOME)",
        program: "secret-tool",
        arguments: &["lookup", "Title", "{}"],
        example: "OpenAI key",
        begins: "",
    },
    Tool {
        name: "Doppler",
        program: "doppler",
        arguments: &["secrets", "get", "{}", "--plain", "--silent", "--no-check-version"],
        example: "OPENAI_API_KEY",
        begins: "",
    },
    Tool {
        name: "Infisical",
        program: "infisical",
        arguments: &["secrets", "get", "{}", "--plain", "--silent"],
        example: "OPENAI_API_KEY",
        begins: "",
    },
    Tool {
        name: "AWS Secrets Manager",
        program: "aws",
        arguments: &[
            "secretsmanager",
            "get-secret-value",
            "--secret-id",
            "{}",
            "--query",
            "SecretString",
            "--output",
            "text",
            "--no-cli-pager",
            "--no-cli-auto-prompt",
        ],
        example: "prod/openai",
        begins: "",
    },
    Tool {
        name: "Google Secret Manager",
        program: "gcloud",
        arguments: &[
            "secrets",
            "versions",
            "access",
            "latest",
            "--secret={}",
            "--quiet",
            "--verbosity=error",
        ],
        example: "openai-key",
        begins: "",
    },
    Tool {
        name: "Azure Key Vault",
        program: "az",
        arguments: &[
            "keyvault",
            "secret",
            "show",
            "--id",
            "{}",
            "--query",
            "value",
            "-o",
            "tsv",
            "--only-show-errors",
        ],
        example: "https://my-vault.vault.azure.net/secrets/openai",
        begins: "https://",
    },
    Tool {
        name: "HashiCorp Vault",
        program: "vault",
        arguments: &["kv", "get", "-field=key", "{}"],
        example: "secret/openai",
        begins: "",
    },
    Tool {
        name: "OpenBao",
        program: "bao",
        arguments: &["kv", "get", "-field=key", "{}"],
        example: "secret/openai",
        begins: "",
    },
    // The entry called `key` of an encrypted file, as of Vault.
    Tool {
        name: "SOPS",
        program: "sops",
        arguments: &["decrypt", "--extract", "[\"key\"]", "{}"],
        example: "/home/you/secrets/openai.yaml",
        begins: "/",
    },
    Tool {
        name: "macOS keychain",
        program: "security",
        arguments: &["find-generic-password", "-w", "-s", "{}"],
        example: "openai",
        begins: "",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_never_an_option() {
        for tool in TOOLS {
            assert_eq!(tool.arguments_for("--help"), None, "{}", tool.name);
            assert_eq!(tool.arguments_for(""), None, "{}", tool.name);
            assert_eq!(tool.arguments_for("a\nb"), None, "{}", tool.name);
            assert_eq!(tool.arguments.iter().filter(|one| one.contains("{}")).count(), 1);
        }
        let op = TOOLS[0];
        assert_eq!(op.arguments_for("Private/OpenAI"), None);
        let arguments = op.arguments_for("op://Private/OpenAI/credential").unwrap();
        assert_eq!(
            arguments,
            ["read", "--no-newline", "--no-color", "op://Private/OpenAI/credential"]
        );
    }
}
